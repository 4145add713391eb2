package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/trajectory"
)

// opened is the demo school with a lead who is signed in, and the pages that are opened most.
type opened struct {
	h      *house
	cookie *http.Cookie
	pages  map[string]string // name → path
	people map[string]string // role → id
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
	o := &opened{h: h, people: map[string]string{}}
	for _, p := range people {
		o.people[p.Role] = p.ID
	}
	for _, p := range people {
		if p.Role != "kartrekker" {
			continue
		}
		o.as(t, p.Role)
		id, err := db.One(t.Context(), h.db, `select trajectory_id from participant where person_id = $1 and role = 'lead'`, db.Str, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.pages = map[string]string{"home": "/week", "trajectory": "/trajectories/" + id, "plan": "/trajectories/" + id + "/plan"}
	}
	return o
}

// as signs in who has a role.
func (o *opened) as(t testing.TB, role string) {
	t.Helper()
	link, err := o.h.accounts.DemoLink(t.Context(), o.people[role])
	if err != nil {
		t.Fatal(err)
	}
	o.signIn(t, strings.TrimPrefix(link, "http://localhost"))
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
	return o.ask(t, http.StatusOK, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
}

// refused sends a form that comes back, and tells how many queries that took.
func (o *opened) refused(t testing.TB, path string, fields url.Values) (queries int) {
	r := httptest.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://localhost")
	return o.ask(t, http.StatusUnprocessableEntity, r)
}

func (o *opened) ask(t testing.TB, want int, r *http.Request) (queries int) {
	ctx, count := db.Counting(t.Context())
	o.serve(t, want, r.WithContext(ctx))
	return count()
}

func (o *opened) serve(t testing.TB, want int, r *http.Request) {
	r.AddCookie(o.cookie)
	w := httptest.NewRecorder()
	o.h.handler.ServeHTTP(w, r)
	if w.Code != want {
		t.Fatalf("%s: %d %s", r.URL.Path, w.Code, w.Header())
	}
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

// TestWhatAPageReadIsKept: who opens a page again, while nothing changed, makes it read from the
// database what says who asks and what they may, and little else. A question whose answer
// cannot be kept shows in no other test: home once took ten times as long by one.
func TestWhatAPageReadIsKept(t *testing.T) {
	t.Parallel()
	o := open(t, "sqlite:"+dbtest.SQLiteFile(t))
	// Always: the sign-in, the person, the trajectory. Sessions stand in circles, and who is in one is asked anew.
	most := map[string]int{"home": 4, "trajectory": 4, "plan": 3}
	for name, path := range o.pages {
		o.get(t, path)
		ctx, reads := db.Reads(t.Context())
		o.serve(t, http.StatusOK, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil).WithContext(ctx))
		if got := reads(); len(got) > most[name] {
			t.Errorf("%s: read %d times, may be %d:\n%s", name, len(got), most[name], strings.Join(got, "\n\n"))
		}
	}
}

// TestTheSchoolYearAsksTheSameHoweverMuchThereIs: the page of the school year, its forms and the
// page of the board hold as many queries in a school with forty more trajectories, teams and focus points.
func TestTheSchoolYearAsksTheSameHoweverMuchThereIs(t *testing.T) {
	t.Parallel()
	o := open(t, "sqlite:"+dbtest.SQLiteFile(t))
	ctx := t.Context()
	lead := strings.TrimSuffix(o.pages["plan"], "/plan")
	known := func(role string) school.Known {
		t.Helper()
		k, err := school.Knows(ctx, o.h.db, o.people[role])
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	who, admin := known("schoolleider"), known("beheerder")
	point, err := o.h.schools.Suggest(ctx, who.Who, school.NewFocus{SchoolID: who.Home().ID, Title: "Wat blijft"})
	if err != nil {
		t.Fatal(err)
	}
	refused := "/school/focus-points/" + point.ID + "/after" // parked, and not until when
	pages := []struct {
		role, path string
		most       int
	}{
		{"docent", "/school/year", 14}, {"kartrekker", "/school/year", 14}, {"schoolleider", "/school/year", 14}, {"schoolleider", "/school/year/open/form", 14},
		{"kartrekker", lead + "/year/form", 8}, {"bestuur", "/school/year", 10}, {"bestuur", "/trajectories", 5}, {"schoolleider", refused, 19},
	}
	count := func() []int {
		var out []int
		for _, p := range pages {
			o.as(t, p.role)
			ask := func() int { return o.get(t, p.path) }
			if p.path == refused {
				ask = func() int {
					return o.refused(t, p.path, url.Values{"after": {"parked"}, "version": {"1"}, "school": {who.Home().ID}})
				}
			}
			ask() // the packs are known from now on
			out = append(out, ask())
		}
		return out
	}
	before := count()
	for i := range 40 {
		name := fmt.Sprintf("Extra %d", i)
		team, err := o.h.schools.AddTeam(ctx, admin.Who, who.Home().ID, school.OtherTeam, name)
		if err != nil {
			t.Fatal(err)
		}
		focus, err := o.h.schools.Suggest(ctx, who.Who, school.NewFocus{SchoolID: who.Home().ID, Title: name})
		if err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			if err := o.h.schools.ChooseFocus(ctx, who.Who, focus.ID, 1, school.FocusChoice{State: school.Chosen}); err != nil {
				t.Fatal(err)
			}
		}
		for _, by := range []school.Known{who, known("kartrekker")} {
			if _, err := o.h.trajectories.Begin(ctx, by.Who, trajectory.Start{SchoolID: who.Home().ID, MethodID: "verbetercyclus", Title: name, Open: i%3 > 0, FocusPointID: focus.ID, TeamIDs: []string{team}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, n := range count() {
		p := pages[i]
		t.Logf("%s as %s: %d queries, %d before", p.path, p.role, n, before[i])
		if n != before[i] {
			t.Errorf("%s as %s: %d queries, and %d before there was more", p.path, p.role, n, before[i])
		}
		if n > p.most {
			t.Errorf("%s as %s: %d queries, may be %d", p.path, p.role, n, p.most)
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
