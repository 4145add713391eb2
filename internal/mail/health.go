package mail

import (
	"context"
	"errors"
	"strconv"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/job"
)

// Fault is why a mail server could not be used, in a word of a closed list.
type Fault string

// The faults.
const (
	FaultAway   Fault = "away"   // nobody answers
	FaultTLS    Fault = "tls"    // no safe line, or a certificate that is not right
	FaultAuth   Fault = "auth"   // it does not know us
	FaultSender Fault = "sender" // it does not let our address send
	FaultBusy   Fault = "busy"   // it says: later
	FaultOther  Fault = "other"
)

// fault is an error with its Fault; it says nothing of what the server repeats.
type fault struct {
	Fault
	code int
}

func (f *fault) Error() string {
	if f.code == 0 {
		return "mail server: " + string(f.Fault)
	}
	return "mail server: " + string(f.Fault) + ": code " + strconv.Itoa(f.code)
}

// FaultOf is why a message did not go, "" for no error.
func FaultOf(err error) Fault {
	var f *fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.Fault
	}
	return FaultOther
}

// Server is how it stands with the mail server, as far as our own mail tells.
type Server struct {
	AwaySince time.Time // zero while it takes mail
	Fault     Fault
	ReachedAt time.Time // when it last came back
}

// ServerState reads how it stands with the mail server.
func ServerState(ctx context.Context, q db.Queryer) (Server, error) {
	return db.One(ctx, q, `select away_since_at, fault, reached_at from mail_server where id = 'smtp'`,
		func(s *Server) []any { return []any{&s.AwaySince, (*string)(&s.Fault), &s.ReachedAt} })
}

// away notes that the server could not be used, and since when.
func (s *Sender) away(ctx context.Context, why error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `update mail_server set away_since_at = coalesce(away_since_at, $1), fault = $2 where id = 'smtp'`, s.clock.Now(), string(FaultOf(why)))
		return err
	})
}

// reached notes that the server takes mail again. What waited for it goes now.
func reached(ctx context.Context, tx *db.Tx, now time.Time) error {
	n, err := db.Exec(ctx, tx, `update mail_server set away_since_at = null, fault = '', reached_at = $1 where id = 'smtp' and away_since_at is not null`, now)
	if err != nil || n == 0 {
		return err
	}
	return job.Hasten(ctx, tx, now, KindSend, KindMany)
}

// Reached notes that the server took a message outside the queue: a test.
func Reached(ctx context.Context, d *db.DB, now time.Time) error {
	return d.Write(ctx, func(tx *db.Tx) error { return reached(ctx, tx, now) })
}

// Waits is how much mail of a board waits. Of private mail nobody learns how much when
// that says something about one person: it counts in fives.
type Waits struct {
	Open    int // in the list
	Private int // in steps of five
}

// WaitsOf counts what waits.
func WaitsOf(ctx context.Context, q db.Queryer, boardID string) (Waits, error) {
	w, err := db.One(ctx, q, `select coalesce(sum(case when private then 0 else 1 end), 0), coalesce(sum(case when private then 1 else 0 end), 0)
		from mail where board_id = $1 and state = 'waiting'`, func(w *Waits) []any { return []any{&w.Open, &w.Private} }, boardID)
	w.Private -= w.Private % fewest
	return w, err
}

// Testing notes that somebody tries the server, and tells whether it is long enough since
// somebody did.
func Testing(ctx context.Context, d *db.DB, now time.Time, pause time.Duration) (bool, error) {
	tried := false
	err := d.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `update mail_server set tested_at = $1 where id = 'smtp' and (tested_at is null or tested_at <= $2 or tested_at > $1)`, now, now.Add(-pause))
		tried = n > 0
		return err
	})
	return tried, err
}
