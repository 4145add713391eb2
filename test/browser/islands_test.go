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

	"leerkring/internal/ident"
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

const form = `<form method="post" action="/send" data-draft="note/1"><input type="hidden" name="idempotency_key" value="k1">
<label>Verhaal <textarea name="story"></textarea></label> <button>Stuur</button>
<p data-draft-status data-saved="Bewaard om {time} uur." data-waiting="Nog niet bewaard." data-signed-out="Je bent uitgelogd."></p></form>`

func TestADoublePressSendsOnce(t *testing.T) {
	s, address := newSchool(t, form)
	s.hold = make(chan struct{})
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "een keer")
	Eval[any](p, `(() => { const b = document.querySelector("button"); b.click(); b.click(); })()`)
	if busy := Eval[string](p, `document.querySelector("button").getAttribute("aria-busy") ?? ""`); busy != "true" {
		t.Errorf("busy %q", busy)
	}
	close(s.hold)
	p.See("Ontvangen: een keer")
	s.with(func() {
		if len(s.posts) != 1 {
			t.Errorf("sent %d times", len(s.posts))
		}
	})
}

func TestAFormWithoutNetworkKeepsItsTextAndSaysSo(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "blijft staan")
	p.Offline(true)
	p.See("Geen verbinding.")
	p.Click("Stuur")
	p.See("Je tekst staat er nog.")
	if p.Value("Verhaal") != "blijft staan" || p.Path() != "/page" {
		t.Errorf("%q at %s", p.Value("Verhaal"), p.Path())
	}
	p.Offline(false)
	p.NotSee("Geen verbinding.")
	p.Click("Stuur")
	p.See("Ontvangen: blijft staan")
	s.with(func() {
		if len(s.keys) != 1 || s.keys[0] != "k1" {
			t.Errorf("keys %q", s.keys)
		}
	})
}

func TestComingBackAndWritingSomethingElseIsASecondThing(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "eerste")
	p.Click("Stuur")
	p.See("Ontvangen: eerste")
	p.Back()
	if p.Value("Verhaal") != "eerste" {
		t.Fatalf("back at a page with %q: the browser did not keep it", p.Value("Verhaal"))
	}
	p.Fill("Verhaal", "tweede")
	p.Click("Stuur")
	p.See("Ontvangen: tweede")
	s.with(func() {
		if len(s.keys) != 2 || s.keys[0] == s.keys[1] || !ident.ValidCode(s.keys[1], 20) {
			t.Errorf("keys %q", s.keys)
		}
	})
}

func TestADraftIsKeptWhileWriting(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "half")
	s.eventually(t, "the draft", func() bool { return s.drafts["note/1"] == "half" })
	p.See("Bewaard om ")
	if !strings.Contains(p.Text(), ".") || strings.Contains(p.Text(), "{time}") {
		t.Errorf("says %q", p.Text())
	}
}

func TestADraftWaitsForTheNetwork(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Offline(true)
	p.See("Geen verbinding.")
	p.Fill("Verhaal", "zonder lijn")
	p.See("Nog niet bewaard.")
	s.with(func() {
		if len(s.drafts) != 0 {
			t.Errorf("drafts %q", s.drafts)
		}
	})
	p.Offline(false)
	s.eventually(t, "the draft after all", func() bool { return s.drafts["note/1"] == "zonder lijn" })
	p.NotSee("Geen verbinding.")
	p.See("Bewaard om ")
}

func TestADraftOfSomebodyWhoIsSignedOutStaysInTheField(t *testing.T) {
	s, address := newSchool(t, form)
	s.signed = false
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "nog hier")
	p.See("Je bent uitgelogd.")
	if p.Value("Verhaal") != "nog hier" {
		t.Errorf("field %q", p.Value("Verhaal"))
	}
}

