package decision

import (
	"context"
	"slices"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
)

// Open puts a proposal to people; who is asked is fixed now. Who: the lead or the
// stand-in. Colleagues outside the group can only be asked while the trajectory is open
// to them, and one proposal about the plan runs at a time.
func (s *Service) Open(ctx context.Context, who access.Who, trajectoryID string, p Proposal) (string, error) {
	id, err := s.open(ctx, who, trajectoryID, p, "")
	return id, errs.Because(err, "open a decision in trajectory %s", trajectoryID)
}

// Succeed makes the next decision from a closed one: the only way in which a decision is
// ever changed. Each is succeeded once. Who: the lead or the stand-in.
func (s *Service) Succeed(ctx context.Context, who access.Who, trajectoryID, predecessorID string, p Proposal) (string, error) {
	id, err := s.open(ctx, who, trajectoryID, p, predecessorID)
	return id, errs.Because(err, "succeed decision %s", predecessorID)
}

func (s *Service) open(ctx context.Context, who access.Who, trajectoryID string, p Proposal, predecessorID string) (string, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	id := ""
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Decision, ""); err != nil {
			return err
		}
		if err := errs.Join(p.checkDay(seen.Today()), p.checkReach(seen)); err != nil {
			return err
		}
		if err := follows(ctx, tx, seen, p, predecessorID); err != nil {
			return err
		}
		d := p.decision(seen, now)
		d.PredecessorID = predecessorID
		if err := insert(ctx, tx, d); err != nil {
			return err
		}
		if err := ask(ctx, tx, d, seen.SchoolID, distinct(p.GuestIDs), seen.Today()); err != nil {
			return err
		}
		id = d.ID
		return note(ctx, tx, seen, "opened", id, 0, 1, now)
	})
	return id, err
}

func (p Proposal) decision(seen trajectory.Seen, now time.Time) Decision {
	d := Decision{ID: ident.At(now), TrajectoryID: seen.ID, PlanNumber: p.PlanNumber, Form: Named, Audience: p.Audience, Title: strings.TrimSpace(p.Title), Body: strings.TrimSpace(p.Body),
		Minutes: p.Minutes, ClosesOn: p.ClosesOn, OpenedBy: seen.Who.ID, OpenedAt: now}
	if d.Minutes == 0 {
		d.Minutes = minutes
	}
	return d
}

// checkReach refuses to ask people who cannot see what they are asked about.
func (p Proposal) checkReach(seen trajectory.Seen) error {
	switch {
	case p.Audience == PLG:
		return nil
	case !seen.Open || seen.State == trajectory.Draft:
		return errs.Invalid("decision.audience_closed").On("audience")
	case p.Audience == Teams && len(seen.TeamIDs) == 0:
		return errs.Invalid("decision.no_teams").On("audience")
	}
	return nil
}

// follows refuses a second proposal about the plan beside an open one, and a successor of
// what is still open or was succeeded already. The schema holds both too.
func follows(ctx context.Context, tx *db.Tx, seen trajectory.Seen, p Proposal, predecessorID string) error {
	list, err := decisionsOf(ctx, tx, seen.ID, seen.Who.ID)
	if err != nil {
		return err
	}
	if p.PlanNumber > 0 && slices.ContainsFunc(list, func(r row) bool { return r.PlanNumber > 0 && !r.Closed() }) {
		return errs.Conflict("decision.one_open")
	}
	if predecessorID == "" {
		return nil
	}
	before, err := decisionIn(ctx, tx, seen.ID, seen.Who.ID, predecessorID)
	switch {
	case err != nil:
		return err
	case !before.Closed():
		return errs.Invalid("decision.succeed_open")
	case before.SuccessorID != "":
		return errs.Conflict("decision.succeeded")
	}
	return nil
}

func distinct(ids []string) []string {
	out := slices.Clone(ids)
	slices.Sort(out)
	return slices.Compact(out)
}
