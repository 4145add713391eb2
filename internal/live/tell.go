package live

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
)

// rest is the least time between two notifications: many commits become one.
const rest = 5 * time.Millisecond

// Teller tells the other nodes on PostgreSQL that this one wrote. It does so beside the
// acts: a notification inside a transaction would make all commits queue for one lock.
type Teller struct {
	address string
	log     *slog.Logger
	wake    chan struct{}
}

// NewTeller returns a teller for the database at address.
func NewTeller(address string, log *slog.Logger) *Teller {
	return &Teller{address: address, log: log, wake: make(chan struct{}, 1)}
}

// Wake says that something was written. It never waits: give it to db.OnCommit.
func (t *Teller) Wake() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Run tells until ctx ends. While the line is broken the others look every second.
func (t *Teller) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := t.tell(ctx)
		if ctx.Err() != nil {
			return
		}
		t.log.Warn("the other nodes cannot be told: their pages look every second", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (t *Teller) tell(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, t.address)
	if err != nil {
		return err
	}
	defer hangUp(ctx, conn)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.wake:
		}
		if _, err := conn.Exec(ctx, "notify "+Channel); err != nil {
			t.Wake() // it was not told yet
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

func hangUp(ctx context.Context, conn *pgx.Conn) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(closing) // it is broken or not needed any more
}
