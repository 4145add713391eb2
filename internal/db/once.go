package db

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"leerkring/internal/clock"
)

// ErrRepeated tells that an act with this key was done before: nothing happened again.
var ErrRepeated = errors.New("this was done before")

type once struct {
	actor, key string
	taken      atomic.Bool
}

type onceKey struct{}

// Once returns a context whose first act is done at most once for an actor and a key,
// however often it is sent: a double click, a retry, a lost answer. The key is kept in
// the act's own transaction.
func Once(ctx context.Context, actor, key string) context.Context {
	if key == "" {
		return ctx
	}
	return context.WithValue(ctx, onceKey{}, &once{actor: actor, key: key})
}

// guard lets f run only when its key is new. Later acts of the same request are free.
func guard(ctx context.Context, f func(*Tx) error) func(*Tx) error {
	o, ok := ctx.Value(onceKey{}).(*once)
	if !ok || o == nil || !o.taken.CompareAndSwap(false, true) {
		return f
	}
	return func(tx *Tx) error {
		n, err := Exec(ctx, tx, `insert into idempotency (actor_id, key, made_at, status, location) values ($1, $2, $3, 0, '')
			on conflict (actor_id, key) do nothing`, o.actor, o.key, clock.System{}.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrRepeated
		}
		return f(tx)
	}
}

// Reply is what was answered to an act with a key.
type Reply struct {
	Status   int
	Location string
}

// SetReply keeps what was answered, so that a repeated request gets the same. A request
// that did nothing has no key to keep it by: noting the answer is no act of its own.
func SetReply(ctx context.Context, d *DB, actor, key string, r Reply) error {
	ctx = context.WithValue(context.WithoutCancel(ctx), onceKey{}, (*once)(nil))
	return d.Write(ctx, func(tx *Tx) error {
		_, err := Exec(ctx, tx, `update idempotency set status = $3, location = $4 where actor_id = $1 and key = $2`, actor, key, r.Status, r.Location)
		return err
	})
}

// ReplyTo returns what was answered to an act with a key; the zero Reply when nothing was kept.
func ReplyTo(ctx context.Context, d *DB, actor, key string) (Reply, error) {
	list, err := All(ctx, d, `select status, location from idempotency where actor_id = $1 and key = $2`,
		func(r *Reply) []any { return []any{&r.Status, &r.Location} }, actor, key)
	if err != nil || len(list) == 0 {
		return Reply{}, err
	}
	return list[0], nil
}

// ForgetReplies erases keys that are older than a day.
func ForgetReplies(ctx context.Context, d *DB, now time.Time) error {
	return d.Write(ctx, func(tx *Tx) error {
		_, err := Exec(ctx, tx, `delete from idempotency where made_at < $1`, now.Add(-24*time.Hour))
		return err
	})
}
