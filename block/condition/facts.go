package condition

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Facts tells what can be read off from what a trajectory needs, in one query.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	list, err := listOf(ctx, q, seen.ID)
	return tell(list, seen.Today()), err
}

// tell is the rule: conditions in, facts out.
func tell(list []Condition, today clock.Date) trajectory.Facts {
	named, of, waits := 0, 0, 0
	shared := trajectory.Value{State: trajectory.Open}
	for _, c := range list {
		if !c.RemovedAt.IsZero() {
			continue
		}
		of++
		named += one(c.named())
		if c.Essential && c.State.Open() && c.OpenSince != "" {
			waits = max(waits, c.OpenSince.Days(today))
		}
		if c.SharedTime {
			shared = better(shared, c.State)
		}
	}
	return trajectory.Facts{"conditions_named": trajectory.Share(named, of), "essential_condition_open_days": trajectory.Count(waits), "shared_time_condition": shared}
}

// named reports whether it has somebody's name and a day, or is there already.
func (c Condition) named() bool {
	who := c.AskedID != "" || c.AnsweredBy != ""
	return c.State == Kept || who && (c.By != "" || c.Due != "")
}

// better keeps the furthest of several shared hours: a kept one is met, a promised one is
// on its way.
func better(v trajectory.Value, s State) trajectory.Value {
	switch {
	case s == Kept || v.State == trajectory.Met:
		return trajectory.Is(true)
	case s == Promised:
		return trajectory.Value{State: trajectory.Partly, Number: 1}
	}
	return v
}
