package serve

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"leerkring/internal/clock"
)

// door is the way in to one mux.
type door struct {
	o       Options
	mux     *http.ServeMux
	csp     []string
	guard   *http.CrossOriginProtection // nil: cookies do not exist here
	clock   clock.System
	pages   gate
	streams gate
}

// Browser is the door for pages.
func Browser(mux *http.ServeMux, o Options) http.Handler {
	if o.Fail == nil {
		o.Fail = Plain
	}
	d := newDoor(mux, o, pageCSP)
	d.guard = http.NewCrossOriginProtection()
	if err := d.guard.AddTrustedOrigin(d.o.Base.Scheme + "://" + d.o.Base.Host); err != nil {
		panic("serve: base address: " + err.Error())
	}
	return d
}

// API is the door for programs. It takes cookies off: a page elsewhere cannot borrow
// the sign-in of a browser.
func API(mux *http.ServeMux, o Options) http.Handler {
	if o.Fail == nil {
		o.Fail = Problem
	}
	return newDoor(mux, o, apiCSP)
}

func newDoor(mux *http.ServeMux, o Options, csp []string) *door {
	o = o.withDefaults()
	if o.Log == nil {
		panic("serve: a door without a log")
	}
	return &door{
		o: o, mux: mux, csp: csp,
		pages:   gate{most: int64(o.InFlight), open: o.Metrics.busy.WithLabelValues("page")},
		streams: gate{most: int64(o.Streams), open: o.Metrics.busy.WithLabelValues("stream")},
	}
}

// gate lets a bounded number of requests through at the same time.
type gate struct {
	now  atomic.Int64
	most int64
	open prometheus.Gauge
}

func (g *gate) enter() bool {
	if g.now.Add(1) > g.most {
		g.now.Add(-1)
		return false
	}
	g.open.Inc()
	return true
}

func (g *gate) leave() { g.now.Add(-1); g.open.Dec() }

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := d.clock.Now()
	from := d.origin(r)
	handler, pattern := d.mux.Handler(r)
	rule := d.o.Rule(pattern)
	protect(w.Header(), d.csp, from.secure || d.o.Base.Scheme == "https", rule.Link)
	w.Header().Set("X-Request-Id", from.id)
	out := &reply{ResponseWriter: w, squeeze: !rule.Stream && r.Method != http.MethodHead && readsGzip(r)}
	r = r.WithContext(context.WithValue(r.Context(), originKey{}, from))
	defer func() { d.after(out, r, rule, pattern, began, recover()) }()
	if status, why := d.admit(r, rule); status != 0 {
		d.turnAway(out, r, status, why)
		return
	}
	if pattern == "" {
		d.noRoute(out, r, handler)
		return
	}
	d.pass(out, r, rule)
}

// pass lets a request in, within its limits.
func (d *door) pass(w http.ResponseWriter, r *http.Request, rule Rule) {
	g := &d.pages
	if rule.Stream {
		g = &d.streams
	}
	if !g.enter() {
		w.Header().Set("Retry-After", "5")
		d.turnAway(w, r, http.StatusServiceUnavailable, "busy")
		return
	}
	defer g.leave()
	if d.guard == nil {
		r.Header.Del("Cookie")
	}
	r.Body = http.MaxBytesReader(w, r.Body, d.bodyLimit(rule))
	if rule.Stream {
		control := http.NewResponseController(w)
		_ = control.SetReadDeadline(time.Time{}) // a connection without deadlines is fine
		_ = control.SetWriteDeadline(time.Time{})
		d.mux.ServeHTTP(w, r)
		return
	}
	limit := rule.Timeout
	if limit == 0 {
		limit = d.o.Timeout
	} else { // the connection of a route with a time of its own lives as long
		control, end := http.NewResponseController(w), d.clock.Now().Add(limit)
		_ = control.SetReadDeadline(end) // a connection without deadlines is fine
		_ = control.SetWriteDeadline(end.Add(30 * time.Second))
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	d.mux.ServeHTTP(w, r.WithContext(ctx))
}

func (d *door) turnAway(w http.ResponseWriter, r *http.Request, status int, why string) {
	d.o.Metrics.away.WithLabelValues(why).Inc()
	d.o.Fail(w, r, status)
}

// noRoute answers for what the mux does not know: as for a page that is not there. A
// program is told that another method would do.
func (d *door) noRoute(w http.ResponseWriter, r *http.Request, h http.Handler) {
	status := http.StatusNotFound
	if d.guard == nil {
		probe := &verdict{header: http.Header{}}
		h.ServeHTTP(probe, r)
		if probe.status == http.StatusMethodNotAllowed {
			status = probe.status
			w.Header()["Allow"] = probe.header["Allow"]
		}
	}
	d.o.Fail(w, r, status)
}

// verdict is what the mux would have said.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header         { return v.header }
func (v *verdict) WriteHeader(status int)      { v.status = status }
func (v *verdict) Write(p []byte) (int, error) { return len(p), nil }

// after ends the reply and writes down that there was one.
func (d *door) after(w *reply, r *http.Request, rule Rule, pattern string, began time.Time, panicked any) {
	if panicked != nil && panicked != http.ErrAbortHandler {
		d.mistake(r, rule, pattern, panicked)
	}
	cut := panicked != nil && w.sent // the browser must not take half a page for a whole one
	if panicked != nil && !w.sent {
		d.startOver(w, r)
	}
	if !cut {
		w.close()
	}
	d.writeDown(r, rule, pattern, w.status, d.clock.Now().Sub(began))
	if cut {
		panic(http.ErrAbortHandler)
	}
}

// startOver replaces what a handler prepared before it failed.
func (d *door) startOver(w *reply, r *http.Request) {
	h := w.Header()
	for name := range h {
		switch name {
		case "Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Set-Cookie", "Location", "Last-Modified", "Etag":
			delete(h, name)
		}
	}
	h["Cache-Control"] = noStore
	w.status = 0
	d.o.Fail(w, r, http.StatusInternalServerError)
}

// mistake logs where a panic came from. The value itself may hold what a person wrote.
func (d *door) mistake(r *http.Request, rule Rule, pattern string, p any) {
	d.o.Metrics.panics.Inc()
	at := d.clock.Now()
	if rule.Silent {
		at = at.Truncate(24 * time.Hour)
	}
	record := slog.NewRecord(at, slog.LevelError, "panic", 0)
	record.AddAttrs(slog.String("request", RequestID(r.Context())), slog.String("route", route(rule, pattern)),
		slog.String("error", fmt.Sprintf("%T\n%s", p, debug.Stack())))
	if h := d.o.Log.Handler(); h.Enabled(context.Background(), slog.LevelError) {
		_ = h.Handle(context.Background(), record) // a log that cannot be written has no better place to say so
	}
}

func route(rule Rule, pattern string) string {
	switch {
	case rule.Private || rule.Silent:
		return "private"
	case pattern == "":
		return "none"
	}
	return pattern
}

// writeDown logs and counts a request. That a private page was used at some moment is
// private too: only that one failed is kept, and of a ballot not even that.
func (d *door) writeDown(r *http.Request, rule Rule, pattern string, status int, took time.Duration) {
	if rule.Silent || rule.Private && status < 500 {
		return
	}
	if status == 0 {
		status = http.StatusOK
	}
	name := route(rule, pattern)
	d.o.Metrics.answered(name, status, took.Seconds())
	d.o.Log.LogAttrs(context.Background(), slog.LevelInfo, "request", slog.String("request", RequestID(r.Context())),
		slog.String("route", name), slog.Int("status", status), slog.Int64("ms", took.Milliseconds()))
}
