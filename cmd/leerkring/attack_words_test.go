package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/account"
	"leerkring/api"
	"leerkring/internal/db"
	"leerkring/web"
)

// hostile are words that break what is built from them.
var hostile = []string{
	`"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}`,
	`'; drop table person; -- $1 %s %d /*postgres: x */ /*sqlite: y */`,
	"a\x00b", "\xff\xfe", "\u202egnirts\u2066", "-1", "99999999999999999999", "2026-02-31", "../../etc/passwd", "NaN",
	strings.Repeat("a ", 20_000),
}

// hostileWordsBreakNothing types them in every field of every form that the lead meets, and
// in every hidden one.
func hostileWordsBreakNothing(t *testing.T, s *siege) {
	lead, tried := s.caller("lead"), 0
	for _, words := range hostile {
		for _, f := range s.forms(lead) {
			if strings.HasPrefix(f.route.Pattern, "/sign-out") || strings.HasPrefix(f.route.Pattern, "/account") {
				continue
			}
			free, all := url.Values{}, url.Values{}
			for name, v := range f.fields {
				free[name], all[name] = v, []string{words}
			}
			for _, name := range f.free {
				free.Set(name, words)
			}
			all.Set("idempotency_key", strings.Repeat("b", 20))
			for _, fields := range []url.Values{free, all} {
				tried++
				if got := s.ask(lead, http.MethodPost, f.action, fields.Encode()); got.status >= http.StatusInternalServerError {
					t.Errorf("POST %s with %.30q: %d", f.action, words, got.status)
				}
			}
		}
		for _, r := range pages() {
			address := fill(r.Pattern, s.target, url.PathEscape(words[:min(len(words), 200)]))
			if r.Method == http.MethodGet && !strings.HasPrefix(r.Pattern, "/live/") {
				for _, target := range []string{address, fill(r.Pattern, s.target, newID()) + "?method=" + url.QueryEscape(words[:min(len(words), 2000)]) + "&to=" + url.QueryEscape(words[:min(len(words), 2000)])} {
					if got := s.get(lead, target); got.status >= http.StatusInternalServerError {
						t.Errorf("GET %.80s: %d", target, got.status)
					}
				}
			}
		}
	}
	s.walked = map[string][]string{}
	shown := 0
	for _, name := range []string{"lead", "member", "leader", "staff", "guest"} {
		for _, page := range s.walk(s.caller(name)) {
			body := s.get(s.caller(name), page).body
			if strings.Contains(body, "<img src=x") || strings.Contains(body, "<script>alert") {
				t.Errorf("%s shows words as markup to %s", page, name)
			}
			shown += strings.Count(body, "&lt;img src=x")
		}
	}
	if shown == 0 {
		t.Error("none of the words arrived anywhere: nothing was tried")
	}
	t.Logf("%d forms with hostile words; shown %d times, as words", tried, shown)
}

