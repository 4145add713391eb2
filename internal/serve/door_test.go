package serve_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/serve"
)

// logbook is a log that a test can read.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}
func (l *logbook) String() string    { l.mu.Lock(); defer l.mu.Unlock(); return l.buf.String() }
func (l *logbook) log() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

func base(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// rooms is a mux with one of everything. act is called when an unsafe request got in.
func rooms(act func()) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "home") })
	mux.HandleFunc("GET /plan/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "plan "+r.PathValue("id")) })
	mux.HandleFunc("POST /plan/{id}", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		act()
		w.Header().Set("Location", "/plan/x")
		w.WriteHeader(http.StatusSeeOther)
	})
	mux.HandleFunc("GET /boom/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "a=b")
		w.WriteHeader(http.StatusOK)
		panic("what " + r.PathValue("id") + " wrote")
	})
	mux.HandleFunc("GET /late", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half a page")
		panic(errors.New("secret"))
	})
	mux.HandleFunc("GET /link/{token}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "welcome") })
	mux.HandleFunc("POST /ballot/{token}", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("panic") != "" {
			panic("ballot")
		}
		w.WriteHeader(http.StatusSeeOther)
	})
	mux.HandleFunc("GET /growth/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("fail") != "" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	return mux
}

func rules(pattern string) serve.Rule {
	switch pattern {
	case "GET /link/{token}":
		return serve.Rule{Link: true}
	case "POST /ballot/{token}":
		return serve.Rule{Silent: true}
	case "GET /growth/{id}":
		return serve.Rule{Private: true}
	case "GET /{$}":
		return serve.Rule{Lists: []string{"team"}}
	}
	return serve.Rule{}
}

func ask(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	return askWith(h, httptest.NewRequest(method, target, nil), header...)
}

