package authoring_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/authoring"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// town is two boards; the first has two schools.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	schools  *school.Service
	own      *authoring.Service
	walks    *trajectory.Service
	schoolID string
	second   string
	otherID  string
	people   map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, open(t, d)) })
}

func open(t *testing.T, d *db.DB) *town {
	t.Helper()
	library := must(method.Builtin())(t)
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.schools, w.own, w.walks = school.NewService(d, w.clock), authoring.NewService(d, w.clock, library), trajectory.NewService(d, w.clock, library)
	w.walks.ShelvedBy(w.own)
	found := must(w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	other := must(w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.otherID, w.people["outsider"] = other.SchoolID, other.AdminID
	for _, name := range []string{"maker", "colleague", "leader", "elsewhere", "board"} {
		w.people[name] = must(w.schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}))
	w.second = ident.At(w.clock.Now())
	w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Het Anker', 'vo', 'nl', 'Europe/Amsterdam', $3)`, w.second, found.BoardID, w.clock.Now())
	for _, name := range []string{"elsewhere", "board"} {
		w.exec(`update staff set school_id = $2 where person_id = $1`, w.people[name], w.second)
	}
	return w
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}))
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *town) copy(name, methodID string) string {
	w.t.Helper()
	return must(w.own.Copy(w.t.Context(), w.who(name), w.schoolID, methodID, method.Text{NL: "Onze ronde", EN: "Our round"}))(w.t)
}

func (w *town) one(id string) authoring.Pack {
	w.t.Helper()
	return must(w.own.One(w.t.Context(), w.who("maker"), id))(w.t)
}

// change saves one part with what f changes in it.
func (w *town) change(name, id, part string, f func(b writing.Body)) authoring.Saved {
	w.t.Helper()
	p := w.one(id)
	return w.save(name, id, part, p.Parts[part], authoring.Fill(p.Draft, part), f)
}

func (w *town) save(name, id, part string, base int, b writing.Body, f func(b writing.Body)) authoring.Saved {
	w.t.Helper()
	f(b)
	return must(w.own.Save(w.t.Context(), w.who(name), id, part, base, b))(w.t)
}

func (w *town) publish(name, id string) string {
	w.t.Helper()
	return must(w.own.Publish(w.t.Context(), w.who(name), id, w.one(id).Version))(w.t)
}

func TestASchoolMakesAPackItsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		if !strings.HasPrefix(id, "kleine-ronde-x") || strings.Contains(w.one(id).Source, "covers:") {
			t.Errorf("%s", id)
		}
		library := must(w.own.Library(t.Context(), w.d, w.schoolID))(t)
		if _, ok := library.Latest(id); ok {
			t.Error("a draft can be begun with")
		}
		old := must(w.walks.Begin(t.Context(), w.who("colleague"), trajectory.Start{SchoolID: w.schoolID, MethodID: "kleine-ronde", Title: "Eerst"}))(t)
		if w.publish("maker", id) != "1.0.0" {
			t.Error("the first version is not 1.0.0")
		}
		first := must(w.walks.Begin(t.Context(), w.who("colleague"), trajectory.Start{SchoolID: w.schoolID, MethodID: id, Title: "Daarna"}))(t)
		if _, err := w.own.Publish(t.Context(), w.who("maker"), id, w.one(id).Version); errs.KindOf(err) != errs.KindInvalid {
			t.Errorf("published twice without a change: %v", err)
		}
		out := w.change("colleague", id, "begin", func(b writing.Body) {
			b["questions.kr.1.text.nl"] = "Wat zien we straks in de {les}?"
			b["questions"] = "kr.2 kr.1 q.new"
			b["questions.q.new.text.nl"], b["questions.q.new.why.nl"] = "Wie vragen we mee?", "Samen zie je meer."
		})
		if len(out.Problems) > 0 || out.Clash != nil {
			t.Fatalf("%+v", out)
		}
		w.clock.Move(time.Hour)
		if w.publish("leader", id) != "1.1.0" {
			t.Error("the second version is not 1.1.0")
		}
		second := must(w.walks.Begin(t.Context(), w.who("colleague"), trajectory.Start{SchoolID: w.schoolID, MethodID: id, Title: "Nu verder"}))(t)
		for _, c := range []struct{ id, version, question string }{{old, "1.0.0", "Wat willen we"}, {first, "1.0.0", "Wat willen we"}, {second, "1.1.0", "Wat zien we straks"}} {
			seen := must(w.walks.Reach(t.Context(), w.d, w.who("colleague"), c.id))(t)
			pack := must(w.walks.PackOf(t.Context(), w.d, seen.Trajectory))(t)
			_, q, _ := pack.Question("kr.1")
			if seen.MethodVersion != c.version || !strings.HasPrefix(q.Text.NL, c.question) {
				t.Errorf("%s walks %s with %q", c.id, seen.MethodVersion, q.Text.NL)
			}
		}
		p := w.one(id)
		var told []string
		for _, d := range method.Differences(p.Base(), p.Draft) {
			told = append(told, string(d.Change)+" "+d.Element+" "+d.Field)
		}
		want := "changed  name; moved kr.1 questions; changed kr.1 text; added q.new questions"
		if got := strings.Join(told, "; "); got != want {
			t.Errorf("differences: %s", got)
		}
		w.ok(w.own.Retire(t.Context(), w.who("leader"), id, true))
		if library = must(w.own.Library(t.Context(), w.d, w.schoolID))(t); len(library.List()) != len(must(method.Builtin())(t).List()) {
			t.Error("a retired pack stands on the shelf")
		}
		must(w.walks.Reach(t.Context(), w.d, w.who("colleague"), second))(t)
		w.ok(w.own.Retire(t.Context(), w.who("leader"), id, false))
		entries := must(journal.Of(t.Context(), w.d, "own_pack", id))(t)
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, e.Kind)
		}
		if got := strings.Join(kinds, " "); got != "method.copied method.published method.changed method.published method.retired method.returned" {
			t.Error(got)
		}
	})
}

