package job

import (
	"context"
	"maps"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Next gives the first moment after now at which something has to happen.
type Next func(now time.Time) time.Time

// Every is once per d, at whole multiples of d: the same moments on every node.
func Every(d time.Duration) Next {
	return func(now time.Time) time.Time { return now.Truncate(d).Add(d) }
}

// Daily is each day at this time on the wall of zone.
func Daily(hour, minute int, zone *time.Location) Next {
	return func(now time.Time) time.Time {
		day := clock.On(now, zone)
		if at := day.At(hour, minute, zone); at.After(now) {
			return at
		}
		return day.Add(1).At(hour, minute, zone)
	}
}

type repeat struct {
	next    Next
	planned time.Time
}

// Repeat adds a job of this kind for each moment of next. Nodes agree on the key, so
// it happens once. What fell in a time when the house was closed happens once at opening.
func (r *Runner) Repeat(kind string, next Next) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.repeats[kind] = &repeat{next: next}
}

// upkeep plans what repeats, and now and then forgets what is long over.
func (r *Runner) upkeep(ctx context.Context) error {
	r.mu.Lock()
	repeats := maps.Clone(r.repeats)
	r.mu.Unlock()
	now := r.clock.Now()
	for kind, rep := range repeats {
		at := rep.next(now)
		if at.Equal(rep.planned) {
			continue
		}
		if err := r.db.Write(ctx, func(tx *db.Tx) error {
			return Add(ctx, tx, Job{Kind: kind, Key: kind + "@" + at.UTC().Format(time.RFC3339), RunAt: at})
		}); err != nil {
			return errs.Because(err, "plan %s", kind)
		}
		rep.planned = at
	}
	if now.Sub(r.cleaned) < time.Hour {
		return nil
	}
	r.cleaned = now
	return r.clean(ctx)
}
