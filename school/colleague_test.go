package school_test

import (
	"context"
	"testing"

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
