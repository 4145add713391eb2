package mail

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/job"
)

// Kinds of jobs.
const (
	KindSend  = "mail.send"
	KindMany  = "mail.many" // messages that go to many at the same moment, and let others go first
	KindClean = "mail.clean"
)

// Queue puts a message in the transaction of the act. A message whose key was queued
// before is left out.
func Queue(ctx context.Context, tx *db.Tx, m Message) error {
	m, err := clean(m)
	if err != nil {
		return errs.Because(err, "queue mail %s", m.Kind)
	}
	m.ID = ident.At(m.At)
	n, err := db.Exec(ctx, tx, `insert into mail (id, key, board_id, person_id, kind, private, secret, address, name, subject, body_text, body_html, unsubscribe, made_at, once, until_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (key) do nothing`,
		m.ID, ident.Hash(m.Key), m.BoardID, db.Null(m.PersonID), m.Kind, m.Private, m.Secret, m.Address, m.Name, m.Subject, m.Text, m.HTML, m.Unsubscribe, m.At, m.Once, m.Until)
	if err != nil || n == 0 {
		return errs.Because(err, "queue mail %s", m.Kind)
	}
	kind := KindSend
	if m.Later {
		kind = KindMany
	}
	return job.Add(ctx, tx, job.Job{Kind: kind, Key: jobOf(m.ID), Payload: job.IDs{"mail": m.ID}, RunAt: m.At})
}

// blank is what is left of a message: that it was queued, so that it is not queued again.
const blank = `address = '', name = '', subject = '', body_text = '', body_html = '', unsubscribe = '', person_id = null, emptied_at = $1`

func jobOf(id string) string { return KindSend + ":" + id }

// Withdraw takes back the message with this key when it has not been sent.
func Withdraw(ctx context.Context, tx *db.Tx, key string, now time.Time) error {
	return errs.Because(change(ctx, tx, `update mail set state = 'withdrawn', ended_at = $1, `+blank+`
		where key = $2 and state = 'waiting' returning id`, now, ident.Hash(key)), "withdraw mail")
}

// WithdrawFor takes back all that waits for one person: somebody who is suspended, or
// whose address is no longer trusted.
func WithdrawFor(ctx context.Context, tx *db.Tx, personID string, now time.Time) error {
	return errs.Because(change(ctx, tx, `update mail set state = 'withdrawn', ended_at = $1, `+blank+`
		where person_id = $2 and state = 'waiting' returning id`, now, personID), "withdraw mail for %s", personID)
}

// WithdrawAll takes back all that waits: after a restore nobody knows what of it was sent
// already. It returns how many.
func WithdrawAll(ctx context.Context, tx *db.Tx, now time.Time) (int, error) {
	n, err := db.One(ctx, tx, `select count(*) from mail where state = 'waiting'`, db.Int)
	if err != nil || n == 0 {
		return n, err
	}
	return n, errs.Because(change(ctx, tx, `update mail set state = 'withdrawn', ended_at = $1, `+blank+`
		where state = 'waiting' returning id`, now), "withdraw all mail")
}

// WithdrawKind takes back what waits for one person of one kind: what they want no more.
func WithdrawKind(ctx context.Context, tx *db.Tx, personID, kind string, now time.Time) error {
	return errs.Because(change(ctx, tx, `update mail set state = 'withdrawn', ended_at = $1, `+blank+`
		where person_id = $2 and kind = $3 and state = 'waiting' returning id`, now, personID, kind), "withdraw %s for %s", kind, personID)
}

// Forget erases every trace of mail to one person.
func Forget(ctx context.Context, tx *db.Tx, personID string) error {
	return errs.Because(change(ctx, tx, `delete from mail where person_id = $1 returning id`, personID), "forget mail of %s", personID)
}

// change runs a statement that returns the ids of messages, and drops their jobs.
func change(ctx context.Context, tx *db.Tx, text string, args ...any) error {
	ids, err := db.All(ctx, tx, text, db.Str, args...)
	if err != nil || len(ids) == 0 {
		return err
	}
	for i, id := range ids {
		ids[i] = jobOf(id)
	}
	return job.Drop(ctx, tx, ids...)
}

// How long anything of a message is kept.
const (
	keepBody = 7 * 24 * time.Hour
	keepRow  = 90 * 24 * time.Hour
)

// Clean erases what mail said. A message that still waits after a week is given up: what
// it asks is over, and its links are dead.
func Clean(ctx context.Context, tx *db.Tx, now time.Time) error {
	old := now.Add(-keepBody)
	if err := change(ctx, tx, `update mail set state = 'failed', ended_at = $1 where state = 'waiting' and made_at < $2 returning id`, now, old); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `update mail set `+blank+` where emptied_at is null and made_at < $2`, now, old); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `delete from mail where made_at < $1`, now.Add(-keepRow))
	return err
}

// Cleaner is the handler that does so.
func Cleaner(d *db.DB, c clock.Clock) job.Handler {
	return func(ctx context.Context, j job.Job) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			if err := Clean(ctx, tx, c.Now()); err != nil {
				return err
			}
			return job.Done(ctx, tx, j)
		})
	}
}