func TestADraftIsSentWhenThePageIsLeft(t *testing.T) {
	s, address := newSchool(t, form+`<p><a href="/door">Weg</a></p>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	Eval[any](p, `(() => { const f = document.querySelector("textarea"); f.value = "net weg"; f.dispatchEvent(new Event("input", {bubbles: true})); document.querySelector("a").click(); })()`)
	p.See("De deur")
	s.eventually(t, "the last words", func() bool { return s.drafts["note/1"] == "net weg" })
}

func livePart(count int, text string) string {
	return fmt.Sprintf(`<section id="part" data-live-part><p>Er zijn %d antwoorden.</p><details><summary>Meer</summary><p>Uitleg.</p></details>
		<form method="post" action="/send"><input type="hidden" name="version" value="%d"><label>Jouw antwoord <textarea name="story">%s</textarea></label>
		<label>Van een ander <input name="other" value="%s"></label> <button>Stuur</button></form></section><p id="outside">Buiten %d.</p>`, count, count, text, text, count)
}

func TestALivePartFollowsTheServer(t *testing.T) {
	s, address := newSchool(t, livePart(1, ""))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Click("Meer")
	s.eventually(t, "somebody listens", func() bool { return len(s.events) > 0 })
	s.becomes(livePart(2, "van de server"))
	p.See("Er zijn 2 antwoorden.")
	p.See("Uitleg.")   // what was opened stays open
	p.See("Buiten 1.") // what is no part stays
	p.See("Bijgewerkt.")
	if p.Value("Jouw antwoord") != "van de server" {
		t.Errorf("an untouched field has %q", p.Value("Jouw antwoord"))
	}
	p.Axe()
}

func TestWhatAPersonTypesIsNeverReplaced(t *testing.T) {
	s, address := newSchool(t, livePart(1, "oud"))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	s.eventually(t, "somebody listens", func() bool { return len(s.events) > 0 })
	p.Fill("Jouw antwoord", "mijn eigen woorden")
	s.becomes(livePart(2, "nieuw"))
	p.See("Er zijn 2 antwoorden.")
	if p.Value("Jouw antwoord") != "mijn eigen woorden" || p.Value("Van een ander") != "nieuw" {
		t.Errorf("fields %q and %q", p.Value("Jouw antwoord"), p.Value("Van een ander"))
	}
	if v := Eval[string](p, `document.querySelector("[name=version]").value`); v != "1" {
		t.Errorf("the version under the typed text became %s", v)
	}
	if f := Eval[string](p, `document.activeElement.name`); f != "story" {
		t.Errorf("focus is at %q", f)
	}
	// The round closes: the server shows no form any more, the typed text stays.
	s.becomes(`<section id="part" data-live-part><p>Gesloten.</p></section>`)
	p.See("Gesloten.")
	if p.Value("Jouw antwoord") != "mijn eigen woorden" {
		t.Errorf("field %q", p.Value("Jouw antwoord"))
	}
}

func TestALivePageComesBackAfterARefusal(t *testing.T) {
	s, address := newSchool(t, livePart(1, ""))
	s.down = true
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	s.eventually(t, "a second try", func() bool { return s.opened >= 2 })
	s.with(func() { s.down = false; s.page = livePart(7, "") })
	p.See("Er zijn 7 antwoorden.") // what was missed meanwhile is fetched
}

func TestTheClockRunsOnTheTimeOfTheServer(t *testing.T) {
	// The server made the page at its own 14:10; the part began a minute before.
	clock := `<svg class="klok" viewBox="-240 -240 480 480" role="img" aria-label="Klok" data-clock data-server-now="2001-01-01T14:10:00Z" data-started-at="2001-01-01T14:09:00Z" data-seconds="%d" data-label="Nog {minutes} minuten."><path class="st now" d="M0 -190A190 190 0 1 1 -1 -189.99"/><path class="st run" d=""/><circle class="here" cx="0" cy="-190" r="13"/><text class="tijd" y="16"></text></svg>`
	s, address := newSchool(t, fmt.Sprintf(clock, 120))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.See("0:5") // 0:59 and on
	if label := Eval[string](p, `document.querySelector("svg").getAttribute("aria-label")`); label != "Nog 1 minuten." {
		t.Errorf("label %q", label)
	}
	half := Eval[float64](p, `Number(document.querySelector(".here").getAttribute("cy"))`)
	if half < 150 {
		t.Errorf("half way the dot is at %v, not below", half)
	}
	s.with(func() { s.page = fmt.Sprintf(clock, 50) })
	p.Reload()
	p.See("+0:1") // ten seconds over
}

func TestAToastGoesUnlessThereIsAChoice(t *testing.T) {
	_, address := newSchool(t, `<div class="toast"><span>Gedaan.</span></div><div class="toast" data-stay><span>Weg.</span> <button>Terug</button></div>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.See("Gedaan.")
	p.NotSee("Gedaan.")
	p.See("Weg.")
}

func TestEveryPageOfTheIslandsWorksWithoutScript(t *testing.T) {
	s, address := newSchool(t, form+livePart(3, "lees"))
	p := New(t, address).Person("Noor", NoScript)
	p.Goto("/page")
	p.See("Er zijn 3 antwoorden.")
	p.Fill("Verhaal", "zonder script")
	Eval[any](p, `document.querySelector("form").submit()`)
	p.See("Ontvangen: zonder script")
	s.with(func() {
		if len(s.posts) != 1 {
			t.Errorf("posts %q", s.posts)
		}
	})
}
