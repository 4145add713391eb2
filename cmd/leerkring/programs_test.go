package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/api"
	"leerkring/block/session"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
)

// programs are those of the people of a round, each with a token of its person.
type programs struct {
	*round
	tokens map[string]string
}

// eachPrograms runs f against the whole program on both engines.
func eachPrograms(t *testing.T, f func(t *testing.T, r *programs)) {
	t.Parallel()
	on := func(t *testing.T, database string) {
		t.Parallel()
		r := &programs{newRoundOn(t, database), map[string]string{}}
		for name, id := range r.people {
			secret, _, err := r.h.accounts.TokenFor(t.Context(), id, account.NewToken{Name: "rooster", Scope: account.ScopeRead, ExpiresAt: r.clock.Now().AddDate(0, 3, 0)})
			r.ok(err)
			r.tokens[name] = secret
		}
		f(t, r)
	}
	t.Run("sqlite", func(t *testing.T) { on(t, "sqlite:"+dbtest.SQLiteFile(t)) })
	t.Run("postgres", func(t *testing.T) { on(t, dbtest.PostgresURL(t)) })
}

// ask reads as a program of somebody, and tells how many queries that took.
func (r *programs) ask(name, path string) (status int, body string, queries int) {
	r.t.Helper()
	ctx, count := db.Counting(r.t.Context())
	q := httptest.NewRequest(http.MethodGet, "http://localhost:1/api/v1"+path, nil).WithContext(ctx)
	q.Header.Set("Authorization", "Bearer "+r.tokens[name])
	out := httptest.NewRecorder()
	r.h.handler.ServeHTTP(out, q)
	if out.Code >= http.StatusInternalServerError {
		r.t.Errorf("%s: %s: %d %s", name, path, out.Code, out.Body)
	}
	return out.Code, out.Body.String(), count()
}

// sessions are those that a program of somebody is told of, a piece at a time.
func (r *programs) sessions(name, query string) map[string]api.Session {
	r.t.Helper()
	out := map[string]api.Session{}
	for cursor := ""; ; {
		status, body, _ := r.ask(name, "/sessions?limit=1"+query+"&cursor="+url.QueryEscape(cursor))
		var l api.List[api.Session]
		if err := json.Unmarshal([]byte(body), &l); err != nil || status != http.StatusOK {
			r.t.Fatalf("%s: %d %s", name, status, body)
		}
		for _, s := range l.Items {
			if _, twice := out[s.ID]; twice {
				r.t.Fatalf("%s: %s comes twice", name, s.ID)
			}
			out[s.ID] = s
		}
		if cursor = l.Next; cursor == "" {
			return out
		}
	}
}

// everything is what a program of somebody can read below a trajectory and of its own, by route.
func (r *programs) everything(name, sessionID string) map[string]string {
	r.t.Helper()
	_, first, _ := r.ask(name, "/sessions?limit=1") // with the cursor of the next
	out := map[string]string{"a piece": first}
	for _, rt := range api.Routes() {
		path := strings.NewReplacer("{id}", r.at, "{session}", sessionID).Replace(strings.TrimPrefix(rt.Pattern, api.Prefix))
		if rt.Method == http.MethodGet && !rt.Public && !strings.Contains(path, "{") {
			_, out[rt.Pattern], _ = r.ask(name, path)
		}
	}
	return out
}

// planned plans a session on Thursday.
func (r *programs) planned(by, methodID string, people ...string) string {
	r.t.Helper()
	p := session.Plan{SchoolID: r.school, MethodID: methodID, TrajectoryID: r.at, Title: "Dat van dinsdag", Place: "Lokaal 12", StartsAt: time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)}
	for _, name := range people {
		p.People = append(p.People, r.people[name])
	}
	id, err := r.h.blocks.sessions.Plan(r.t.Context(), r.known(by).Who, p)
	r.ok(err)
	return id
}

// TestProgramsHearOfASessionThatItIsHeld: a circle only for who is in it, a board for the team too,
// with method, state and times, and nothing that is said.
func TestProgramsHearOfASessionThatItIsHeld(t *testing.T) {
	eachPrograms(t, func(t *testing.T, r *programs) {
		circle := r.planned("lead", "incidentmethode", "bas", "cato", "anna")
		board := r.planned("lead", "weekbord", "anna")
		talk := r.planned("lead", "consentronde", "cato")
		for name, want := range map[string][]string{
			"lead": {circle, board, talk}, "anna": {circle, board}, "bas": {circle}, "cato": {circle, talk},
			"member":    {board, talk}, // of the team
			"colleague": nil, "admin": nil,
		} {
			slices.Sort(want)
			if got := slices.Sorted(maps.Keys(r.sessions(name, ""))); !slices.Equal(got, want) {
				t.Errorf("%s is told of %v, want %v", name, got, want)
			}
			for _, id := range []string{circle, board, talk} {
				status, body, _ := r.ask(name, "/sessions/"+id)
				_, nothing, _ := r.ask(name, "/sessions/"+strings.Repeat("0", 26))
				if knows := slices.Contains(want, id); knows != (status == http.StatusOK) || !knows && body != nothing {
					t.Errorf("%s reads %s: %d %s", name, id, status, body)
				}
			}
		}
		r.held(circle)
		s := r.sessions("bas", "")[circle]
		if s.MethodID != "incidentmethode" || s.State != "closed" || !s.StartsAt.Equal(time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)) || !s.BegunAt.Equal(r.clock.Now().Add(-time.Hour)) || !s.ClosedAt.Equal(r.clock.Now()) {
			t.Errorf("%+v", s)
		}
		_, one, _ := r.ask("bas", "/sessions/"+circle)
		_, list, _ := r.ask("bas", "/sessions")
		var read api.Session
		if err := json.Unmarshal([]byte(one), &read); err != nil || read != s {
			t.Errorf("in the list %+v, by itself %s", s, one)
		}
		var keys map[string]any
		r.ok(json.Unmarshal([]byte(one), &keys))
		if got := slices.Sorted(maps.Keys(keys)); !slices.Equal(got, []string{"begun_at", "closed_at", "id", "method_id", "starts_at", "state"}) {
			t.Errorf("a program is told %v", got)
		}
		for _, word := range []string{"dinsdag", "Lokaal", "Ik liep weg", r.people["lead"], r.people["bas"], r.at} {
			if strings.Contains(one+list, word) {
				t.Errorf("a program is told %q", word)
			}
		}
	})
}

