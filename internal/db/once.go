package db

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"leerkring/internal/clock"
)

// ErrRepeated tells that an act with this key was done before: nothing happened again.
var ErrRepeated = errors.New("this was done before")

// Key is what makes an act happen once: whose it is, and the key that the request carries.
type Key struct {
	Actor, Key string
	Mark       string // tells this request from another with the same key
	Day        bool   // keep no moment finer than the day
}

type once struct {
	Key
	taken atomic.Bool
}

type onceKey struct{}

// Once returns a context whose first act is done at most once for an actor and a key,
// however often it is sent: a double click, a retry, a lost answer. The key is kept in
// the act's own transaction.
func Once(ctx context.Context, actor, key string) context.Context {
	return OnceAs(ctx, Key{Actor: actor, Key: key})
}

// OnceAs is Once for a key that says more. With a mark, what the act tells (Tx.Tell) is
// kept in its own transaction too: the answer can be given again whenever the program
// stopped, also between the commit and the reply.
func OnceAs(ctx context.Context, k Key) context.Context {
	if k.Key == "" {
		return ctx
	}
	return context.WithValue(ctx, onceKey{}, &once{Key: k})
}

// What an act tells.
const (
	ToldObject = "object" // id of the thing that it made or changed
	ToldClash  = "clash"  // somebody was quicker: which texts there are now
)

// Tell notes something from which the answer to this act can be made again: ids and
// versions, never words. What is told last, holds.
func (tx *Tx) Tell(name, value string) {
	if tx.told == nil {
		tx.told = url.Values{}
	}
	tx.told.Set(name, value)
}

// guard lets f run only when its key is new. Later acts of the same request are free.
func guard(ctx context.Context, f func(*Tx) error) func(*Tx) error {
	o, ok := ctx.Value(onceKey{}).(*once)
	if !ok || o == nil || !o.taken.CompareAndSwap(false, true) {
		return f
	}
	return func(tx *Tx) error {
		at := clock.System{}.Now()
		if o.Day {
			at = at.Truncate(24 * time.Hour)
		}
		n, err := Exec(ctx, tx, `insert into idempotency (actor_id, key, made_at, status, location) values ($1, $2, $3, 0, '')
			on conflict (actor_id, key) do nothing`, o.Actor, o.Key.Key, at)
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrRepeated
		}
		tx.told = nil // PostgreSQL may run this again
		if err := f(tx); err != nil || o.Mark == "" {
			return err
		}
		_, err = Exec(ctx, tx, `update idempotency set location = $3 where actor_id = $1 and key = $2`, o.Actor, o.Key.Key, o.Mark+" "+tx.told.Encode())
		return err
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
	list, err := replies(ctx, d, actor, key)
	if err != nil || len(list) == 0 {
		return Reply{}, err
	}
	return list[0], nil
}

func replies(ctx context.Context, d *DB, actor, key string) ([]Reply, error) {
	return All(ctx, d, `select status, location from idempotency where actor_id = $1 and key = $2`,
		func(r *Reply) []any { return []any{&r.Status, &r.Location} }, actor, key)
}

// Told is what an act said of itself.
type Told struct {
	Mark          string
	Object, Clash string
}

// ToldBy returns what the act with a key and a mark told, and whether it was done at all.
func ToldBy(ctx context.Context, d *DB, actor, key string) (t Told, done bool, err error) {
	list, err := replies(ctx, d, actor, key)
	if err != nil || len(list) == 0 {
		return Told{}, false, err
	}
	mark, rest, _ := strings.Cut(list[0].Location, " ")
	told, err := url.ParseQuery(rest)
	return Told{mark, told.Get(ToldObject), told.Get(ToldClash)}, true, err
}

// ForgetReplies erases keys that are older than a day.
func ForgetReplies(ctx context.Context, d *DB, now time.Time) error {
	return d.Write(ctx, func(tx *Tx) error {
		_, err := Exec(ctx, tx, `delete from idempotency where made_at < $1`, now.Add(-24*time.Hour))
		return err
	})
}
