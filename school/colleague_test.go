package school_test

import (
	"context"
	"testing"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/school"
)

func TestOneColleagueIsAddedAndInvited(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		n := school.NewStaff{Name: "Bo Berg", Email: "Bo@baken.example ", Subject: "Frans"}
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
		w.exec(`update person set state = 'suspended' where id = $1`, w.people["sem"])
		w.refused("school.colleague_suspended", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Naam sem", Email: "sem@baken.example"}, nil)
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

// Somebody of the board is added with that role and as nobody's colleague; only who reaches the whole
// board may, and whose rights become others by it signs in again.
func TestSomebodyOfTheBoardIsAdded(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var told []string
		w.schools.OnRights(func(_ context.Context, _ *db.Tx, _, person, by string) error {
			told = append(told, person+" by "+by)
			return nil
		})
		n := school.NewStaff{Name: "Wil Wal", Email: "wil@bestuur.example", Subject: "Frans", OfBoard: true}
		for _, who := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.schools.AddColleague(t.Context(), w.who(who), w.id, n, nil)
				return err
			})
		}
		id, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, n, nil)
		w.ok(err)
		w.exec(`update person set state = 'active' where id = $1`, id)
		w.people["wil"] = id
		k := w.known("wil")
		if len(k.Schools) != 0 || len(k.Who.Teams) != 0 || len(k.Who.Roles) != 1 || k.Who.Roles[0].Kind != access.RoleBoard || k.Who.Roles[0].SchoolID != "" {
			t.Errorf("wil is at %v with %v", k.Schools, k.Who.Roles)
		}
		if len(told) != 1 || told[0] != id+" by "+w.people["admin"] {
			t.Errorf("told %v", told)
		}
		if a := w.account("wil"); !a.Holds(access.Role{Kind: access.RoleBoard}) {
			t.Errorf("among the accounts wil has %v", a.Roles)
		}
		w.refused("school.role_held", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, n, nil)
			return err
		})
		w.refused("school.works_here", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Naam sem", Email: "sem@baken.example", OfBoard: true}, nil)
			return err
		})
		w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', '2026-01-01T00:00:00.000000Z')`, newID(), w.board)
		w.refused("school.role_board", func() error {
			_, err := w.schools.AddColleague(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Tom Wal", Email: "tom@bestuur.example", OfBoard: true}, nil)
			return err
		})
	})
}