func TestWhoMayDoWhatWithAnOwnPack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		w.publish("maker", id)
		w.change("maker", id, "begin", func(b writing.Body) { b["aim.nl"] = "Eén ding." })
		p := w.one(id)
		body := authoring.Fill(p.Draft, "begin")
		name := method.Text{NL: "Van mij", EN: "Mine"}
		for _, c := range []struct {
			who         string
			read, share bool
		}{{"maker", true, true}, {"colleague", true, false}, {"leader", true, true}, {"admin", true, false}, {"elsewhere", false, false}, {"outsider", false, false}} {
			t.Run(c.who, func(t *testing.T) {
				who := w.who(c.who)
				_, one := w.own.One(t.Context(), who, id)
				_, list := w.own.List(t.Context(), who, w.schoolID)
				_, save := w.own.Save(t.Context(), who, id, "begin", p.Parts["begin"], body)
				_, copied := w.own.Copy(t.Context(), who, w.schoolID, id, name)
				_, _, take := w.own.Take(t.Context(), who, id, "")
				_, version := func() (string, error) {
					_, b, err := w.own.Take(t.Context(), who, id, "1.0.0")
					return string(b), err
				}()
				_, look := w.own.LookAt(t.Context(), who, w.schoolID, []byte(p.Source))
				for what, err := range map[string]error{"one": one, "list": list, "save": save, "copy": copied, "take": take, "version": version, "look": look} {
					if c.read != (err == nil) || err != nil && !errs.IsAbsent(err) {
						t.Errorf("%s: %v", what, err)
					}
				}
				_, begin := w.walks.Begin(t.Context(), who, trajectory.Start{SchoolID: w.schoolID, MethodID: id, Title: "Van mij"})
				if c.read != (begin == nil) || begin != nil && !errs.IsAbsent(begin) {
					t.Errorf("begin: %v", begin)
				}
				err := w.own.Retire(t.Context(), who, id, false)
				if c.share != (err == nil) || err != nil && !errs.IsAbsent(err) {
					t.Errorf("retire: %v", err)
				}
				if _, err := w.own.Publish(t.Context(), who, id, 99); c.share != errs.Is(err, errs.KindConflict) {
					t.Errorf("publish: %v", err)
				}
			})
		}
		for _, schoolID := range []string{w.second, w.otherID} {
			if _, ok := must(w.own.Library(t.Context(), w.d, schoolID))(t).Latest(id); ok {
				t.Error("another school can begin with it")
			}
		}
		who := w.who("elsewhere")
		if _, err := w.walks.Begin(t.Context(), who, trajectory.Start{SchoolID: w.second, MethodID: id, Title: "Van ons"}); errs.FieldsOf(err) == nil || errs.FieldsOf(err)[0].Key != "trajectory.method_unknown" {
			t.Errorf("begun at another school: %v", err)
		}
		w.exec(`delete from staff where person_id = $1`, w.people["maker"])
		if _, err := w.own.One(t.Context(), w.who("maker"), id); !errs.IsAbsent(err) {
			t.Errorf("who left keeps what they made: %v", err)
		}
	})
}

