package job

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// IDs is all that a job may carry: names of things, and short values such as a day.
type IDs map[string]string

const longestID = 64

// Job is something to do once.
type Job struct {
	Kind    string    // who does it: "mail.send"
	Key     string    // what it is; a second job with the same key is not added
	Payload IDs       // which things it is about
	RunAt   time.Time // not before this moment; the now of the act for at once
	Tries   int       // for a handler: the how-manieth try this is

	hash  string // of Key: what the database keeps
	lease string
	clock clock.Clock
	done  *atomic.Bool
}

func hashOf(key string) string { return ident.Hash(key) }

// Add puts a job in the transaction of the act that asks for it. When there is a
// job with this key, waiting or done, nothing happens.
func Add(ctx context.Context, tx *db.Tx, j Job) error {
	if j.Kind == "" || j.Key == "" || j.RunAt.IsZero() {
		return fmt.Errorf("job %q: kind, key and moment are needed", j.Kind)
	}
	for name, id := range j.Payload {
		if len(id) > longestID {
			return fmt.Errorf("job %s: %s is too long for an id", j.Kind, name)
		}
	}
	if j.Payload == nil {
		j.Payload = IDs{}
	}
	_, err := db.Exec(ctx, tx, `insert into job (key, kind, payload, run_at) values ($1, $2, $3, $4) on conflict (key) do nothing`,
		hashOf(j.Key), j.Kind, db.JSON(j.Payload), j.RunAt)
	return errs.Because(err, "add job %s", j.Kind)
}

// Move gives a waiting job another moment. It does nothing when the job is over.
func Move(ctx context.Context, tx *db.Tx, key string, to time.Time) error {
	_, err := db.Exec(ctx, tx, `update job set run_at = $2 where key = $1 and state = 'waiting'`, hashOf(key), to)
	return errs.Because(err, "move job")
}

// Hasten lets jobs of these kinds that were tried before run now: what they waited for is
// there again.
func Hasten(ctx context.Context, tx *db.Tx, now time.Time, kinds ...string) error {
	_, err := db.Exec(ctx, tx, `update job set run_at = $1 where state = 'waiting' and tries > 0 and run_at > $1 and lease_ends_at is null and kind in `+db.In("$2"), now, kinds)
	return errs.Because(err, "hasten jobs")
}

// Drop takes waiting jobs away. A handler that is busy with one can no longer commit.
func Drop(ctx context.Context, tx *db.Tx, keys ...string) error {
	hashes := make([]string, len(keys))
	for i, k := range keys {
		hashes[i] = hashOf(k)
	}
	_, err := db.Exec(ctx, tx, `delete from job where state = 'waiting'
		and key in (/*sqlite: select value from json_each($1) */ /*postgres: select json_array_elements_text($1::json) */)`, hashes)
	return errs.Because(err, "drop jobs")
}

// Done ends a job inside the act of its handler. It refuses with a conflict when the
// lease is somebody else's by now: then the act must not be kept.
func Done(ctx context.Context, tx *db.Tx, j Job) error {
	n, err := end(ctx, tx, j, "done")
	if err == nil && n == 0 {
		err = errs.Conflict("job.lost")
	}
	if err != nil {
		return errs.Because(err, "end job %s", j.Kind)
	}
	tx.AfterCommit(func() { j.done.Store(true) })
	return nil
}

func end(ctx context.Context, tx *db.Tx, j Job, state string) (int64, error) {
	return db.Exec(ctx, tx, `update job set state = $3, payload = '{}', lease = '', lease_ends_at = null, ended_at = $4
		where key = $1 and lease = $2 and state = 'waiting'`, j.hash, j.lease, state, j.clock.Now())
}

// Health tells how the work goes.
type Health struct {
	Waiting int // due or for later
	Late    int // due for more than five minutes
	Failed  int // given up in the last thirty days
}

// State counts the jobs of every kind together.
func State(ctx context.Context, q db.Queryer, now time.Time) (Health, error) {
	return db.One(ctx, q, `select
			coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0),
			coalesce(sum(case when state = 'waiting' and run_at < $1 then 1 else 0 end), 0),
			coalesce(sum(case when state = 'failed' then 1 else 0 end), 0)
		from job`, func(h *Health) []any { return []any{&h.Waiting, &h.Late, &h.Failed} }, now.Add(-5*time.Minute))
}

// later is an error that says when to try again.
type later struct {
	after time.Duration
	cause error
}

func (e *later) Error() string { return "later: " + e.cause.Error() }
func (e *later) Unwrap() error { return e.cause }

// Later lets a handler ask for another try after a while, as often as it likes: the
// outside world is away, and the handler itself knows when to give up.
func Later(after time.Duration, cause error) error { return &later{after, cause} }

type givenUp struct{ cause error }

func (e *givenUp) Error() string { return "given up: " + e.cause.Error() }
func (e *givenUp) Unwrap() error { return e.cause }

// GiveUp lets a handler say that trying again makes no sense.
func GiveUp(cause error) error { return &givenUp{cause} }

const mostTries = 12

// verdict tells what becomes of a job after an error: when it runs again, or never.
func verdict(err error, tries int) (after time.Duration, again bool) {
	var l *later
	var g *givenUp
	switch {
	case errors.As(err, &g):
		return 0, false
	case errors.As(err, &l):
		return l.after, true
	case tries >= mostTries:
		return 0, false
	}
	return min(5*time.Second<<(tries-1), time.Hour), true
}
