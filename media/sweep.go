package media

import (
	"context"
	"fmt"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/job"
)

// Kinds of jobs.
const (
	KindRemove = "picture.remove" // the file of a row that is gone
	KindSweep  = "picture.sweep"  // what was left behind
)

// Remove is the handler of KindRemove. It may run twice: a file that is gone is fine. One
// whose row is there is left alone.
func (s *Service) Remove(ctx context.Context, j job.Job) error {
	id := j.Payload["picture"]
	there, err := s.there(ctx, []string{id})
	if err != nil || there[id] {
		return err
	}
	return s.files.Remove(id)
}

// Sweep is the handler of KindSweep: pictures that waited longer than a day go, and so do
// files that lost their row, or never got it, in a crash. It begins anew each time, so a
// run that was broken off is finished by the next.
func (s *Service) Sweep(ctx context.Context, _ job.Job) error {
	if err := s.forgetWaiting(ctx); err != nil {
		return err
	}
	return s.removeLost(ctx)
}

func (s *Service) forgetWaiting(ctx context.Context) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		ids, err := db.All(ctx, tx, `select id from picture where about_id = '' and made_at < $1 order by made_at limit 500`, db.Str, now.Add(-waitsFor))
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := db.Exec(ctx, tx, `delete from picture where id = $1 and about_id = ''`, id); err != nil {
				return err
			}
			if err := removeLater(ctx, tx, id, now); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Because(err, "forget pictures that wait")
}

// removeLost removes files without a row. When there are many it stops and asks: then the
// database is likely to be another one, and the files are all that is left.
func (s *Service) removeLost(ctx context.Context) error {
	var lost, batch []string
	seen := 0
	look := func() error {
		there, err := s.there(ctx, batch)
		for _, id := range batch {
			if !there[id] {
				lost = append(lost, id)
			}
		}
		batch = batch[:0]
		return err
	}
	old := s.clock.Now().Add(-sweepAfter)
	err := s.files.Walk(ctx, func(name string, at time.Time) error {
		seen++
		if at.After(old) {
			return nil
		}
		if batch = append(batch, name); len(batch) < 500 {
			return nil
		}
		return look()
	})
	if err == nil {
		err = look()
	}
	if err != nil {
		return errs.Because(err, "look for files without a row")
	}
	if len(lost) > fewFiles && float64(len(lost)) > tooMany*float64(seen) {
		return job.GiveUp(fmt.Errorf("%d of %d files have no row: is this the right database? nothing was removed", len(lost), seen))
	}
	for _, name := range lost {
		if err := s.files.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// there tells which of these names have a row.
func (s *Service) there(ctx context.Context, names []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(names) == 0 {
		return out, nil
	}
	ids, err := db.All(ctx, s.db, `select id from picture where id in `+db.In("$1"), db.Str, names)
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
