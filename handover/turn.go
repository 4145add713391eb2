package handover

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Turned is what a turn did: how many began and ended, and how many things went on to who stands in.
type Turned struct{ Began, Ended, Went int }

// Turn lets the days do their work: a substitute whose first day came steps in and gets what comes to
// the other, and what was given for a while goes back. Each one is an act of its own, looked at again inside it, so that a turn
// that is broken off, comes twice, or runs on two nodes does everything once. A clock that is put
// back undoes nothing. Who: a job, each ten minutes.
func (s *Service) Turn(ctx context.Context) (Turned, error) {
	var done Turned
	open, err := db.All(db.Afresh(ctx), s.db, `select h.id, s.zone from handover h join school s on s.id = h.school_id where h.ended_at is null order by h.id`, func(p *[2]string) []any { return []any{&p[0], &p[1]} })
	if err != nil {
		return done, err
	}
	var wrong []error
	for _, p := range open {
		began, ended, err := s.turn(ctx, p[0], p[1])
		went := 0
		if err == nil && began+ended == 0 {
			went, err = s.follow(ctx, p[0], clock.On(s.clock.Now(), clock.Zone(p[1])))
		}
		if err != nil {
			wrong = append(wrong, errs.Because(err, "turn of handover %s", p[0]))
			continue
		}
		done.Began, done.Ended, done.Went = done.Began+began, done.Ended+ended, done.Went+went
	}
	return done, errs.Join(append(wrong, s.forget(ctx))...)
}

func (s *Service) turn(ctx context.Context, id, zone string) (began, ended int, err error) {
	now := s.clock.Now()
	today := clock.On(now, clock.Zone(zone))
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		began, ended = 0, 0
		h, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case h.Over(today, now):
			ended = 1
			by := carry.House
			if h.Kind == Own { // it was arranged so
				by = h.FromID
			}
			return s.end(ctx, tx, h, h.GoesBack(), by, now)
		case h.Starts(today):
			began = 1
			return s.begin(ctx, tx, h, now)
		}
		return nil
	})
	return began, ended, err
}

// forget erases what ended a month ago: who was away when is nobody's history.
func (s *Service) forget(ctx context.Context) error {
	before := s.clock.Now().AddDate(0, 0, -keptDays)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `delete from handover_item where handover_id in (select id from handover where ended_at < $1)`, before); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `delete from handover where ended_at < $1`, before)
		return err
	})
}
