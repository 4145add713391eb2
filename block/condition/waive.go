package condition

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/trajectory"
)

// Waive lets a plan begin although essential conditions are open, and keeps why. Who: the
// leader or the sponsor. Refused while nothing essential is open.
func (s *Service) Waive(ctx context.Context, who access.Who, trajectoryID, reason string) error {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) < 3 {
		return errs.Invalid("condition.waive_reason").On("reason")
	}
	if err := fits("reason", reason, maxSaid); err != nil {
		return err
	}
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Promise, access.Condition, ""); err != nil {
			return err
		}
		list, err := listOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		w := Waiver{ID: ident.At(now), Reason: reason, By: who.ID, At: now}
		for _, c := range CanActivate(list, nil).Open {
			w.Conditions = append(w.Conditions, c.ID)
		}
		if len(w.Conditions) == 0 {
			return errs.Invalid("condition.nothing_open")
		}
		if err := insertWaiver(ctx, tx, trajectoryID, w); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "condition.waived", ObjectKind: "condition_waiver", ObjectID: w.ID, SchoolID: seen.SchoolID, TrajectoryID: trajectoryID, To: 1})
	})
	return errs.Because(err, "waive conditions of trajectory %s", trajectoryID)
}