func askWith(h http.Handler, r *http.Request, header ...string) *httptest.ResponseRecorder {
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func browser(t testing.TB, change ...func(*serve.Options)) (http.Handler, *logbook, *int) {
	t.Helper()
	book, acts := &logbook{}, new(int)
	o := serve.Options{Log: book.log(), Rule: rules, Base: base(t, "https://leerkring.school.example")}
	for _, f := range change {
		f(&o)
	}
	return serve.Browser(rooms(func() { *acts++ }), o), book, acts
}

func TestUnsafeRequestsMustComeFromUs(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		header []string
		status int
	}{
		"a form of ours":                                      {[]string{"Sec-Fetch-Site", "same-origin", "Cookie", "a=b"}, 303},
		"a form elsewhere":                                    {[]string{"Sec-Fetch-Site", "cross-site", "Cookie", "a=b"}, 403},
		"a form of another site of the school":                {[]string{"Sec-Fetch-Site", "same-site", "Cookie", "a=b"}, 403},
		"a form of nobody":                                    {[]string{"Sec-Fetch-Site", "none", "Cookie", "a=b"}, 403},
		"a form elsewhere that claims our origin":             {[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://leerkring.school.example"}, 403},
		"an old browser":                                      {[]string{"Origin", "http://example.com", "Cookie", "a=b"}, 303},
		"an old browser behind a proxy that changes the host": {[]string{"Origin", "https://leerkring.school.example", "Cookie", "a=b"}, 303},
		"an old browser elsewhere":                            {[]string{"Origin", "https://evil.example"}, 403},
		"an old browser in a sandbox":                         {[]string{"Origin", "null", "Cookie", "a=b"}, 403},
		"a cookie without a word of where":                    {[]string{"Cookie", "a=b"}, 403},
		"a program without a cookie":                          {nil, 303},
		"a method in disguise":                                {[]string{"Sec-Fetch-Site", "cross-site", "X-HTTP-Method-Override", "GET"}, 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _, acts := browser(t)
			w := ask(h, "POST", "http://example.com/plan/x", x.header...)
			if w.Code != x.status || (*acts == 1) != (x.status == 303) {
				t.Errorf("%d, %d acts", w.Code, *acts)
			}
		})
	}
	h, _, _ := browser(t)
	if w := ask(h, "GET", "/plan/x", "Sec-Fetch-Site", "cross-site", "Cookie", "a=b"); w.Code != 200 {
		t.Errorf("a link from elsewhere: %d", w.Code)
	}
}

func TestOnePathPerPage(t *testing.T) {
	t.Parallel()
	h, _, _ := browser(t, func(o *serve.Options) { o.Hosts = []string{"example.com", "localhost:8080"} })
	for target, status := range map[string]int{
		"/": 200, "/plan/x": 200, "/plan/a%20b": 200, "/plan/%C3%A9": 200, "/?q=a&team=1&team=2": 200,
		"//": 404, "/plan/x/": 404, "/plan//x": 404, "/./plan/x": 404, "/plan/../plan/x": 404, "/%70lan/x": 404,
		"/plan/a%2Fb": 404, "/%2e%2e/plan/x": 404, "/nothing": 404, "/plan": 404,
		"/?q=a&q=b": 400, "/plan/x?team=1&team=2": 400, "/?a=%zz": 400, "/?a=1;b=2": 400,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		u, err := url.ParseRequestURI(target)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = u
		if w := askWith(h, r); w.Code != status {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
	if w := ask(h, "GET", "/", "Host", "evil.example"); w.Code != 421 {
		t.Errorf("another host: %d", w.Code)
	}
	if w := ask(h, "DELETE", "/plan/x"); w.Code != 404 || w.Header().Get("Allow") != "" {
		t.Errorf("another method: %d %v", w.Code, w.Header())
	}
	if w := ask(h, "OPTIONS", "http://example.com/plan/x"); w.Code != 404 {
		t.Errorf("OPTIONS: %d", w.Code)
	}
}

func TestHeadersOnEveryReply(t *testing.T) {
	t.Parallel()
	h, _, _ := browser(t, func(o *serve.Options) { o.Body = 10 })
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; " +
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
		"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000", "Cache-Control": "no-store",
	}
	big := httptest.NewRequest("POST", "/plan/x", strings.NewReader(strings.Repeat("x", 11)))
	for name, w := range map[string]*httptest.ResponseRecorder{
		"page": ask(h, "GET", "/"), "absent": ask(h, "GET", "/nothing"), "refused": ask(h, "POST", "/plan/x", "Cookie", "a=b"),
		"redirect": ask(h, "POST", "/plan/x"), "broken": ask(h, "GET", "/boom/x"), "too big": askWith(h, big), "HEAD": ask(h, "HEAD", "/"),
	} {
		for k, v := range want {
			if got := w.Header().Get(k); got != v {
				t.Errorf("%s: %s: %q", name, k, got)
			}
		}
		if w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s has no id", name)
		}
	}
	if got := ask(h, "GET", "/link/secret").Header().Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("a link page tells where from: %q", got)
	}
	plain, _, _ := browser(t, func(o *serve.Options) { o.Base = base(t, "http://localhost:8080") })
	if got := ask(plain, "GET", "/").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("HSTS without https: %q", got)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h, _, acts := browser(t, func(o *serve.Options) {
		o.Body = 10
		o.Rule = func(p string) serve.Rule {
			if p == "GET /plan/{id}" {
				return serve.Rule{Timeout: time.Hour}
			}
			return serve.Rule{}
		}
	})
	declared := httptest.NewRequest("POST", "/plan/x", strings.NewReader(strings.Repeat("x", 11)))
	if w := askWith(h, declared); w.Code != 413 || *acts != 0 {
		t.Errorf("a body that says it is too big: %d", w.Code)
	}
	silent := httptest.NewRequest("POST", "/plan/x", strings.NewReader(strings.Repeat("x", 11)))
	silent.ContentLength = -1
	if w := askWith(h, silent); w.Code != 413 || *acts != 0 {
		t.Errorf("a body that does not say so: %d", w.Code)
	}
	fits := httptest.NewRequest("POST", "/plan/x", strings.NewReader(strings.Repeat("x", 10)))
	if w := askWith(h, fits); w.Code != 303 || *acts != 1 {
		t.Errorf("a body that fits: %d", w.Code)
	}
}

func TestTimeOfARequestIsBounded(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	left := map[string]time.Duration{}
	for _, name := range []string{"page", "slow", "stream"} {
		mux.HandleFunc("GET /"+name, func(_ http.ResponseWriter, r *http.Request) {
			if at, ok := r.Context().Deadline(); ok {
				left[name] = time.Until(at).Round(time.Minute)
			}
		})
	}
	h := serve.Browser(mux, serve.Options{Log: slog.New(slog.DiscardHandler), Timeout: 5 * time.Minute, Rule: func(p string) serve.Rule {
		return map[string]serve.Rule{"GET /slow": {Timeout: time.Hour}, "GET /stream": {Stream: true}}[p]
	}})
	for _, name := range []string{"page", "slow", "stream"} {
		ask(h, "GET", "/"+name)
	}
	if left["page"] != 5*time.Minute || left["slow"] != time.Hour || left["stream"] != 0 {
		t.Errorf("%v", left)
	}
}

