package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// longestAway is how many days ahead somebody says that they are away.
const longestAway = 370

// AwayIn keeps until when somebody is away, in the act of another room; the day that is kept already
// may stay. Who: the person.
func (s *Service) AwayIn(ctx context.Context, tx *db.Tx, who access.Who, until, today clock.Date, now time.Time) error {
	p, err := personByID(ctx, tx, who.ID)
	if err != nil {
		return err
	}
	if until <= today || today.Days(until) > longestAway {
		return errs.Invalid("school.away_until_day").On("until")
	}
	if p.AwayUntil == until {
		return nil
	}
	if _, err := db.Exec(ctx, tx, `update person set away_until_on = $2, version = version + 1 where id = $1`, p.ID, until); err != nil {
		return err
	}
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "person.changed", ObjectKind: "person", ObjectID: p.ID, From: p.Version, To: p.Version + 1})
}
