package mail

import (
	"context"
	"errors"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/job"
)

// Transport brings one message to a mail server. It returns ErrRefused when the server
// will never take it. No error may hold an address: errors are logged.
type Transport interface {
	Deliver(ctx context.Context, m Message) error
}

// ErrRefused says that there is no such mailbox, or that it does not want this message.
var ErrRefused = errors.New("the mail server refuses this message")

// Allowed tells whether the reader may still get this message. It reads the rights at
// that moment.
type Allowed func(ctx context.Context, m Message) (bool, error)

// Sender sends what was queued.
type Sender struct {
	db        *db.DB
	clock     clock.Clock
	transport Transport
	allowed   Allowed
}

// NewSender returns a sender; a nil allowed sends everything.
func NewSender(d *db.DB, c clock.Clock, t Transport, allowed Allowed) *Sender {
	if allowed == nil {
		allowed = func(context.Context, Message) (bool, error) { return true, nil }
	}
	return &Sender{db: d, clock: c, transport: t, allowed: allowed}
}

// Send is the handler of KindSend. A message that was sent just before a crash may be
// sent again, with the same Message-ID: mailboxes show it once.
func (s *Sender) Send(ctx context.Context, j job.Job) error {
	waiting, err := db.All(ctx, s.db, `select `+columns+` from mail where id = $1 and state = 'waiting'`, fields, j.Payload["mail"])
	if err != nil || len(waiting) == 0 {
		return err // nothing left to do: sent, withdrawn, forgotten
	}
	m := waiting[0]
	yes, err := s.allowed(ctx, m)
	if err != nil {
		return errs.Because(err, "ask whether mail %s may go", m.ID)
	}
	if !yes {
		return s.end(ctx, j, m, Withdrawn)
	}
	switch err := s.transport.Deliver(ctx, m); {
	case errors.Is(err, ErrRefused):
		return s.end(ctx, j, m, Failed)
	case err != nil:
		return job.Later(pause(j.Tries), errs.Because(err, "send mail %s", m.ID))
	}
	return s.end(ctx, j, m, Sent)
}

// pause grows to half an hour: a mail server may be away for days.
func pause(tries int) time.Duration {
	return min(time.Minute<<min(max(tries-1, 0), 10), 30*time.Minute)
}

// end writes how it went, together with the end of the job. What holds a secret or is
// private is emptied at once, and of a private message only the day stays.
func (s *Sender) end(ctx context.Context, j job.Job, m Message, state string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		if m.Private {
			now = now.Truncate(24 * time.Hour)
		}
		if _, err := db.Exec(ctx, tx, `update mail set state = $2, ended_at = $3 where id = $1 and state = 'waiting'`, m.ID, state, now); err != nil {
			return err
		}
		if m.Private || m.Secret || state == Withdrawn {
			if _, err := db.Exec(ctx, tx, `update mail set `+blank+` where id = $2`, now, m.ID); err != nil {
				return err
			}
		}
		if m.Private {
			if _, err := db.Exec(ctx, tx, `update mail set made_at = $2 where id = $1`, m.ID, m.At.UTC().Truncate(24*time.Hour)); err != nil {
				return err
			}
		}
		return job.Done(ctx, tx, j)
	})
}
