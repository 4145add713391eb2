package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Close ends a round at once. Who: the lead or the stand-in. A round that has ended
// already is a conflict.
func (s *Service) Close(ctx context.Context, who access.Who, trajectoryID, roundID string) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Round, ""); err != nil {
			return err
		}
		r, err := findRound(ctx, tx, seen, roundID)
		if err != nil {
			return err
		}
		closed, err := end(ctx, tx, r, ByHand, who.ID, seen.Today(), now)
		if err == nil && !closed {
			return errs.Conflict("contribution.round_closed")
		}
		return err
	})
	return errs.Because(err, "close round %s", roundID)
}

// end closes a round: counts are frozen, ratings become figures. It answers whether it
// was this act that closed it.
func end(ctx context.Context, tx *db.Tx, r Round, why Closing, by string, today clock.Date, now time.Time) (bool, error) {
	if !r.ClosedAt.IsZero() {
		return false, nil
	}
	people, err := invitedTo(ctx, tx, []string{r.ID}, today)
	if err != nil {
		return false, err
	}
	r.Closed = why
	r.Answered, r.Asked, _ = tally(people[r.ID], today)
	if r.Form == Rating && Shows(r.Answered) == TooFew {
		r.Answered = 0 // an exact count of fewer than five is shown to nobody
	}
	closed, err := markClosed(ctx, tx, r, by, now)
	if err != nil || !closed {
		return false, err
	}
	if r.Form == Rating {
		if err := freeze(ctx, tx, r.ID); err != nil {
			return false, err
		}
	}
	return true, noteRound(ctx, tx, r, eventClosed, by, now)
}

// endWhenComplete closes a round in the very act that brought the last answer.
func endWhenComplete(ctx context.Context, tx *db.Tx, r Round, today clock.Date, now time.Time) error {
	if !r.Open(today) {
		return nil
	}
	people, err := invitedTo(ctx, tx, []string{r.ID}, today)
	if err != nil || !complete(people[r.ID], today) {
		return err
	}
	_, err = end(ctx, tx, r, ByAnswer, house, today, now)
	return err
}

// closeDue closes the rounds of a trajectory whose day is over.
func closeDue(ctx context.Context, tx *db.Tx, seen trajectory.Seen, now time.Time) error {
	due, err := db.All(ctx, tx, `select `+roundColumns+` from round r where r.trajectory_id = $1 and r.closed_at is null and r.closes_on < $2`,
		roundFields, seen.ID, seen.Today())
	if err != nil {
		return err
	}
	for _, r := range due { // seldom more than one
		if _, err := end(ctx, tx, r, ByDate, house, seen.Today(), now); err != nil {
			return err
		}
	}
	return nil
}

// openRound is a round that still asks, with what decides whether it should.
type openRound struct {
	Round
	zone string
}

func (o openRound) today(now time.Time) clock.Date { return clock.On(now, clock.Zone(o.zone)) }

// together is how many rounds CloseDue looks at in one query.
const together = 200

// CloseDue closes every round whose day is over, and every round that awaits nobody any
// more because those who had not answered are away or have left. It is a job of the
// house, a few times an hour; how many it closed comes back. Reading does not depend on
// it, except for figures of ratings, which are made at closing.
func (s *Service) CloseDue(ctx context.Context) (int, error) {
	now := s.clock.Now()
	open, err := db.All(ctx, s.db, `select `+roundColumns+`, s.zone from round r join school s on s.id = r.school_id where r.closed_at is null order by r.id`,
		func(o *openRound) []any { return append(roundFields(&o.Round), &o.zone) })
	if err != nil {
		return 0, errs.Because(err, "look for rounds to close")
	}
	closed := 0
	for len(open) > 0 {
		part := open[:min(together, len(open))]
		open = open[len(part):]
		n, err := s.closePart(ctx, part, now)
		closed += n
		if err != nil {
			return closed, err
		}
	}
	return closed, nil
}

func (s *Service) closePart(ctx context.Context, part []openRound, now time.Time) (int, error) {
	over, err := overOf(ctx, s.db, part, now)
	if err != nil {
		return 0, err
	}
	closed := 0
	for _, o := range over {
		done := false
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			done = false
			if err := db.Lock(ctx, tx, "trajectory", o.TrajectoryID); err != nil {
				return err
			}
			still, err := overOf(ctx, tx, []openRound{o}, now) // somebody may have come back, or closed it
			if err != nil || len(still) == 0 {
				return err
			}
			done, err = end(ctx, tx, still[0].Round, still[0].Closed, house, o.today(now), now)
			return err
		})
		if err != nil {
			return closed, errs.Because(err, "close round %s", o.ID)
		}
		if done {
			closed++
		}
	}
	return closed, nil
}

// overOf keeps the rounds that nothing keeps open any more, with what closes them.
func overOf(ctx context.Context, q db.Queryer, part []openRound, now time.Time) ([]openRound, error) {
	var over []openRound
	byDay := map[clock.Date][]string{}
	for _, o := range part {
		day := o.today(now)
		byDay[day] = append(byDay[day], o.ID)
	}
	for day, ids := range byDay { // one day, two around midnight
		people, err := invitedTo(ctx, q, ids, day)
		if err != nil {
			return nil, err
		}
		for _, o := range part {
			switch {
			case o.today(now) != day:
				continue
			case o.Due(day):
				o.Closed = ByDate
			case complete(people[o.ID], day):
				o.Closed = ByAnswer
			default:
				continue
			}
			over = append(over, o)
		}
	}
	return over, nil
}
