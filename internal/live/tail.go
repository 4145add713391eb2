package live

import (
	"context"
	"log/slog"
	"time"
)

// Entry is one thing that was written, and who listens for it.
type Entry struct {
	Topics []string
	Name   string
	Data   string
}

// Source gives what came since it was last asked, in order, some at a time; nothing when it
// has given all. After an error it gives the same again.
type Source func(ctx context.Context) ([]Entry, error)

// interval is the longest that a change of another process stays unseen.
const interval = time.Second

// Tail publishes what a source gives.
type Tail struct {
	hub    *Hub
	source Source
	log    *slog.Logger
	wake   chan struct{}
}

// NewTail returns a tail that begins to read when Run is called.
func NewTail(hub *Hub, source Source, log *slog.Logger) *Tail {
	return &Tail{hub: hub, source: source, log: log, wake: make(chan struct{}, 1)}
}

// Wake says that there may be something new. It never waits: give it to db.OnCommit.
func (t *Tail) Wake() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Run publishes what the source gives until ctx ends. A source that fails is asked again.
func (t *Tail) Run(ctx context.Context) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	failing := false
	for {
		err := t.publish(ctx)
		if err != nil && ctx.Err() == nil && !failing {
			t.log.Warn("live pages wait for the journal", "error", err)
		}
		failing = err != nil
		wake := t.wake
		if failing {
			wake = nil // not at every commit: once per interval is enough to ask again
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-tick.C:
		}
	}
}

// publish reads until there is nothing more.
func (t *Tail) publish(ctx context.Context) error {
	for {
		entries, err := t.source(ctx)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			t.hub.PublishAll(e.Topics, Event{Name: e.Name, Data: e.Data})
		}
	}
}
