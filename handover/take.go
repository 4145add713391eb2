package handover

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/trajectory"
)

// TakeOver makes the person asking lead a trajectory for who leads it: its stand-in, always; any
// member, when nobody can lead it. Who led stays a member, is told, and can take it back; it goes
// back by itself on the day that they are back. Who: the stand-in, or a member when all who lead
// or stand in are away or closed.
func (s *Service) TakeOver(ctx context.Context, who access.Who, trajectoryID string) error {
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		able, err := s.trajectories.Leading(db.Afresh(ctx), tx, []string{trajectoryID})
		if err != nil {
			return err
		}
		lead, err := leadFor(seen, able[trajectoryID])
		if err != nil || lead == who.ID {
			return err
		}
		if lead == "" { // who led is erased: there is nobody to whom it goes back
			return s.trajectories.LeadNobodys(ctx, tx, seen, now)
		}
		return s.taken(ctx, tx, seen, carry.Item{Kind: carry.Lead, ID: trajectoryID, SchoolID: seen.SchoolID, TrajectoryID: trajectoryID}, lead, now)
	})
	return errs.Because(err, "take over trajectory %s", trajectoryID)
}

// leadFor is whose lead somebody may take: of whom they stand in for, else, when nobody can lead,
// of who comes back first. Their own id says that they lead already, "" that the lead is nobody's.
func leadFor(seen trajectory.Seen, able []trajectory.Able) (string, error) {
	if seen.State.Ended() || seen.Role == trajectory.NoOne {
		return "", errs.Absent()
	}
	if seen.Role == trajectory.Lead && slices.ContainsFunc(able, func(a trajectory.Able) bool { return a.PersonID == seen.Who.ID && a.Can(seen.Today()) }) {
		return seen.Who.ID, nil // pressed twice
	}
	if seen.Role == trajectory.StandIn {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return "", err
		}
		return first(able, seen.Who.ID)
	}
	if err := seen.Must(access.Manage, access.Membership, ""); err != nil {
		return "", err
	}
	if !trajectory.NobodyLeads(able, seen.Today()) {
		return "", errs.Conflict("handover.led_already")
	}
	if len(able) == 0 {
		return "", nil
	}
	return first(able, seen.Who.ID)
}

// first is the first lead among them who is somebody else.
func first(able []trajectory.Able, not string) (string, error) {
	for _, a := range able {
		if !a.StandsIn && a.PersonID != not {
			return a.PersonID, nil
		}
	}
	return "", errs.Absent()
}

// taken gives one thing of somebody to the person who acts, without the other pressing anything.
func (s *Service) taken(ctx context.Context, tx *db.Tx, seen trajectory.Seen, i carry.Item, giver string, now time.Time) error {
	h := Handover{ID: ident.At(now), SchoolID: seen.SchoolID, Kind: Taken, FromID: giver, Lasts: Press, MadeBy: seen.Who.ID, MadeAt: now, BegunAt: now}
	people, err := school.Names(ctx, tx, seen.School.BoardID, []string{giver})
	if err != nil {
		return err
	}
	switch p := people[giver]; {
	case p.State == school.Left:
		h.Lasts = Good
	case p.Away(seen.Today()):
		h.Lasts = Away
	}
	if err := insert(ctx, tx, h); err != nil {
		return err
	}
	n, err := s.give(ctx, tx, h, []carry.Item{i}, func(carry.Item) string { return seen.Who.ID }, seen.Who.ID, now)
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.Conflict("handover.moved_on")
	}
	if err := note(ctx, tx, h, "handover.taken", seen.Who.ID, now); err != nil {
		return err
	}
	return s.endIfEmpty(ctx, tx, h, seen.Who.ID, now) // it was of somebody else, and goes on under their name
}

// TakeCare makes the person asking the caretaker of an agreement page. Who: the stand-in of the
// caretaker; a lead or member of the group, when the caretaker's account is closed.
func (s *Service) TakeCare(ctx context.Context, who access.Who, trajectoryID string) error {
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		c, err := s.careOf(db.Afresh(ctx), tx, seen)
		if err != nil {
			return err
		}
		switch {
		case c.Caretaker == who.ID:
			return nil
		case !c.may(seen):
			return errs.Absent()
		}
		return s.taken(ctx, tx, seen, carry.Item{Kind: carry.Caretaker, ID: trajectoryID, SchoolID: seen.SchoolID, TrajectoryID: trajectoryID}, c.Caretaker, now)
	})
	return errs.Because(err, "take care of the page of trajectory %s", trajectoryID)
}

// care is who keeps a page.
type care struct {
	Caretaker, StandIn string
	Name               string // of the caretaker
	Closed             bool   // the caretaker's account
}

// careOf asks the room of the pages, in two queries.
func (s *Service) careOf(ctx context.Context, q db.Queryer, seen trajectory.Seen) (care, error) {
	if s.keeper == nil {
		return care{}, nil
	}
	var c care
	var err error
	if c.Caretaker, c.StandIn, err = s.keeper.KeptBy(ctx, q, seen.ID); err != nil || c.Caretaker == "" {
		return c, err
	}
	people, err := school.Names(ctx, q, seen.School.BoardID, []string{c.Caretaker})
	p := people[c.Caretaker]
	c.Name, c.Closed = p.Name, closed(p.State)
	return c, err
}

// may reports whether somebody may take the care over.
func (c care) may(seen trajectory.Seen) bool {
	switch {
	case c.Caretaker == "" || c.Caretaker == seen.Who.ID:
		return false
	case c.StandIn == seen.Who.ID:
		return access.May(seen.Who, access.Settle, seen.Object(access.AgreementPage, seen.Who.ID))
	}
	return c.Closed && seen.May(access.Manage, access.Membership, "")
}

// TakeUp gives the person asking what nobody carries any more: its owner's account is closed.
// Who: a lead or member of the trajectory.
func (s *Service) TakeUp(ctx context.Context, who access.Who, trajectoryID, key string) error {
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Manage, access.Membership, ""); err != nil {
			return err
		}
		list, err := s.Nobodys(db.Afresh(ctx), tx, seen)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(i carry.Item) bool { return i.Key() == key })
		if at < 0 {
			return errs.Conflict("handover.moved_on")
		}
		return s.taken(ctx, tx, seen, list[at], list[at].OwnerID, now)
	})
	return errs.Because(err, "take up %s of trajectory %s", key, trajectoryID)
}
