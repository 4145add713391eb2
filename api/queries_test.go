package api_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"leerkring/api"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// TestNoQueryPerThing: a collection of many asks the database as often as one of few.
func TestNoQueryPerThing(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	g := w.ground(true)
	count := func() map[string]int {
		out := map[string]int{}
		for _, r := range api.Routes() {
			if r.Method != "GET" || r.Public {
				continue
			}
			ctx, queries := db.Counting(t.Context())
			q := httptest.NewRequest("GET", "http://localhost:8080"+api.Prefix+g.path(r, g.parts), nil).WithContext(ctx)
			q.Header.Set("Authorization", "Bearer "+w.tokens["lead"])
			w.send(r.String(), q).is(200)
			out[r.String()] = queries()
		}
		return out
	}
	count() // the packs and the day of the token's use are known from now on
	few := count()
	for i := range 8 {
		for path, body := range map[string]string{
			"/contributions": fmt.Sprintf(`{"element_id":"f1.q1","body":"Nummer %d."}`, i),
			"/evidence":      `{"source":{"of":"interview","title":"Een gesprek"}}`,
			"/conditions":    `{"kind":"budget","text":"Boeken."}`,
			"/plan/items":    `{"action":{"text":"Delen."}}`,
			"/decisions":     `{"title":"En dit?","audience":"plg","closes_on":"2026-04-02"}`,
			"/meetings":      `{"starts_at":"2026-04-09T15:10:00+02:00","minutes":50,"items":[{"part":"learn","question":"Wat?","minutes":20}]}`,
			"/moments":       fmt.Sprintf(`{"on":"2026-04-%02d"}`, i+1),
			"/agreements":    `{"kind":"room","text":"De vraag kies je zelf."}`,
			"/focus-points":  fmt.Sprintf(`{"title":"Kandidaat %d"}`, i),
			"/rounds":        fmt.Sprintf(`{"element_id":"f1.q%d","form":"named","audience":"plg","closes_on":"2026-03-26"}`, i+3),
		} {
			if path == "/rounds" && i > 4 {
				continue
			}
			w.ask("lead", "POST", g.at+path, body).id()
		}
		w.ask("lead", "POST", "/trajectories", `{"title":"Nog een","method_id":"kleine-ronde","open":true}`).id()
	}
	for route, n := range count() {
		if n > few[route] || n > 24 {
			t.Errorf("%s: %d queries, with fewer things %d", route, n, few[route])
		}
	}
	if !strings.Contains(fmt.Sprint(few), "trajectories") {
		t.Error("nothing was counted")
	}
}
