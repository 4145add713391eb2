package bring

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/trajectory"
)

// PutAway takes a text that did not fit on a card off the page; the task or the agreement that
// the card became stays as it is. id is that of the task or the agreement. Twice is once. Who: as
// Desk, also after the trajectory has ended. Absent for a card that fitted.
func (s *Service) PutAway(ctx context.Context, who access.Who, trajectoryID, id string) error {
	return s.move(ctx, who, trajectoryID, id, true)
}

// TakeBack puts it on the page again; otherwise as PutAway.
func (s *Service) TakeBack(ctx context.Context, who access.Who, trajectoryID, id string) error {
	return s.move(ctx, who, trajectoryID, id, false)
}

func (s *Service) move(ctx context.Context, who access.Who, trajectoryID, id string, away bool) error {
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Task, ""); err != nil {
			return err
		}
		if err := besideIn(ctx, tx, trajectoryID, id); err != nil {
			return err
		}
		event, n, err := "brought.taken_back", int64(0), error(nil)
		if away {
			event = "brought.put_away"
			n, err = setAway(ctx, tx, trajectoryID, id, who.ID, now)
		} else {
			n, err = setBack(ctx, tx, trajectoryID, id)
		}
		if err != nil || n == 0 { // it is so already
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: event, ObjectKind: "brought", ObjectID: id, SchoolID: seen.SchoolID, TrajectoryID: trajectoryID})
	})
	return errs.Because(err, "text beside %s in trajectory %s", id, trajectoryID)
}