func TestTwoColleaguesAtOnePart(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		before := w.one(id)
		theirs := authoring.Fill(before.Draft, "begin")
		mine := authoring.Fill(before.Draft, "begin")
		w.save("maker", id, "begin", 1, theirs, func(b writing.Body) { b["aim.nl"] = "Het doel van een ander." })
		out := w.save("colleague", id, "begin", 1, mine, func(b writing.Body) { b["questions.kr.2.text.nl"] = "Wat proberen wij?" })
		if out.Clash != nil || len(out.Problems) > 0 {
			t.Fatalf("other words clash: %+v", out)
		}
		if b := authoring.Fill(w.one(id).Draft, "begin"); b["aim.nl"] != "Het doel van een ander." || b["questions.kr.2.text.nl"] != "Wat proberen wij?" {
			t.Errorf("one of two was lost: %v", b)
		}
		out = w.save("colleague", id, "begin", 1, mine, func(b writing.Body) { b["aim.nl"] = "Mijn doel." })
		if out.Clash == nil || len(out.Both) != 1 || out.Both[0] != "aim.nl" || out.Clash.Theirs["aim.nl"] != "Het doel van een ander." || out.Clash.Yours["aim.nl"] != "Mijn doel." {
			t.Fatalf("%+v", out)
		}
		if authoring.Fill(w.one(id).Draft, "begin")["aim.nl"] != "Het doel van een ander." {
			t.Error("a clash overwrote")
		}
		out = w.save("colleague", id, "begin", out.Clash.Current, out.Clash.Yours, func(writing.Body) {})
		if out.Clash != nil || authoring.Fill(w.one(id).Draft, "begin")["aim.nl"] != "Mijn doel." {
			t.Errorf("%+v", out)
		}
		waiting := must(writing.Waiting(t.Context(), w.d, authoring.RefOf(id, "begin"), w.people["colleague"]))(t)
		if len(waiting) != 0 {
			t.Error("a text still waits")
		}
	})
}

func TestADraftIsAlwaysAPack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		for _, c := range []struct {
			name, part, key string
			change          func(b writing.Body)
		}{
			{"an unknown sector word", "begin", "questions.kr.1.text.nl", func(b writing.Body) { b["questions.kr.1.text.nl"] = "Wat doet een {kind}?" }},
			{"a question without words", "begin", "questions.kr.2.text.nl", func(b writing.Body) { b["questions.kr.2.text.nl"], b["questions.kr.2.text.en"] = "", "" }},
			{"four core questions", "begin", "questions.q.d.weight", func(b writing.Body) {
				b["questions"] += " q.c q.d"
				for _, q := range []string{"q.c", "q.d"} {
					b["questions."+q+".text.nl"], b["questions."+q+".why.nl"], b["questions."+q+".weight"] = "Wat nog?", "Daarom.", "core"
				}
			}},
			{"an id that is none", "begin", "", func(b writing.Body) { b["questions"] += " ../x" }},
			{"no stages", "pack", "", func(b writing.Body) { b["stages"] = "" }},
			{"too many weeks", "pack", "weeks", func(b writing.Body) { b["weeks"] = "500" }},
			{"a pack without a name", "pack", "name.nl", func(b writing.Body) { b["name.nl"], b["name.en"] = "", "" }},
		} {
			before := w.one(id)
			out := w.change("maker", id, c.part, c.change)
			if len(out.Problems) == 0 {
				t.Errorf("%s: kept", c.name)
				continue
			}
			if part, key := authoring.Place(out.Pack, out.Problems[0]); c.key != "" && (part != c.part || key != c.key) {
				t.Errorf("%s: told at %s %s (%s)", c.name, part, key, out.Problems[0])
			}
			if now := w.one(id); now.Source != before.Source || now.Version != before.Version {
				t.Errorf("%s: something changed", c.name)
			}
		}
	})
}

func TestStagesAreMovedAddedAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		out := w.change("maker", id, "pack", func(b writing.Body) {
			b["stages"] = "halverwege begin s.new"
			b["stages.s.new.name.nl"], b["stages.s.new.aim.nl"], b["stages.s.new.asks.nl"] = "Delen", "We vertellen het verder.", "wie hoort het?"
		})
		if len(out.Problems) == 0 {
			t.Fatal("an id that no file can have was kept")
		}
		out = w.change("maker", id, "pack", func(b writing.Body) {
			b["stages"] = "halverwege begin s-new"
			b["stages.s-new.name.nl"], b["stages.s-new.aim.nl"], b["stages.s-new.asks.nl"] = "Delen", "We vertellen het verder.", "wie hoort het?"
		})
		if len(out.Problems) > 0 {
			t.Fatal(out.Problems)
		}
		p := w.one(id)
		if strings.Join(p.Draft.Order, " ") != "halverwege begin s-new" || p.Parts["s-new"] != 1 || p.Parts["terugblik"] != 0 || p.Draft.Stages[1].Number != 2 {
			t.Errorf("%v %v", p.Draft.Order, p.Parts)
		}
		if out := w.change("maker", id, "s-new", func(b writing.Body) { b["aim.nl"] = "Iedereen hoort het." }); len(out.Problems) > 0 {
			t.Error(out.Problems)
		}
	})
}
