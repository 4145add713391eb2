package trajectory_test

import (
	"testing"

	"leerkring/trajectory"
)

func TestTheTrajectoriesOfAColleagueAreThoseThatTheReaderMaySee(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		closed := w.begin("lead", trajectory.Start{})
		must(w.walks.Invite(t.Context(), w.who("lead"), closed, trajectory.Invitation{PersonID: w.people["member"], Role: trajectory.Member}, w.schools))(t)
		ended := w.begin("lead", trajectory.Start{Open: true})
		must(w.walks.Invite(t.Context(), w.who("lead"), ended, trajectory.Invitation{PersonID: w.people["member"], Role: trajectory.Member}, w.schools))(t)
		w.exec(`update trajectory set state = 'done' where id = $1`, ended)
		for reader, want := range map[string]int{"lead": 2, "member": 2, "colleague": 1, "leader": 2, "second": 1, "guest": 1, "coach": 1, "elsewhere": 0, "outsider": 0} {
			seen, err := w.walks.With(t.Context(), w.who(reader), w.people["member"])
			w.ok(err)
			if len(seen) != want {
				t.Errorf("%s sees %d", reader, len(seen))
			}
			for _, s := range seen {
				if s.ID == ended {
					t.Errorf("%s sees one that has ended", reader)
				}
			}
		}
		if seen := must(w.walks.With(t.Context(), w.who("lead"), w.people["colleague"]))(t); len(seen) != 0 {
			t.Errorf("somebody who takes part in nothing: %d", len(seen))
		}
	})
}
