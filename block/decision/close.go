package decision

import (
	"context"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/why"
)

// Close ends a decision: one act, after which nobody changes anything in it. Who: the
// lead or the stand-in. Of two who close at once, one does. A yes over an open objection,
// or an end before the promised day while somebody is unheard, is recorded knowingly and
// with its reason.
func (s *Service) Close(ctx context.Context, who access.Who, trajectoryID, id string, c Closing) error {
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if err := w.must(access.Lead, ""); err != nil {
			return err
		}
		all, err := voicesOf(ctx, w.tx, trajectoryID, []string{id})
		if err != nil {
			return err
		}
		voices, today := all[id], w.seen.Today()
		if err := c.check(voices, w.ClosesOn, today); err != nil {
			return err
		}
		if err := updateEnd(ctx, w.tx, id, c.end(Count(voices, today), who.ID, w.now)); err != nil {
			return err
		}
		if err := s.settle(ctx, w, c.Outcome); err != nil {
			return err
		}
		return w.note(ctx, "closed", 1, 2)
	})
	return errs.Because(err, "close decision %s", id)
}

// settle hands the outcome to the plan that it was about, and ties a yes to it.
func (s *Service) settle(ctx context.Context, w *work, outcome Outcome) error {
	if w.PlanNumber == 0 {
		return nil
	}
	plan := why.Ref{Kind: "plan", ID: w.TrajectoryID}
	if outcome.Agrees() {
		link := why.Link{From: why.Ref{Kind: "decision", ID: w.ID}, To: plan, Relation: why.Settles, TrajectoryID: w.TrajectoryID, MadeBy: w.seen.Who.ID, MadeAt: w.now}
		if err := why.Add(ctx, w.tx, link); err != nil {
			return err
		}
	}
	return errs.Because(s.settles.Settled(ctx, w.tx, w.seen, plan, w.PlanNumber, string(outcome)), "settle plan version %d", w.PlanNumber)
}
