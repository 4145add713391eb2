package api_test

import (
	"strings"
	"testing"

	"leerkring/api"
	"leerkring/internal/dbtest"
)

// TestNothingIsChangedUnread: who changes something says which version was read.
func TestNothingIsChangedUnread(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	g := w.ground(true)
	before := w.count(`select count(*) from journal`)
	n := 0
	for _, r := range api.Routes() {
		for _, line := range api.Versioned() {
			if r.String() != line {
				continue
			}
			n++
			if p := w.ask("lead", r.Method, g.path(r, g.parts), g.body(r)).problem(428); p.Errors[0].Location != "header.If-Match" {
				t.Errorf("%s: %+v", r, p)
			}
			for _, sent := range []string{"*", `W/"1"`, `"1", "2"`, "-1", "1e3", "laatste", `"99999999999"`, strings.Repeat("1", 5000)} {
				if p := w.ask("lead", r.Method, g.path(r, g.parts), g.body(r), "If-Match", sent).problem(422); p.Errors[0].Location != "header.If-Match" {
					t.Errorf("%s with %.20s: %+v", r, sent, p)
				}
			}
		}
	}
	if n < 20 || w.count(`select count(*) from journal`) != before {
		t.Errorf("%d routes, and something was done", n)
	}
	// A version of one part does not do for an act on the other part.
	w.ask("member", "POST", g.at+"/conditions/"+g.parts["condition"]+"/answer", `{"answer":"later","due":"2026-05-01"}`, "If-Match", "1").problem(422)
	// One that never was is refused, and nothing stands.
	w.ask("lead", "PUT", g.at+"/plan", `{"why":"Uit de lucht."}`, "If-Match", "77").problem(404)
	w.ask("lead", "PUT", g.at, `{"title":"Uit de lucht","open":true}`, "If-Match", "77").problem(409)
	if w.count(`select count(*) from journal`) != before {
		t.Error("something was done on a version that never was")
	}
}
