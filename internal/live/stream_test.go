package live_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"leerkring/internal/errs"
	"leerkring/internal/live"
)

// browser is a reply that is read while it is written.
type browser struct {
	mu      sync.Mutex
	header  http.Header
	buf     bytes.Buffer
	broken  bool
	flushed int
}

func newBrowser() *browser { return &browser{header: http.Header{}} }

func (b *browser) Header() http.Header { return b.header }
func (b *browser) WriteHeader(int)     {}
func (b *browser) Flush()              { b.mu.Lock(); defer b.mu.Unlock(); b.flushed = b.buf.Len() }
func (b *browser) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken {
		return 0, errors.New("gone")
	}
	return b.buf.Write(p)
}

// events are the names of what arrived, with their ids.
func (b *browser) events() (out []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, block := range strings.Split(string(b.buf.Bytes()[:b.flushed]), "\n\n") {
		if id, rest, ok := strings.Cut(block, "\nevent: "); ok {
			name, data, _ := strings.Cut(rest, "\ndata: ")
			out = append(out, strings.TrimPrefix(id, "id: ")+" "+name+" "+data)
		} else if strings.HasPrefix(block, ":") {
			out = append(out, "beat")
		}
	}
	return out
}

// open starts a stream in the bubble of a test.
func open(t *testing.T, h *live.Hub, allowed func() bool, header ...string) (b *browser, leave func(), ended *atomic.Bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequest(http.MethodGet, "/live", nil).WithContext(ctx)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	b, ended = newBrowser(), new(atomic.Bool)
	go func() {
		if err := h.Serve(b, r, live.Stream{Topics: []string{"plan"}, Allowed: allowed}); err != nil {
			t.Error(err)
		}
		ended.Store(true)
	}()
	synctest.Wait()
	return b, cancel, ended
}

func want(t *testing.T, b *browser, events ...string) {
	t.Helper()
	synctest.Wait()
	if got := b.events(); strings.Join(got, "|") != strings.Join(events, "|") {
		t.Errorf("%q, want %q", got, events)
	}
}

func yes() bool { return true }

func TestAPageHearsEventsAndASignOfLife(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := live.NewHub()
		b, leave, ended := open(t, h, yes)
		want(t, b)
		h.Publish("plan", live.Event{Name: "plan.changed", Data: `{"id":"x"}`})
		want(t, b, `1 plan.changed {"id":"x"}`)
		time.Sleep(25*time.Second + time.Millisecond)
		want(t, b, `1 plan.changed {"id":"x"}`, "beat")
		h.Publish("plan", live.Event{Name: "two\nevent: evil", Data: "a\r\nb"})
		want(t, b, `1 plan.changed {"id":"x"}`, "beat", "2 two event: evil a  b")
		leave()
		synctest.Wait()
		if !ended.Load() || h.Listeners() != 0 {
			t.Errorf("ended %v, %d listen", ended.Load(), h.Listeners())
		}
		if got := b.header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
			t.Error(got)
		}
		if !strings.HasPrefix(b.buf.String(), "retry: ") {
			t.Errorf("%q", b.buf.String())
		}
	})
}

func TestAPageThatComesBackHearsThatItMissedSomething(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, leave, _ := open(t, live.NewHub(), yes, "Last-Event-ID", "0")
		want(t, b, "0 missed {}")
		leave()
	})
}

func TestARightThatWasTakenAwayEndsTheStream(t *testing.T) {
	t.Parallel()
	t.Run("before the next event", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := live.NewHub()
			var no atomic.Bool
			b, leave, ended := open(t, h, func() bool { return !no.Load() })
			defer leave()
			h.Publish("plan", live.Event{Name: "one"})
			want(t, b, "1 one ")
			no.Store(true)
			h.Publish("plan", live.Event{Name: "secret"})
			want(t, b, "1 one ")
			if !ended.Load() {
				t.Error("the stream is still open")
			}
		})
	})
	t.Run("within five seconds of silence", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			var no atomic.Bool
			_, leave, ended := open(t, live.NewHub(), func() bool { return !no.Load() })
			defer leave()
			time.Sleep(7 * time.Second)
			no.Store(true)
			time.Sleep(5 * time.Second)
			synctest.Wait()
			if !ended.Load() {
				t.Error("the stream is still open")
			}
		})
	})
	t.Run("from the start", func(t *testing.T) {
		t.Parallel()
		b := newBrowser()
		h := live.NewHub()
		err := h.Serve(b, httptest.NewRequest(http.MethodGet, "/live", nil), live.Stream{Topics: []string{"plan"}, Allowed: func() bool { return false }})
		if !errs.IsAbsent(err) || len(b.header) != 0 || b.buf.Len() != 0 || h.Listeners() != 0 {
			t.Errorf("%v %v %q", err, b.header, b.buf.String())
		}
	})
}

func TestABrokenLineAndAClosedHubEndTheStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := live.NewHub()
		b, leave, ended := open(t, h, yes)
		defer leave()
		_, leaveOther, closed := open(t, h, yes)
		defer leaveOther()
		b.mu.Lock()
		b.broken = true
		b.mu.Unlock()
		h.Publish("plan", live.Event{Name: "x"})
		synctest.Wait()
		if !ended.Load() || closed.Load() || h.Listeners() != 1 {
			t.Errorf("broken ended %v, other ended %v", ended.Load(), closed.Load())
		}
		h.Close()
		synctest.Wait()
		if !closed.Load() {
			t.Error("a closed hub leaves a stream open, and the server would never stop")
		}
	})
}
