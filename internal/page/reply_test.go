package page_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"leerkring/internal/errs"
	"leerkring/internal/page"
)

func TestWaysOnStayInTheHouse(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]bool{
		"/": true, "/plan": true, "/trajectories/x/plan?tab=why&a=b#goal": true, "/zoek?q=a%20b": true, "/a:b": true,
		"": false, "plan": false, "//evil": false, "///evil": false, "/\\evil": false, "\\\\evil": false, "/x\\y": false,
		"https://evil": false, "https:evil": false, "javascript:alert(1)": false, "/\tevil": false, "/\n/evil": false, " /plan": false,
		"/./plan": false, "/../plan": false, "/a//b": false, "/plan/": false, "/%2fevil": false, "/%5cevil": false, "/%2e%2e/x": false,
		"/%zz": false, "/x\x7f": false, "/" + strings.Repeat("x", 2000): false,
	} {
		if got := page.Local(to); got != want {
			t.Errorf("%q: %v", to, got)
		}
		w := httptest.NewRecorder()
		page.SeeOther(w, httptest.NewRequest(http.MethodPost, "/x", nil), to)
		goal := "/"
		if want {
			goal = to
		}
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != goal {
			t.Errorf("%q: %d to %q", to, w.Code, w.Header().Get("Location"))
		}
	}
}

func FuzzLocal(f *testing.F) {
	for _, s := range []string{"/plan?x=1", "//evil", "/\\evil", "/%2fevil", "/a;b//c", "/@evil", "/.//evil", "/:80"} {
		f.Add(s)
	}
	base, err := url.Parse("https://school.example/trajectories/x")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to string) {
		if !page.Local(to) {
			return
		}
		// What a browser makes of it: a backslash is a slash, tabs and line ends are nothing.
		seen := strings.NewReplacer("\\", "/", "\t", "", "\r", "", "\n", "").Replace(strings.TrimSpace(to))
		u, err := base.Parse(seen)
		if err != nil || u.Host != "school.example" || u.Scheme != "https" || strings.HasPrefix(u.Path, "//") {
			t.Errorf("%q leads to %v (%v)", to, u, err)
		}
	})
}

func component(s string, err error) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if _, e := io.WriteString(w, s); e != nil {
			return e
		}
		return err
	})
}

func TestAPageIsDrawnWhole(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	if err := page.Render(w, httptest.NewRequest(http.MethodGet, "/", nil), http.StatusOK, component("<p>hallo</p>", nil)); err != nil {
		t.Fatal(err)
	}
	if w.Code != 200 || w.Body.String() != "<p>hallo</p>" || w.Header().Get("Content-Length") != "12" || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	w = httptest.NewRecorder()
	boom := errors.New("boom")
	if err := page.Render(w, httptest.NewRequest(http.MethodGet, "/", nil), http.StatusOK, component("<p>half", boom)); !errors.Is(err, boom) {
		t.Error(err)
	}
	if w.Body.Len() != 0 || len(w.Header()) != 0 {
		t.Errorf("half a page was sent: %q %v", w.Body, w.Header())
	}
	w = httptest.NewRecorder()
	if err := page.Render(w, httptest.NewRequest(http.MethodHead, "/", nil), http.StatusNotFound, component("<p>weg</p>", nil)); err != nil {
		t.Fatal(err)
	}
	if w.Code != 404 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "10" {
		t.Errorf("HEAD: %d %q %v", w.Code, w.Body, w.Header())
	}
}

func TestPagesDoNotMix(t *testing.T) {
	t.Parallel()
	done := make(chan bool)
	for i := range 8 {
		want := strings.Repeat(strconv.Itoa(i), 2000)
		go func() {
			for range 100 {
				w := httptest.NewRecorder()
				if err := page.Render(w, httptest.NewRequest(http.MethodGet, "/", nil), 200, component(want, nil)); err != nil || w.Body.String() != want {
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

func TestStatusOfARefusal(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		err    error
		status int
		retry  string
	}{
		"none":        {nil, 200, ""},
		"invalid":     {errs.Because(errs.Invalid("plan.goal_empty"), "add goal"), 422, ""},
		"absent":      {errs.Absent(), 404, ""},
		"conflict":    {errs.Conflict("plan.changed"), 409, ""},
		"limited":     {errs.Limited("account.slow_down"), 429, "60"},
		"unavailable": {errs.Unavailable("db.busy", errors.New("x")), 503, "5"},
		"ours":        {errors.New("oops"), 500, ""},
	} {
		w := httptest.NewRecorder()
		if got := page.Refused(w, x.err); got != x.status || page.Status(x.err) != x.status || w.Header().Get("Retry-After") != x.retry {
			t.Errorf("%s: %d, %v", name, got, w.Header())
		}
	}
}

func BenchmarkRender(b *testing.B) {
	row := bytes.Repeat([]byte("<tr><td>Sectie Frans</td></tr>\n"), 200)
	c := templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := w.Write(row); return err })
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(httptest.NewRecorder(), r, 200, c); err != nil {
			b.Fatal(err)
		}
	}
}
