package serve_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"leerkring/internal/serve"
)

var long = strings.Repeat("<p>Een zin over lezen.</p>\n", 100)

func reply(status int, header map[string]string, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for k, v := range header {
			w.Header().Set(k, v)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func only(h http.HandlerFunc, rule serve.Rule) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", h)
	return serve.Browser(mux, serve.Options{Log: slog.New(slog.DiscardHandler), Rule: func(string) serve.Rule { return rule }})
}

func unzip(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestWhichRepliesAreCompressed(t *testing.T) {
	t.Parallel()
	html := map[string]string{"Content-Type": "text/html; charset=utf-8"}
	sized := map[string]string{"Content-Type": "text/html", "Content-Length": strconv.Itoa(len(long))}
	for name, x := range map[string]struct {
		method, accept string
		rule           serve.Rule
		h              http.HandlerFunc
		status         int
		body           string
		zipped         bool
	}{
		"a page":                     {"GET", "gzip, br", serve.Rule{}, reply(200, html, long), 200, long, true},
		"a page with its length":     {"GET", "br;q=1.0, gzip;q=0.8", serve.Rule{}, reply(200, sized, long), 200, long, true},
		"a refused form":             {"GET", "GZIP", serve.Rule{}, reply(422, html, long), 422, long, true},
		"JSON":                       {"GET", "gzip", serve.Rule{}, reply(200, map[string]string{"Content-Type": "application/json"}, long), 200, long, true},
		"a small page":               {"GET", "gzip", serve.Rule{}, reply(200, html, "kort"), 200, "kort", false},
		"a browser that cannot":      {"GET", "", serve.Rule{}, reply(200, html, long), 200, long, false},
		"a browser that will not":    {"GET", "gzip;q=0.0, br", serve.Rule{}, reply(200, html, long), 200, long, false},
		"a picture":                  {"GET", "gzip", serve.Rule{}, reply(200, map[string]string{"Content-Type": "image/png"}, long), 200, long, false},
		"a stream":                   {"GET", "gzip", serve.Rule{Stream: true}, reply(200, html, long), 200, long, false},
		"events on any route":        {"GET", "gzip", serve.Rule{}, reply(200, map[string]string{"Content-Type": "text/event-stream"}, long), 200, long, false},
		"what is compressed already": {"GET", "gzip", serve.Rule{}, reply(200, map[string]string{"Content-Type": "text/css", "Content-Encoding": "br"}, long), 200, long, false},
		"what must stay as it is":    {"GET", "gzip", serve.Rule{}, reply(200, map[string]string{"Content-Type": "text/html", "Cache-Control": "no-store, no-transform"}, long), 200, long, false},
		"a part":                     {"GET", "gzip", serve.Rule{}, reply(206, html, long), 206, long, false},
		"only the header of a page":  {"HEAD", "gzip", serve.Rule{}, reply(200, sized, ""), 200, "", false},
		"a status without a body":    {"GET", "gzip", serve.Rule{}, reply(204, nil, ""), 204, "", false},
		"a second status is not the first": {"GET", "", serve.Rule{}, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			w.WriteHeader(500)
		}, 404, "", false},
		"nothing at all": {"GET", "gzip", serve.Rule{}, func(http.ResponseWriter, *http.Request) {}, 200, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ask(only(x.h, x.rule), x.method, "/", "Accept-Encoding", x.accept)
			zipped := w.Header().Get("Content-Encoding") == "gzip"
			if w.Code != x.status || zipped != x.zipped {
				t.Fatalf("%d, gzip %v, %v", w.Code, zipped, w.Header())
			}
			body := w.Body.String()
			if zipped {
				if w.Header().Get("Content-Length") != "" || w.Header().Get("Vary") != "Accept-Encoding" || w.Body.Len() > len(long)/4 {
					t.Errorf("%v, %d bytes", w.Header(), w.Body.Len())
				}
				body = unzip(t, w)
			}
			if body != x.body {
				t.Errorf("%d characters, want %d", len(body), len(x.body))
			}
		})
	}
}

func TestFilesAndFlushesGoThrough(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	w := ask(only(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) }, serve.Rule{}), "GET", "/", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || unzip(t, w) != long {
		t.Errorf("a file: %v", w.Header())
	}
	w = ask(only(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) }, serve.Rule{}), "GET", "/", "Range", "bytes=3-6")
	if w.Code != 206 || w.Body.String() != "Een " {
		t.Errorf("a part of a file: %d %q", w.Code, w.Body)
	}
	for _, encoding := range []string{"gzip", ""} {
		w = ask(only(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, long)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, long)
		}, serve.Rule{}), "GET", "/", "Accept-Encoding", encoding)
		body := w.Body.String()
		if encoding != "" {
			body = unzip(t, w)
		}
		if !w.Flushed || body != long+long {
			t.Errorf("%q: flushed %v, %d characters", encoding, w.Flushed, len(body))
		}
	}
}

func TestAConnectionCanBeTakenOver(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(only(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Upgrade", "echo")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "hallo")
	}, serve.Rule{Stream: true}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != 101 || answer.Header.Get("Upgrade") != "echo" {
		t.Fatalf("%v %v", answer, err)
	}
}

func TestPagesCompressedAtOnceDoNotMix(t *testing.T) {
	t.Parallel()
	h := only(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, strings.Repeat(r.URL.Query().Get("q"), 2000))
	}, serve.Rule{})
	done := make(chan bool)
	for i := range 8 {
		go func() {
			for range 50 {
				w := ask(h, "GET", fmt.Sprintf("/?q=%d", i), "Accept-Encoding", "gzip")
				if unzip(t, w) != strings.Repeat(strconv.Itoa(i), 2000) {
					t.Error("a page holds part of another page")
				}
			}
			done <- true
		}()
	}
	for range 8 {
		<-done
	}
}

// discard is a reply that costs nothing.
type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) WriteHeader(int)             {}
func (d discard) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkDoor(b *testing.B) {
	page := []byte(strings.Repeat(long, 12)) // 32 kB
	for name, encoding := range map[string]string{"plain": "", "gzip": "gzip"} {
		b.Run(name, func(b *testing.B) {
			h := only(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write(page)
			}, serve.Rule{})
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Accept-Encoding", encoding)
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(discard{http.Header{}}, r)
			}
		})
	}
}