// held holds a circle of the lead: something is told, and it is closed an hour after it began.
func (r *programs) held(circle string) {
	r.t.Helper()
	ctx, sessions := r.t.Context(), r.h.blocks.sessions
	for _, name := range []string{"lead", "bas", "cato", "anna"} {
		r.ok(sessions.Join(ctx, r.known(name).Who, circle, true))
	}
	r.ok(sessions.TakeRole(ctx, r.known("lead").Who, circle, r.people["bas"], method.RolePresenter))
	_, err := sessions.Write(ctx, r.known("bas").Who, circle, "vertellen.deed", "", 0, "Ik liep weg.", "")
	r.ok(err)
	r.ok(sessions.Begin(ctx, r.known("lead").Who, circle))
	r.clock.Move(time.Hour)
	r.ok(sessions.Close(ctx, r.known("lead").Who, circle))
}

// TestACircleLeavesNoTraceForPrograms: for who is not in it every byte that a program reads is as it
// was, in the lists, in their cursors, and by its own address.
func TestACircleLeavesNoTraceForPrograms(t *testing.T) {
	eachPrograms(t, func(t *testing.T, r *programs) {
		r.planned("lead", "weekbord")
		others, before := []string{"member", "colleague", "admin"}, map[string]map[string]string{}
		for _, name := range others {
			before[name] = r.everything(name, strings.Repeat("0", 26))
		}
		circle := r.planned("lead", "incidentmethode", "bas", "cato", "anna")
		for _, held := range []bool{false, true} {
			if held {
				r.held(circle)
			}
			for _, name := range others {
				for route, body := range r.everything(name, circle) {
					if body != before[name][route] {
						t.Errorf("%s reads of a circle of others (held %v): %s %s, before it %s", name, held, route, body, before[name][route])
					}
				}
			}
		}
		if mine := r.everything("bas", circle); len(mine) < 20 || !strings.Contains(mine["/api/v1/sessions"], circle) {
			t.Errorf("who is in it reads nothing of it either: the test proves nothing: %v", mine)
		}
	})
}

// TestTheListOfSessionsIsOfAStretchOfTime, in one query however many there are; who says no is not
// told of it any more, and what is cancelled is no longer in the list.
func TestTheListOfSessionsIsOfAStretchOfTime(t *testing.T) {
	eachPrograms(t, func(t *testing.T, r *programs) {
		board := r.planned("lead", "weekbord", "anna")
		for query, want := range map[string]int{
			"":                                  1,
			"&from=2026-03-19T14:10:00Z":        1,
			"&from=2026-03-19T15:10:00%2B01:00": 1, // the same moment
			"&from=2026-03-19T15:11:00%2B01:00": 0,
			"&from=2026-03-01T00:00:00Z&to=2026-03-19T14:10:00Z": 0,
			"&from=2025-12-01T00:00:00Z":                         0, // until the first of March
			"&from=9999-12-31T00:00:00Z":                         0,
		} {
			if got := len(r.sessions("anna", query)); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
		for _, query := range []string{"?from=2026-01-01T00:00:00Z&to=2027-02-01T00:00:00Z", "?from=2026-04-01T00:00:00Z&to=2026-03-01T00:00:00Z", "?from=dinsdag", "?cursor=dinsdag"} {
			if status, body, _ := r.ask("anna", "/sessions"+query); status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", query, status, body)
			}
		}
		_, _, few := r.ask("anna", "/sessions")
		for range 3 {
			r.planned("lead", "weekbord", "anna")
		}
		if _, _, many := r.ask("anna", "/sessions"); many != few {
			t.Errorf("%d queries, then %d", few, many)
		}
		r.ok(r.h.blocks.sessions.Leave(t.Context(), r.known("anna").Who, board))
		if status, _, _ := r.ask("anna", "/sessions/"+board); status != http.StatusNotFound || r.sessions("anna", "")[board].ID != "" {
			t.Errorf("who said no is told of it: %d", status)
		}
		r.ok(r.h.blocks.sessions.Cancel(t.Context(), r.known("lead").Who, board))
		if _, body, _ := r.ask("member", "/sessions/"+board); r.sessions("member", "")[board].ID != "" || !strings.Contains(body, `"state":"cancelled"`) {
			t.Errorf("%s", body)
		}
	})
}
