package school_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/school"
)

func TestALineOfAListSaysWhatItWouldDo(t *testing.T) {
	t.Parallel()
	teams := []school.Team{{ID: "t1", Name: "Sectie wiskunde"}, {ID: "t2", Name: "Jan, Piet"}, {ID: "t3", Name: "Onderbouw"}}
	noor := school.Account{Staff: school.Staff{Person: school.Person{ID: "p1", Name: "Noor Haddad", Email: "noor@baken.example", State: school.Active}, Subject: "wiskunde", TeamIDs: []string{"t1"}}}
	still := school.Account{Staff: school.Staff{Person: school.Person{ID: "p2", Name: "Sem Stil", Email: "sem@baken.example", State: school.Suspended}}}
	guest := school.Account{Staff: school.Staff{Person: school.Person{ID: "p3", Name: "Gast", Email: "gast@uni.example", State: school.Active, Guest: true}}}
	for name, c := range map[string]struct {
		line    string
		verdict school.Verdict
		why     string
		teams   string
		subject string
	}{
		"somebody new":                             {"Bo Berg; bo@baken.example; Frans; onderbouw", school.Joins, "", "t3", "Frans"},
		"somebody new without a team":              {"Bo Berg; bo@baken.example", school.Joins, "", "", ""},
		"from a spreadsheet":                       {"Bo Berg\tBO@baken.example\tFrans\tOnderbouw", school.Joins, "", "t3", "Frans"},
		"two teams":                                {"Bo Berg; bo@baken.example; ; Onderbouw, Sectie wiskunde", school.Joins, "", "t1,t3", ""},
		"a team with a comma in its name":          {"Bo Berg; bo@baken.example; ; jan, piet", school.Joins, "", "t2", ""},
		"a colleague as she is":                    {"Noor Haddad; noor@baken.example; wiskunde; Sectie wiskunde", school.Stays, "", "t1", "wiskunde"},
		"an empty cell takes nothing away":         {"Noor Haddad; noor@baken.example", school.Stays, "", "t1", "wiskunde"},
		"another way to write a name is no change": {"N. Haddad; noor@baken.example", school.Stays, "", "t1", "wiskunde"},
		"a team more":                              {"Noor Haddad; noor@baken.example; ; Onderbouw", school.Changes, "", "t1,t3", "wiskunde"},
		"another subject":                          {"Noor Haddad; noor@baken.example; rekenen;", school.Changes, "", "t1", "rekenen"},
		"a guest becomes a colleague":              {"Gast; gast@uni.example", school.Joins, "", "", ""},
		"no address":                               {"Bo Berg; ; Frans", school.Refused, "school.email_shape", "", "Frans"},
		"no name":                                  {"; bo@baken.example", school.Refused, "school.name_length", "", ""},
		"a reserved name":                          {"Beheerder; bo@baken.example", school.Refused, "school.name_reserved", "", ""},
		"a team that is not there":                 {"Bo Berg; bo@baken.example; ; OB HV", school.Refused, "school.list_team", "", ""},
		"a suspended account":                      {"Sem Stil; sem@baken.example", school.Refused, "school.list_suspended", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := school.ParseRows(c.line)
			if err != nil {
				t.Fatal(err)
			}
			f := school.Compare(rows, []school.Account{noor, still, guest}, teams)[0]
			why := ""
			if len(f.Why) > 0 {
				why = f.Why[0].Key
			}
			if f.Verdict != c.verdict || why != c.why || strings.Join(f.TeamIDs, ",") != c.teams || f.Subject != c.subject {
				t.Errorf("got %s %q, teams %v, subject %q", f.Verdict, why, f.TeamIDs, f.Subject)
			}
		})
	}
}

func TestAListIsReadAsItIsPasted(t *testing.T) {
	t.Parallel()
	rows, err := school.ParseRows("Naam;E-mail;Vak;Team\r\n\nBo Berg;bo@baken.example\nBo Bos;BO@baken.example\n")
	if err != nil || len(rows) != 2 || rows[0].Line != 3 {
		t.Fatalf("%+v %v", rows, err)
	}
	found := school.Compare(rows, nil, nil)
	if found[0].Verdict != school.Joins || found[1].Verdict != school.Refused || found[1].Why[0].Key != "school.list_twice" {
		t.Errorf("%+v", found)
	}
	if _, err := school.ParseRows(" \n"); refusal(err) != "school.list_empty" {
		t.Error(err)
	}
	if _, err := school.ParseRows(strings.Repeat("Bo;bo@b.example\n", 1001)); refusal(err) != "school.list_long" {
		t.Error(err)
	}
}

func TestAListComesInWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		list := "Bo Berg; bo@baken.example; Frans\nNaam noor; noor@baken.example; wiskunde\nZonder adres;"
		found, err := w.schools.LookAtList(t.Context(), w.who("admin"), w.id, list)
		w.ok(err)
		digest := school.Digest(found)
		for _, who := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.schools.LookAtList(t.Context(), w.who(who), w.id, list)
				return err
			})
			w.refused("absent", func() error {
				_, err := w.schools.BringIn(t.Context(), w.who(who), w.id, list, digest, nil)
				return err
			})
		}
		w.refused("fault: bring people into school "+w.id+": no post", func() error {
			_, err := w.schools.BringIn(t.Context(), w.who("admin"), w.id, list, digest, func(context.Context, *db.Tx, string) error { return errors.New("no post") })
			return err
		})
		w.refused("school.list_changed", func() error {
			_, err := w.schools.BringIn(t.Context(), w.who("admin"), w.id, list+"\nCas Bo; cas@baken.example", digest, nil)
			return err
		})
		var invited []string
		out, err := w.schools.BringIn(t.Context(), w.who("admin"), w.id, list, digest, func(_ context.Context, _ *db.Tx, id string) error {
			invited = append(invited, id)
			return nil
		})
		w.ok(err)
		if out.New != 1 || out.Changed != 1 || len(invited) != 1 {
			t.Errorf("%+v, invited %v", out, invited)
		}
		if n := w.count(`select count(*) from person where email = 'bo@baken.example' and state = 'invited'`); n != 1 {
			t.Errorf("%d people", n)
		}
		if e := w.last("school", w.id); e.Kind != "people.brought_in" || e.ActorID != w.people["admin"] {
			t.Errorf("%+v", e)
		}
		again, err := w.schools.LookAtList(t.Context(), w.who("admin"), w.id, list)
		w.ok(err)
		if again[0].Verdict != school.Stays || again[1].Verdict != school.Stays {
			t.Errorf("a second time it would do something: %+v", again[:2])
		}
		if n := w.count(`select count(*) from role where person_id = $1`, invited[0]); n != 0 {
			t.Error("a list gave a role")
		}
	})
}

func TestOneColleagueIsAddedAndInvited(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		n := school.NewStaff{Name: "Bo Berg", Email: "bo@baken.example", Subject: "Frans"}
		invited := ""
		id, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, n, func(_ context.Context, _ *db.Tx, person string) error {
			invited = person
			return nil
		})
		w.ok(err)
		if id == "" || invited != id || w.last("person", id).Kind != "person.added" {
			t.Errorf("added %q, invited %q", id, invited)
		}
		w.refused("school.works_here", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, n, nil)
			return err
		})
		w.refused("school.email_shape", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Cas Bo", Email: "cas"}, nil)
			return err
		})
		for _, who := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.schools.AddColleague(t.Context(), w.who(who), w.id, school.NewStaff{Name: "Cas Bo", Email: "cas@baken.example"}, nil)
				return err
			})
		}
	})
}
