package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, method, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryFileIsServedWithItsTypeForEver(t *testing.T) {
	for name := range names() {
		if _, ok := shelf()[names()[name]]; !ok {
			t.Errorf("%s is in the manifest but not there", name)
		}
	}
	for path := range shelf() {
		r := get(t, "GET", Prefix+path, "")
		if r.StatusCode != 200 || r.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.Header.Get("Cache-Control"))
		}
		if kind := r.Header.Get("Content-Type"); kind != types[path[strings.LastIndex(path, "."):]] {
			t.Errorf("%s: type %q", path, kind)
		}
	}
}

func TestStylesComePackedToWhoAcceptsIt(t *testing.T) {
	address := URL("app.css")
	plain := body(t, get(t, "GET", address, "").Body)
	for header, want := range map[string]bool{
		"gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8": true, "gzip;q=0": false, "identity": false, "": false, "xgzip": false,
	} {
		r := get(t, "GET", address, header)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("%q: packed %v, want %v", header, got, want)
			continue
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", header)
		}
		if !want {
			continue
		}
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(body(t, unpacked), plain) {
			t.Errorf("%q: unpacked is something else", header)
		}
	}
}

func TestWhatIsNotThereIs404(t *testing.T) {
	for _, address := range []string{
		"/assets/", "/assets/app.css", "/assets/manifest.json", "/assets/../assets.go", "/assets/page", "/other/" + URL("app.css")[len(Prefix):],
	} {
		if r := get(t, "GET", address, ""); r.StatusCode != 404 {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
	}
	if r := get(t, "POST", URL("app.css"), ""); r.StatusCode != 405 {
		t.Errorf("POST: %d", r.StatusCode)
	}
}

func TestHeadTellsTheSizeAndSendsNothing(t *testing.T) {
	r := get(t, "HEAD", URL("app.css"), "")
	if r.ContentLength <= 0 || len(body(t, r.Body)) != 0 {
		t.Errorf("length %d", r.ContentLength)
	}
}

func TestAnUnknownNameStopsTheProgram(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	URL("app.less")
}

// The numbers of the contract: a first visit under 60 kB with its page, and fonts
// under 70 kB. A quarter of that is left to style and script.
func TestAFirstVisitIsLight(t *testing.T) {
	size := func(name string) int {
		f := shelf()[names()[name]]
		if f.packed != nil {
			return len(f.packed)
		}
		return len(f.plain)
	}
	heaviest := 0
	for name := range names() {
		if strings.HasPrefix(name, "page/") {
			heaviest = max(heaviest, size(name))
		}
	}
	if total := size("app.css") + size("app.js") + heaviest; total > 20_000 {
		t.Errorf("style and script of a first visit: %d bytes", total)
	}
	if fonts := size("font/atkinson-next-latin.woff2") + size("font/literata-latin.woff2"); fonts > 70_000 {
		t.Errorf("fonts of a page: %d bytes", fonts)
	}
}

// Styles load nothing from elsewhere and only files that exist.
func TestStylesPointOnlyToOurFiles(t *testing.T) {
	pointer := regexp.MustCompile(`url\("?([^")]+)"?\)`)
	for name, path := range names() {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		text, err := fs.ReadFile(dist(), path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pointer.FindAllSubmatch(text, -1) {
			target := string(found[1])
			if strings.HasPrefix(target, "data:image/svg+xml,") {
				continue
			}
			if _, err := fs.Stat(dist(), strings.TrimPrefix(target, "./")); err != nil {
				t.Errorf("%s points to %s", name, target)
			}
		}
	}
}
