//go:build browser

package browser

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/web/assets"
)

// school is a small server with one page that has every mark the islands know.
type school struct {
	mu     sync.Mutex
	page   string            // content of the page
	posts  []string          // bodies of /send
	keys   []string          // their idempotency keys
	drafts map[string]string // the last text of each draft
	signed bool              // whether drafts are taken
	hold   chan struct{}     // while not nil, /healthz waits for it
	events map[chan struct{}]bool
	down   bool // the stream answers 503
	opened int  // how often the stream was asked
}

const head = `<!doctype html><html lang="nl" data-zone="Europe/Amsterdam"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Proef</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="%s"><script type="module" src="%s"></script></head>
<body %s data-unsent="Geen verbinding. Je tekst staat er nog."><div data-offline role="status"><template><div class="offline"><p>Geen verbinding.</p></div></template></div><main><h1>Proef</h1>%s</main></body></html>`

func newSchool(t *testing.T, page string) (*school, string) {
	t.Helper()
	s := &school{page: page, drafts: map[string]string{}, signed: true, events: map[chan struct{}]bool{}}
	mux := http.NewServeMux()
	mux.Handle(assets.Prefix, assets.Handler())
	mux.HandleFunc("/healthz", s.alive)
	mux.HandleFunc("GET /page", s.show)
	mux.HandleFunc("POST /send", s.send)
	mux.HandleFunc("POST /drafts", s.draft)
	mux.HandleFunc("GET /live", s.live)
	mux.HandleFunc("GET /door", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "De deur") })
	server := httptest.NewServer(mux)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return s, server.URL
}

func (s *school) show(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	live := ""
	if strings.Contains(s.page, "data-live-part") {
		live = `data-live="/live" data-live-note="Bijgewerkt."`
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'")
	fmt.Fprintf(w, head, assets.URL("app.css"), assets.URL("app.js"), live, s.page)
}

func (s *school) send(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.posts = append(s.posts, r.FormValue("story"))
	s.keys = append(s.keys, r.FormValue("idempotency_key"))
	s.mu.Unlock()
	fmt.Fprintf(w, "<title>Klaar</title>Ontvangen: %s", html.EscapeString(r.FormValue("story")))
}

func (s *school) alive(_ http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	hold := s.hold
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	}
}

func (s *school) draft(w http.ResponseWriter, r *http.Request) {
	var d struct {
		Key    string            `json:"key"`
		Fields map[string]string `json:"fields"`
	}
	err := json.NewDecoder(r.Body).Decode(&d)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.signed:
		http.Redirect(w, r, "/door", http.StatusSeeOther)
	case err != nil || r.Header.Get("Sec-Fetch-Site") != "same-origin":
		w.WriteHeader(http.StatusBadRequest)
	default:
		s.drafts[d.Key] = d.Fields["story"]
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *school) live(w http.ResponseWriter, r *http.Request) {
	told := make(chan struct{}, 8)
	s.mu.Lock()
	s.opened++
	down := s.down
	s.events[told] = true
	s.mu.Unlock()
	if down {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, ": hello\n\n")
	for {
		_ = http.NewResponseController(w).Flush() // a reader who left ends the loop below
		select {
		case <-r.Context().Done():
			return
		case <-told:
			fmt.Fprint(w, "data: changed\n\n")
		}
	}
}

// becomes changes the page and tells everybody who listens.
func (s *school) becomes(page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page = page
	for told := range s.events {
		select {
		case told <- struct{}{}:
		default:
		}
	}
}

func (s *school) with(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// eventually waits for something on the server.
func (s *school) eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(patience)
	for {
		var ok bool
		s.with(func() { ok = holds() })
		if ok {
			return
		}
		select {
		case <-deadline:
			s.mu.Lock()
			defer s.mu.Unlock()
			t.Fatalf("never: %s (posts %q, drafts %q)", what, s.posts, s.drafts)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