func TestAMistakeOfOursTellsNothing(t *testing.T) {
	t.Parallel()
	h, book, _ := browser(t)
	w := ask(h, "GET", "/boom/private-words")
	if w.Code != 500 || w.Body.String() != "500 Internal Server Error\n" || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	log := book.String()
	if !strings.Contains(log, "door_test.go") || !strings.Contains(log, w.Header().Get("X-Request-Id")) || strings.Contains(log, "private-words") {
		t.Errorf("the log must tell where, and not what:\n%s", log)
	}
}

func TestHalfAPageIsCutOff(t *testing.T) {
	t.Parallel()
	h, book, _ := browser(t)
	server := httptest.NewServer(h)
	defer server.Close()
	for _, encoding := range []string{"identity", "gzip"} {
		r, err := http.NewRequest("GET", server.URL+"/late", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", encoding)
		reply, err := http.DefaultClient.Do(r)
		if err == nil {
			_, err = io.ReadAll(reply.Body)
			reply.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: half a page looks whole", encoding)
		}
	}
	if log := book.String(); strings.Contains(log, "secret") || !strings.Contains(log, "panic") {
		t.Error(log)
	}
}

func TestWhatIsWrittenDown(t *testing.T) {
	t.Parallel()
	m := serve.NewMetrics()
	h, book, _ := browser(t, func(o *serve.Options) { o.Metrics = m })
	ask(h, "GET", "/plan/secret-id?q=secret-query", "User-Agent", "secret-agent", "Cookie", "secret-cookie", "X-Forwarded-For", "203.0.113.9")
	ask(h, "GET", "/secret-nothing")
	ask(h, "GET", "/growth/secret-id")
	ask(h, "GET", "/growth/secret-id?fail=1")
	ask(h, "POST", "/ballot/secret-token")
	log := book.String()
	for _, line := range []string{`route="GET /plan/{id}" status=200 ms=`, "route=none status=404", "route=private status=500"} {
		if !strings.Contains(log, line) {
			t.Errorf("no %s in\n%s", line, log)
		}
	}
	if n := strings.Count(log, "\n"); n != 3 {
		t.Errorf("%d lines:\n%s", n, log)
	}
	numbers := ask(m.Handler(), "GET", "/metrics").Body.String()
	for _, line := range []string{
		`leerkring_requests_total{route="GET /plan/{id}",status="200"} 1`, `leerkring_requests_total{route="none",status="404"} 1`,
		`leerkring_requests_total{route="private",status="500"} 1`, "leerkring_requests_open{kind=\"page\"} 0", "go_goroutines",
	} {
		if !strings.Contains(numbers, line) {
			t.Errorf("no %s", line)
		}
	}
	if n := strings.Count(numbers, "leerkring_requests_total{"); n != 3 {
		t.Errorf("%d counters of requests", n)
	}
	for _, place := range []string{log, numbers} {
		for _, word := range []string{"secret", "203.0.113.9", "192.0.2.1", "ballot", "growth"} {
			if strings.Contains(place, word) {
				t.Errorf("%s is written down:\n%s", word, place)
			}
		}
	}
}

func TestABallotThatFailsKeepsItsMoment(t *testing.T) {
	t.Parallel()
	h, book, _ := browser(t)
	if w := ask(h, "POST", "/ballot/token?panic=1"); w.Code != 500 {
		t.Errorf("%d", w.Code)
	}
	if log := book.String(); !strings.Contains(log, "T00:00:00.000Z") || strings.Count(log, "\n") != 1 {
		t.Errorf("the log is finer than a day:\n%s", log)
	}
}

func TestOverloadSaysComeBack(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan bool), make(chan bool)
	mux := http.NewServeMux()
	wait := func(http.ResponseWriter, *http.Request) { inside <- true; <-leave }
	mux.HandleFunc("GET /page", wait)
	mux.HandleFunc("GET /stream", wait)
	h := serve.Browser(mux, serve.Options{Log: slog.New(slog.DiscardHandler), InFlight: 2, Streams: 1,
		Rule: func(p string) serve.Rule { return serve.Rule{Stream: p == "GET /stream"} }})
	var done sync.WaitGroup
	for _, path := range []string{"/page", "/page", "/stream"} {
		done.Go(func() {
			if w := ask(h, "GET", path); w.Code != 200 {
				t.Errorf("%s: %d", path, w.Code)
			}
		})
		<-inside
	}
	for _, path := range []string{"/page", "/stream"} {
		if w := ask(h, "GET", path); w.Code != 503 || w.Header().Get("Retry-After") != "5" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	close(leave)
	done.Wait()
	go func() { <-inside }()
	if w := ask(h, "GET", "/page"); w.Code != 200 {
		t.Errorf("afterwards: %d", w.Code)
	}
}

func TestWhoAsks(t *testing.T) {
	t.Parallel()
	proxies, err := serve.Proxies("10.0.0.0/8, 192.0.2.1,fd00::/8")
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		peer   string
		header []string
		client string
		secure bool
	}{
		"a browser":                   {"198.51.100.7:5", nil, "198.51.100.7", false},
		"a browser that pretends":     {"198.51.100.7:5", []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https"}, "198.51.100.7", false},
		"behind our proxy":            {"192.0.2.1:5", []string{"X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https"}, "198.51.100.7", true},
		"behind two":                  {"192.0.2.1:5", []string{"X-Forwarded-For", "198.51.100.7, 10.1.1.1"}, "198.51.100.7", false},
		"pretending behind our proxy": {"192.0.2.1:5", []string{"X-Forwarded-For", "1.2.3.4, 198.51.100.7"}, "198.51.100.7", false},
		"in several headers":          {"192.0.2.1:5", []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-For", "198.51.100.7"}, "198.51.100.7", false},
		"a proxy that says nothing":   {"192.0.2.1:5", nil, "192.0.2.1", false},
		"a proxy that says nonsense":  {"192.0.2.1:5", []string{"X-Forwarded-For", "unknown"}, "192.0.2.1", false},
		"IPv4 in IPv6":                {"[::ffff:192.0.2.1]:5", []string{"X-Forwarded-For", "::ffff:198.51.100.7"}, "198.51.100.7", false},
		"IPv6":                        {"[fd00::1]:5", []string{"X-Forwarded-For", "2001:db8::1"}, "2001:db8::1", false},
		"a socket":                    {"@", []string{"X-Forwarded-For", "1.2.3.4"}, "invalid IP", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mux := http.NewServeMux()
			mux.HandleFunc("GET /", func(_ http.ResponseWriter, r *http.Request) {
				if c, s := serve.Client(r.Context()).String(), serve.Secure(r.Context()); c != x.client || s != x.secure {
					t.Errorf("%s, secure %v", c, s)
				}
				if serve.RequestID(r.Context()) == "" {
					t.Error("no id")
				}
			})
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = x.peer
			w := askWith(serve.Browser(mux, serve.Options{Log: slog.New(slog.DiscardHandler), Proxies: proxies}), r, x.header...)
			if got := w.Header().Get("Strict-Transport-Security") != ""; got != x.secure {
				t.Errorf("HSTS %v", got)
			}
		})
	}
	if _, err := serve.Proxies("10.0.0.0/8, proxy.local"); err == nil {
		t.Error("a name is no address")
	}
	if serve.Client(t.Context()).IsValid() || serve.RequestID(t.Context()) != "" || serve.Secure(t.Context()) {
		t.Error("outside a request there is nobody")
	}
}

func TestProgramsHaveNoCookies(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/me", func(w http.ResponseWriter, r *http.Request) {
		if len(r.Cookies()) > 0 {
			t.Error("a cookie came in")
		}
		if r.Header.Get("Authorization") != "Bearer x" {
			t.Error("the token is lost")
		}
		w.WriteHeader(http.StatusNoContent)
	})
	h := serve.API(mux, serve.Options{Log: slog.New(slog.DiscardHandler)})
	if w := ask(h, "POST", "/api/v1/me", "Cookie", "session=x", "Authorization", "Bearer x", "Origin", "https://elsewhere.example"); w.Code != 204 {
		t.Errorf("%d", w.Code)
	}
	w := ask(h, "GET", "/api/v1/me")
	if w.Code != 405 || w.Header().Get("Allow") != "POST" || w.Header().Get("Content-Type") != "application/problem+json" ||
		w.Body.String() != `{"type":"about:blank","title":"Method Not Allowed","status":405}` {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := ask(h, "GET", "/api/v1/nothing"); w.Code != 404 || !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
