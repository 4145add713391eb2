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

// Transport brings one message to a mail server. It calls ready once, when the server
// listens and before the message goes over; when ready refuses, nothing goes. It returns
// ErrRefused when the server will never take this message, ErrUnsure when the server had
// it all and did not answer, and else a Fault. No error may hold an address: errors are
// logged.
type Transport interface {
	Deliver(ctx context.Context, m Message, ready func() error) error
}

// ErrRefused says that there is no such mailbox, or that it does not want this message.
var ErrRefused = errors.New("the mail server refuses this message")

// ErrUnsure says that the message went over, and that the line broke before the answer.
var ErrUnsure = errors.New("the mail server did not say whether it took this message")

// errHanded says that somebody else is giving this message to the server.
var errHanded = errors.New("this message was given to the server before")

// Allowed tells whether the reader may still get this message. It reads the rights at
// that moment.
type Allowed func(ctx context.Context, m Message) (bool, error)

// Builder makes what a message says, at the moment of sending. False means that there is
// nothing to say any more: it is withdrawn.
type Builder func(ctx context.Context, m Message) (Message, bool, error)

// Sender sends what was queued.
type Sender struct {
	db        *db.DB
	clock     clock.Clock
	transport Transport
	allowed   Allowed
	builders  map[string]Builder
}

// NewSender returns a sender; a nil allowed sends everything.
func NewSender(d *db.DB, c clock.Clock, t Transport, allowed Allowed) *Sender {
	if allowed == nil {
		allowed = func(context.Context, Message) (bool, error) { return true, nil }
	}
	return &Sender{db: d, clock: c, transport: t, allowed: allowed, builders: map[string]Builder{}}
}

// Builds says who makes the messages of a kind that are made at sending. It is called
// before the first message is sent.
func (s *Sender) Builds(kind string, b Builder) { s.builders[kind] = b }

// Send is the handler of KindSend and KindMany. A message that was sent just before a
// crash may be sent again, with the same Message-ID: mailboxes show it once. A message
// that is sent once is not: then nobody knows, and it says so.
func (s *Sender) Send(ctx context.Context, j job.Job) error {
	waiting, err := db.All(ctx, s.db, `select `+columns+` from mail where id = $1 and state = 'waiting'`, fields, j.Payload["mail"])
	if err != nil || len(waiting) == 0 {
		return err // nothing left to do: sent, withdrawn, forgotten
	}
	m := waiting[0]
	if !m.handedAt.IsZero() { // a crash came between the server's answer and our note of it
		return s.end(ctx, j, m, Failed)
	}
	full, yes, err := s.made(ctx, m)
	if err != nil {
		return errs.Because(err, "make mail %s", m.ID)
	}
	if !yes {
		return s.end(ctx, j, m, Withdrawn)
	}
	err = s.transport.Deliver(ctx, full, func() error { return s.hand(ctx, m) })
	switch {
	case err == nil:
		return s.end(ctx, j, m, Sent)
	case errors.Is(err, ErrUnsure) && m.Once, errors.Is(err, ErrRefused):
		return errors.Join(s.letGo(ctx, m, err), s.end(ctx, j, m, Failed))
	case errors.Is(err, errHanded):
		return nil // whoever has it writes how it went
	}
	err = errors.Join(err, s.letGo(ctx, m, err), s.away(ctx, err))
	return job.Later(pause(j.Tries), errs.Because(err, "send mail %s", m.ID))
}

// made is the message as it goes out now, and whether it may and still says something true.
func (s *Sender) made(ctx context.Context, m Message) (Message, bool, error) {
	if !m.Until.IsZero() && s.clock.Now().After(m.Until) {
		return m, false, nil
	}
	yes, err := s.allowed(ctx, m)
	if err != nil || !yes {
		return m, false, err
	}
	build := s.builders[m.Kind]
	if build == nil {
		return m, m.Text != "", nil
	}
	if m, yes, err = build(ctx, m); err != nil || !yes {
		return m, false, err
	}
	m.Later, m.Key = false, m.ID // its own key is kept as a hash only
	if m, err = clean(m); errs.Is(err, errs.KindInvalid) {
		return m, false, nil // an address that is none gets nothing
	}
	return m, err == nil, err
}

// hand notes that a message that is sent once goes to the server now. Whoever comes
// second gets errHanded.
func (s *Sender) hand(ctx context.Context, m Message) error {
	if !m.Once {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `update mail set handed_at = $2 where id = $1 and state = 'waiting' and handed_at is null`, m.ID, s.clock.Now())
		if err == nil && n == 0 {
			err = errHanded
		}
		return err
	})
}

// letGo takes the note back when the server said no, or was never told: it may be tried again.
func (s *Sender) letGo(ctx context.Context, m Message, why error) error {
	if !m.Once || errors.Is(why, ErrUnsure) {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `update mail set handed_at = null where id = $1 and state = 'waiting'`, m.ID)
		return err
	})
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
		if state == Sent {
			if err := reached(ctx, tx, now); err != nil {
				return err
			}
		}
		if m.Private {
			now = now.Truncate(24 * time.Hour)
		}
		if _, err := db.Exec(ctx, tx, `update mail set state = $2, ended_at = $3 where id = $1 and state = 'waiting'`, m.ID, state, now); err != nil {
			return err
		}
		if m.Private || m.Secret || m.Text == "" || state == Withdrawn {
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
