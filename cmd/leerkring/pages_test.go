package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// opened is the demo school with a lead who is signed in, and the pages that are opened most.
type opened struct {
	h      *house
	cookie *http.Cookie
	pages  map[string]string // name → path
}

func open(t testing.TB, database string) *opened {
	t.Helper()
	h, err := build(t.Context(), settings{Database: database, BaseURL: "http://localhost", Demo: true, Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	people, err := h.demoActs().Make(t.Context(), true, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	o := &opened{h: h}
	for _, p := range people {
		if p.Role != "kartrekker" {
			continue
		}
		link, err := h.accounts.DemoLink(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.signIn(t, strings.TrimPrefix(link, "http://localhost"))
		id, err := db.One(t.Context(), h.db, `select trajectory_id from participant where person_id = $1 and role = 'lead'`, db.Str, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.pages = map[string]string{"home": "/week", "trajectory": "/trajectories/" + id, "plan": "/trajectories/" + id + "/plan"}
	}
	return o
}

func (o *opened) signIn(t testing.TB, path string) {
	r := httptest.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(url.Values{"device": {"own"}}.Encode())).WithContext(t.Context())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://localhost")
	w := httptest.NewRecorder()
	o.h.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Value != "" {
			o.cookie = c
		}
	}
	if o.cookie == nil {
		t.Fatalf("sign in: %d", w.Code)
	}
}

// get opens a page and tells how many queries that took.
func (o *opened) get(t testing.TB, path string) (queries int) {
	ctx, count := db.Counting(t.Context())
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil).WithContext(ctx)
	r.AddCookie(o.cookie)
	w := httptest.NewRecorder()
	o.h.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Header())
	}
	return count()
}

// TestThePagesThatAreOpenedMost holds how many queries they make.
func TestThePagesThatAreOpenedMost(t *testing.T) {
	t.Parallel()
	most := map[string]int{"home": 22, "trajectory": 40, "plan": 28}
	o := open(t, "sqlite:"+dbtest.SQLiteFile(t))
	for name, path := range o.pages {
		o.get(t, path) // the packs are known from now on
		n := o.get(t, path)
		t.Logf("%s: %d queries", name, n)
		if n > most[name] {
			t.Errorf("%s: %d queries, may be %d", name, n, most[name])
		}
	}
}

// BenchmarkPages is for looking inside: go test -bench Pages -cpuprofile. The numbers that
// count come from bench.
func BenchmarkPages(b *testing.B) {
	o := open(b, "sqlite:"+dbtest.SQLiteFile(b))
	for name, path := range o.pages {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				o.get(b, path)
			}
		})
	}
}
