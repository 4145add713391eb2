package serve_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"leerkring/internal/live"
	"leerkring/internal/serve"
)

func TestTheHouseHasTwoDoorsAndTwoQuestions(t *testing.T) {
	t.Parallel()
	door := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, name) })
	}
	var trouble error
	h := &serve.House{Browser: door("browser"), API: door("api"), Ready: func(context.Context) error { return trouble }}
	for path, want := range map[string]string{
		"/": "browser", "/apiary": "browser", "/api": "api", "/api/v1/me": "api", "/healthz": "200 OK\n", "/readyz": "200 OK\n", "/healthz/x": "browser",
	} {
		if got := ask(h, "GET", path).Body.String(); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	trouble = errors.New("migrations are pending")
	if w := ask(h, "GET", "/readyz"); w.Code != 503 || strings.Contains(w.Body.String(), "migrations") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	if w := ask(h, "GET", "/healthz"); w.Code != 200 {
		t.Errorf("not ready is still alive: %d", w.Code)
	}
	trouble = nil
	h.Close()
	if w := ask(h, "GET", "/readyz"); w.Code != 503 {
		t.Errorf("closing is not ready: %d", w.Code)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestStoppingEndsStreamsAndWaitsForTheRest(t *testing.T) {
	t.Parallel()
	hub := live.NewHub()
	inside, leave := make(chan bool), make(chan bool)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
		if err := hub.Serve(w, r, live.Stream{Topics: []string{"plan"}, Allowed: func() bool { return true }}); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("GET /slow", func(w http.ResponseWriter, _ *http.Request) {
		inside <- true
		<-leave
		_, _ = io.WriteString(w, "done")
	})
	door := serve.Browser(mux, serve.Options{Log: slog.New(slog.DiscardHandler), Rule: func(p string) serve.Rule { return serve.Rule{Stream: p == "GET /live"} }})
	house := &serve.House{Browser: door}
	l := listen(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- serve.Server{Name: "pages", Handler: house, Log: slog.New(slog.DiscardHandler),
			NotReady: []func(){house.Close}, Streams: []func(){hub.Close}}.Run(ctx, l)
	}()
	address := "http://" + l.Addr().String()
	stream, err := http.Get(address + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	slow := make(chan string, 1)
	go func() {
		reply, err := http.Get(address + "/slow")
		if err != nil {
			slow <- err.Error()
			return
		}
		defer reply.Body.Close()
		body, err := io.ReadAll(reply.Body)
		slow <- string(body) + errText(err)
	}()
	<-inside
	stop()
	if _, err := io.ReadAll(stream.Body); err != nil {
		t.Errorf("the stream broke instead of ending: %v", err)
	}
	if reply, err := http.Get(address + "/slow"); err == nil {
		reply.Body.Close()
		t.Error("a new request came in while closing")
	}
	close(leave)
	if got := <-slow; got != "done" {
		t.Errorf("a request under way: %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestARequestThatDoesNotEndIsTold(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan bool), make(chan bool)
	defer close(leave)
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside <- true; <-leave })
	l := listen(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- serve.Server{Name: "pages", Handler: h, Log: slog.New(slog.DiscardHandler), Grace: 10 * time.Millisecond}.Run(ctx, l)
	}()
	go func() {
		if reply, err := http.Get("http://" + l.Addr().String()); err == nil {
			reply.Body.Close()
			t.Error("a request that was cut off got an answer")
		}
	}()
	<-inside
	stop()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "did not end in time") {
		t.Error(err)
	}
}

func TestAListenerThatBreaksIsTold(t *testing.T) {
	t.Parallel()
	l := listen(t)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := (serve.Server{Name: "metrics", Handler: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler)}).Run(t.Context(), l); err == nil || !strings.Contains(err.Error(), "serve metrics") {
		t.Error(err)
	}
}