// theDoorForPrograms: a cookie opens nothing there, and a token what its person may read.
func theDoorForPrograms(t *testing.T, s *siege) {
	for _, c := range s.cast {
		for _, address := range []string{"/api/v1/trajectories/" + s.target, "/api/v1/trajectories"} {
			if got := s.get(c, address); got.status != http.StatusUnauthorized {
				t.Errorf("%s by the cookie of %s: %d", address, c.name, got.status)
			}
		}
		if c.id == "" || c.name == "guest" {
			continue
		}
		secret, _, err := s.h.accounts.TokenFor(t.Context(), c.id, account.NewToken{Name: "probe", Scope: account.ScopeRead})
		s.ok(err)
		bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+secret); r.Header.Del("Cookie") }
		want := http.StatusNotFound
		if s.object(s.who(c.id), s.target).Kind != access.NoKind {
			want = http.StatusOK
		}
		address := "/api/v1/trajectories/" + s.target
		got := s.ask(c, http.MethodGet, address, "", bearer)
		s.guarded(web.Route{Pattern: address}, got)
		if got.status != want {
			t.Errorf("%s by the token of %s: %d, want %d", address, c.name, got.status, want)
		}
		if list := s.ask(c, http.MethodGet, "/api/v1/trajectories?limit=100", "", bearer); list.status != http.StatusOK || strings.Contains(list.body, s.target) != (want == http.StatusOK) && c.name != "leader" {
			t.Errorf("the list by the token of %s: %d", c.name, list.status)
		}
		s.sessionsByToken(t, c, bearer)
		if page := s.ask(c, http.MethodGet, "/week", "", bearer); page.status != http.StatusSeeOther {
			t.Errorf("a token opens pages to %s: %d", c.name, page.status)
		}
		s.exec(`update person set state = 'suspended' where id = $1`, c.id)
		if gone := s.ask(c, http.MethodGet, address, "", bearer); gone.status != http.StatusUnauthorized {
			t.Errorf("the token of somebody suspended (%s): %d", c.name, gone.status)
		}
		s.exec(`update person set state = 'active' where id = $1`, c.id)
	}
	// T-I7: every answer of this door carries its headers, also a refusal, and is kept nowhere.
	secret, _, err := s.h.accounts.TokenFor(t.Context(), s.caller("lead").id, account.NewToken{Name: "headers", Scope: account.ScopeRead})
	s.ok(err)
	s.ask(s.caller("anonymous"), http.MethodGet, "/api/v1/trajectories", "", func(q *http.Request) { q.Header.Set("Authorization", "Bearer "+secret) }) // the day of its use is kept, once
	before := s.digest()
	for _, r := range api.Routes() {
		address := fill(r.Pattern, s.target, newID())
		for _, authorization := range []string{"", "Bearer " + secret, "Bearer lk_wrong", "Basic eDp5"} {
			got := s.ask(s.caller("anonymous"), r.Method, address, `{"body":1}`, func(q *http.Request) {
				q.Header.Set("Authorization", authorization)
				q.Header.Set("Content-Type", "application/json")
				q.Header.Set("Sec-Fetch-Site", "cross-site")
				q.Header.Set("Origin", "https://evil.example")
			})
			s.guarded(web.Route{Pattern: r.Pattern}, got)
			if got.status >= http.StatusInternalServerError || got.header.Get("Access-Control-Allow-Origin") != "" || got.header.Get("Set-Cookie") != "" || !r.Public && !strings.Contains(got.header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s %s: %d, %v", r.Method, r.Pattern, got.status, got.header)
			}
			if authorization != "Bearer "+secret && !r.Public && got.status != http.StatusUnauthorized {
				t.Errorf("%s %s by %.10q: %d", r.Method, r.Pattern, authorization, got.status)
			}
		}
	}
	s.unchanged(before, "reading by programs")
}

// sessionsByToken: of each session of the house a program is told when the matrix says so, and where
// it is not, there is nothing.
func (s *siege) sessionsByToken(t *testing.T, c *caller, bearer func(r *http.Request)) {
	t.Helper()
	ids, err := db.All(t.Context(), s.h.db, `select id from session order by id`, db.Str)
	s.ok(err)
	if len(ids) < 2 {
		t.Fatalf("only %d sessions in the house", len(ids))
	}
	nothing := s.ask(c, http.MethodGet, "/api/v1/sessions/"+newID(), "", bearer)
	list := s.ask(c, http.MethodGet, "/api/v1/sessions?limit=200", "", bearer)
	if nothing.status != http.StatusNotFound || list.status != http.StatusOK {
		t.Errorf("sessions by the token of %s: %d, and where there is none %d", c.name, list.status, nothing.status)
	}
	for _, id := range ids {
		got, knows := s.ask(c, http.MethodGet, "/api/v1/sessions/"+id, "", bearer), s.circle(s.who(c.id), "/sessions/"+id).Kind != access.NoKind
		if knows != (got.status == http.StatusOK) || !knows && (got.body != nothing.body || strings.Contains(list.body, id)) {
			t.Errorf("session %s by the token of %s: %d %s", id, c.name, got.status, got.body)
		}
	}
}
