package live_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"leerkring/internal/dbtest"
	"leerkring/internal/live"
)

func exec(t *testing.T, address, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// woken waits for a wake, or fails.
func woken(t *testing.T, wakes chan struct{}, why string) {
	t.Helper()
	select {
	case <-wakes:
	case <-time.After(20 * time.Second):
		t.Fatalf("not woken: %s", why)
	}
}

func TestNodesHearEachOtherAlsoAfterABrokenLine(t *testing.T) {
	t.Parallel()
	address := dbtest.PostgresURL(t)
	wakes := make(chan struct{}, 100)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		live.Listen(ctx, address, func() { wakes <- struct{}{} }, slog.New(slog.DiscardHandler))
		close(done)
	}()
	woken(t, wakes, "when it began to listen")
	exec(t, address, `notify leerkring_journal`)
	woken(t, wakes, "by a notification")
	exec(t, address, `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen leerkring_journal' and datname = current_database()`)
	woken(t, wakes, "when the line was there again")
	exec(t, address, `notify leerkring_journal`)
	woken(t, wakes, "by a notification on the new line")
	stop()
	<-done
	if n := len(wakes); n != 0 {
		t.Errorf("woken %d times for nothing", n)
	}
}

func TestANodeTellsTheOthersThatItWrote(t *testing.T) {
	t.Parallel()
	address := dbtest.PostgresURL(t)
	wakes := make(chan struct{}, 1000)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	log := slog.New(slog.DiscardHandler)
	teller := live.NewTeller(address, log)
	running.Go(func() { live.Listen(ctx, address, func() { wakes <- struct{}{} }, log) })
	running.Go(func() { teller.Run(ctx) })
	woken(t, wakes, "when it began to listen")
	for range 500 {
		teller.Wake()
	}
	woken(t, wakes, "by what another node wrote")
	exec(t, address, `select pg_terminate_backend(pid) from pg_stat_activity where query = 'notify leerkring_journal' and datname = current_database()`)
	teller.Wake()
	woken(t, wakes, "over a new line, or by what was left")
	stop()
	running.Wait()
	if n := len(wakes); n > 50 {
		t.Errorf("500 commits in no time became %d notifications", n)
	}
}
