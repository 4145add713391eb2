package decision_test

import (
	"testing"

	"leerkring/block/decision"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// An objection that somebody takes up goes along when they hand over, to who was asked or takes part,
// under the title of the decision and never in the words of who objected.
func TestAnObjectionThatIsTakenUpGoesAlong(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.Teams))
		w.react("colleague", id, decision.Objection, "Zonder inval haal ik dat lesbezoek niet.")
		o := w.reaction(id, "colleague")
		if err := w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, o.ID, w.people["member"], "2026-03-27"); err != nil {
			t.Fatal(err)
		}
		carried := func(name string) []carry.Item {
			t.Helper()
			return must(w.decisions.Carried(ctx, w.d, carry.Of{People: []string{w.people[name]}}))(t)
		}
		pass := func(from, to string, waits bool) (moved bool, err error) {
			t.Helper()
			err = w.d.Write(ctx, func(tx *db.Tx) error {
				_, moved, err = w.decisions.Pass(ctx, tx, carry.Move{Kind: carry.Objection, ID: o.ID, From: w.people[from], To: w.people[to], ByID: w.people["lead"], Waits: waits, At: w.clock.Now()})
				return err
			})
			return moved, err
		}
		want := carry.Item{Kind: carry.Objection, ID: o.ID, SchoolID: w.schoolID, TrajectoryID: w.id, OwnerID: w.people["member"], Text: proposal(decision.Teams).Title, On: clock.Date("2026-03-27")}
		if got := carried("member"); len(got) != 1 || got[0] != want {
			t.Errorf("carried: %+v", got)
		}
		if got := must(w.decisions.Carried(ctx, w.d, carry.Of{People: []string{w.people["member"]}, TrajectoryID: w.other}))(t); len(got) != 0 {
			t.Errorf("in another trajectory: %+v", got)
		}
		if _, err := pass("member", "outsider", false); !errs.Is(err, errs.KindInvalid) || len(carried("member")) != 1 {
			t.Errorf("to who cannot read it: %v", err)
		}
		if moved, err := pass("lead", "colleague", false); moved || err != nil {
			t.Errorf("of who does not have it: %v %v", moved, err)
		}
		if moved, err := pass("member", "lead", false); !moved || err != nil || len(carried("member")) != 0 || len(carried("lead")) != 1 {
			t.Errorf("to the lead: %v %v", moved, err)
		}
		if got := w.reaction(id, "colleague"); got.OwnerID != w.people["lead"] || got.DueOn != "2026-03-27" || got.Text != o.Text || got.Version != o.Version {
			t.Errorf("only who takes it up changes: %+v", got)
		}
		if moved, err := pass("lead", "outsider", true); !moved || err != nil {
			t.Errorf("under a closed account it waits: %v %v", moved, err)
		}
		if moved, err := pass("outsider", "member", false); !moved || err != nil {
			t.Errorf("and is taken up: %v %v", moved, err)
		}
		w.answer("member", id, w.reaction(id, "colleague"), "Petra regelt inval.")
		if moved, err := pass("member", "lead", false); moved || err != nil || len(carried("member")) != 0 {
			t.Errorf("answered, it is settled: %v %v", moved, err)
		}
	})
}
