package job

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

const due = `state = 'waiting' and run_at <= $1 and (lease_ends_at is null or lease_ends_at <= $1)
	and kind in (/*sqlite: select value from json_each($2) */ /*postgres: select json_array_elements_text($2::json) */)`

// anyDue looks before it writes: an idle runner costs the disk nothing.
func (r *Runner) anyDue(ctx context.Context) (bool, error) {
	n, err := db.One(ctx, r.db, `select count(*) from (select 1 from job where `+due+` limit 1) one`, db.Int, r.clock.Now(), r.kinds())
	return n > 0, err
}

// claim leases up to n due jobs. Runners on other nodes pass over each other's rows.
func (r *Runner) claim(ctx context.Context, n int) ([]Job, error) {
	if yes, err := r.anyDue(ctx); err != nil || !yes {
		return nil, err
	}
	lease := ident.Secret()
	var jobs []Job
	err := r.db.Write(ctx, func(tx *db.Tx) error {
		now := r.clock.Now()
		var err error
		jobs, err = db.All(ctx, tx, `with mine as materialized (
				select key from job where `+due+` order by run_at, key limit $3 /*postgres: for update skip locked */)
			update job set lease = $4, lease_ends_at = $5, tries = tries + 1 where key in (select key from mine)
			returning key, kind, payload, run_at, tries`,
			func(j *Job) []any { return []any{&j.hash, &j.Kind, db.JSON(&j.Payload), &j.RunAt, &j.Tries} },
			now, r.kinds(), n, lease, now.Add(r.lease))
		return err
	})
	if err != nil {
		return nil, errs.Because(err, "claim jobs")
	}
	for i := range jobs {
		jobs[i].lease, jobs[i].clock, jobs[i].done = lease, r.clock, new(atomic.Bool)
	}
	slices.SortFunc(jobs, func(a, b Job) int { return a.RunAt.Compare(b.RunAt) })
	return jobs, nil
}

func (r *Runner) kinds() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]string, 0, len(r.handlers))
	for k := range r.handlers {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// renew makes the lease of a long job longer. False means: it is somebody else's now.
func (r *Runner) renew(ctx context.Context, j Job) (bool, error) {
	var n int64
	err := r.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		n, err = db.Exec(ctx, tx, `update job set lease_ends_at = $3 where key = $1 and lease = $2 and state = 'waiting'`,
			j.hash, j.lease, r.clock.Now().Add(r.lease))
		return err
	})
	return n > 0, err
}

// settle writes how a job went. A lease that was lost leaves the row as it is.
func (r *Runner) settle(ctx context.Context, j Job, failure error) error {
	if failure == nil && j.done.Load() {
		return nil
	}
	return r.db.Write(ctx, func(tx *db.Tx) error {
		if failure == nil {
			_, err := end(ctx, tx, j, "done")
			return err
		}
		after, again := verdict(failure, j.Tries)
		if !again {
			_, err := end(ctx, tx, j, "failed")
			return err
		}
		return r.giveBack(ctx, tx, j, after, j.Tries)
	})
}

// giveBack lets go of a job, to be run again after a while.
func (r *Runner) giveBack(ctx context.Context, tx *db.Tx, j Job, after time.Duration, tries int) error {
	_, err := db.Exec(ctx, tx, `update job set lease = '', lease_ends_at = null, run_at = $3, tries = $4 where key = $1 and lease = $2 and state = 'waiting'`,
		j.hash, j.lease, r.clock.Now().Add(after), tries)
	return err
}

const (
	keepDone   = 7 * 24 * time.Hour
	keepFailed = 30 * 24 * time.Hour
)

// clean forgets jobs that ended long ago, and with them their keys.
func (r *Runner) clean(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *db.Tx) error {
		now := r.clock.Now()
		_, err := db.Exec(ctx, tx, `delete from job where (state = 'done' and ended_at < $1) or (state = 'failed' and ended_at < $2)`,
			now.Add(-keepDone), now.Add(-keepFailed))
		return err
	})
}
