package main

import (
	"html"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"leerkring/account"
	"leerkring/internal/db"
)

// nothingCanBeKept (T-R3): the database takes no writes any more, at whatever form. Reading
// works; what was typed is in the page that comes back; and the page says so kindly. Last,
// for from here on nothing can be written.
func nothingCanBeKept(t *testing.T, s *siege) {
	if s.h.db.Engine() != db.SQLite {
		return // the row asks for the embedded database; PostgreSQL has its own disk
	}
	s.walked = map[string][]string{}
	forms, pages := map[string][]form{}, map[string][]string{}
	names := []string{"lead", "member", "leader", "staff"}
	for _, name := range names {
		pages[name], forms[name] = s.walk(s.caller(name)), s.forms(s.caller(name))
	}
	// Every form was pressed before, also the one with which the lead gives everything to a colleague.
	leads, err := db.All(t.Context(), s.h.db, `select person_id from participant where trajectory_id = $1 and role = 'lead' and left_at is null order by person_id`, db.Str, s.target)
	s.ok(err)
	token, _, err := s.h.accounts.TokenFor(t.Context(), leads[0], account.NewToken{Name: "full", Scope: account.ScopeWrite})
	s.ok(err)
	program := func(method, path, body string) answer {
		return s.ask(s.caller("anonymous"), method, "/api/v1"+path, body, func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+token)
			r.Header.Set("Content-Type", "application/json")
		})
	}
	const words = `{"finding":{"text":"Ze wachten tot iemand begint."}}`
	if got := program(http.MethodPost, "/trajectories/"+s.target+"/evidence", words); got.status != http.StatusCreated {
		t.Fatalf("a program that writes: %d %s", got.status, got.body)
	}
	s.exec(`pragma query_only = 1`)
	if got := program(http.MethodPost, "/trajectories/"+s.target+"/evidence", words); got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || !strings.Contains(got.body, `"status":503`) {
		t.Errorf("a program that writes: %d %s", got.status, got.body)
	}
	if got := program(http.MethodGet, "/trajectories/"+s.target+"/evidence", ""); got.status != http.StatusOK {
		t.Errorf("a program that reads: %d", got.status)
	}
	kept, bare, done := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, name := range names {
		for _, f := range forms[name] {
			if strings.HasPrefix(f.route.Pattern, "/sign-out") {
				continue
			}
			got := s.ask(s.caller(name), http.MethodPost, f.action, f.fields.Encode())
			switch {
			case got.status == http.StatusServiceUnavailable:
				text := html.UnescapeString(got.body)
				for _, field := range f.free {
					if typed := f.fields.Get(field); typed != "" && !strings.Contains(text, typed) {
						bare[f.route.Pattern+" "+field] = true
					}
				}
				if !strings.Contains(text, "Lezen kan wel.") && !strings.Contains(text, "Reading still works.") || got.header.Get("Retry-After") == "" {
					t.Errorf("POST %s: a 503 that does not say what works", f.route.Pattern)
				}
				kept[f.route.Pattern] = true
			case got.status >= http.StatusInternalServerError:
				t.Errorf("POST %s as %s: %d", f.action, name, got.status)
			case got.status < 400:
				done[f.route.Pattern] = true
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(bare)) {
		t.Errorf("what was typed is gone: %s", what)
	}
	for _, name := range names {
		for _, page := range pages[name] {
			if got := s.get(s.caller(name), page); got.status != http.StatusOK {
				t.Errorf("GET %s as %s: %d", page, name, got.status)
			}
		}
	}
	if len(kept) < 25 {
		t.Errorf("only %d kinds of form came to a write", len(kept))
	}
	t.Logf("%d kinds of form came back with what was typed; these had nothing to write: %v", len(kept), slices.Sorted(maps.Keys(done)))
}
