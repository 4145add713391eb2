package live

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Rhythm of a stream.
const (
	heartbeat = 25 * time.Second // proxies close a line that is silent for longer
	recheck   = 4 * time.Second  // a right that was taken away works within five
	slowest   = 10 * time.Second // a write that takes longer ends the stream
)

// Missed is the event that tells a page to fetch itself again: it was away for a
// moment, and the hub keeps no history.
const Missed = "missed"

// Stream is one open page.
type Stream struct {
	Topics []string
	// Allowed tells whether the person may still hear these topics. It reads the rights
	// at that moment.
	Allowed func() bool
}

// Serve sends events to the page until the page goes away, may not listen any more,
// is too slow, or the hub closes. It refuses with absent when the person may not
// listen at all: then nothing was sent yet.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, s Stream) error {
	sub := h.Subscribe(s.Topics...)
	defer sub.Close()
	if !s.Allowed() {
		return errs.Absent()
	}
	out := &writer{w: w, rc: http.NewResponseController(w)}
	header := w.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-store, no-transform")
	header.Set("X-Accel-Buffering", "no") // a proxy that collects would make live late
	w.WriteHeader(http.StatusOK)
	if out.send(greeting(r)) {
		follow(r, sub, out, s.Allowed)
	}
	return nil
}

// greeting tells a page after how long to come back when the line breaks: not all at
// once. A page that is back hears that it may have missed something.
func greeting(r *http.Request) string {
	text := fmt.Sprintf("retry: %d\nid: 0\n\n", 1000+rand.IntN(3000))
	if r.Header.Get("Last-Event-ID") != "" {
		text += format(0, Event{Name: Missed, Data: "{}"})
	}
	return text
}

func follow(r *http.Request, sub *Subscription, out *writer, allowed func() bool) {
	beat, check := time.NewTicker(heartbeat), time.NewTicker(recheck)
	defer beat.Stop()
	defer check.Stop()
	for n := 0; ; {
		var text string
		select {
		case <-r.Context().Done():
			return
		case <-check.C:
			if !allowed() {
				return
			}
			continue
		case <-beat.C:
			text = ": beat\n\n"
		case e, open := <-sub.C:
			if !open || !allowed() {
				return
			}
			n++
			text = format(n, e)
		}
		if !out.send(text) {
			return
		}
	}
}

// format writes the event that is the nth of its stream as the browser reads it. A line
// end inside a value would begin another field: it becomes a space.
func format(n int, e Event) string {
	return fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", n, oneLine(e.Name), oneLine(e.Data))
}

var oneLine = strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ").Replace

type writer struct {
	w  io.Writer
	rc *http.ResponseController
}

// send writes and flushes. A connection without deadlines (a test's) is fine.
func (o *writer) send(text string) bool {
	_ = o.rc.SetWriteDeadline(clock.System{}.Now().Add(slowest))
	if _, err := io.WriteString(o.w, text); err != nil {
		return false
	}
	return o.rc.Flush() == nil
}
