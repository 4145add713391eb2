package live_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/live"
)

// pages opens n pages at a server. heard is called for each event of each page.
func pages(t testing.TB, n int, heard func()) (h *live.Hub) {
	t.Helper()
	h = live.NewHub()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h.Serve(w, r, live.Stream{Topics: []string{"plan"}, Allowed: yes}); err != nil {
			t.Error(err)
		}
	}))
	ctx, stop := context.WithCancel(context.Background())
	var reading, opened sync.WaitGroup
	opened.Add(n)
	for range n {
		reading.Go(func() { read(ctx, t, server.URL, opened.Done, heard) })
	}
	opened.Wait()
	t.Cleanup(func() { stop(); reading.Wait(); h.Close(); server.Close() })
	return h
}

func read(ctx context.Context, t testing.TB, address string, opened, heard func()) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Error(err)
		return
	}
	reply, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Error(err)
		opened()
		return
	}
	defer reply.Body.Close()
	for lines := bufio.NewScanner(reply.Body); lines.Scan(); {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "retry: "):
			opened()
		case strings.HasPrefix(line, "event: "):
			heard()
		}
	}
}

func TestFiveHundredOpenPagesAllHearIt(t *testing.T) {
	t.Parallel()
	const n, rounds = 500, 5
	all := make(chan struct{}, n*rounds)
	h := pages(t, n, func() { all <- struct{}{} })
	if h.Listeners() != n {
		t.Fatalf("%d listen", h.Listeners())
	}
	for range rounds {
		h.Publish("plan", live.Event{Name: "plan.changed", Data: `{"id":"x"}`})
	}
	for i := range n * rounds {
		select {
		case <-all:
		case <-time.After(30 * time.Second):
			t.Fatalf("%d of %d events arrived", i, n*rounds)
		}
	}
}

// BenchmarkFiveHundredPages measures until the last of 500 pages has heard an event, and
// how long 99 of 100 pages waited.
func BenchmarkFiveHundredPages(b *testing.B) {
	const n = 500
	all := make(chan time.Time, n)
	h := pages(b, n, func() { all <- clock.System{}.Now() })
	var waited []time.Duration
	for b.Loop() {
		from := clock.System{}.Now()
		h.Publish("plan", live.Event{Name: "plan.changed", Data: `{"id":"x"}`})
		for range n {
			at := <-all
			waited = append(waited, at.Sub(from))
		}
	}
	slices.Sort(waited)
	b.ReportMetric(float64(waited[len(waited)*99/100].Microseconds())/1000, "p99-ms")
}
