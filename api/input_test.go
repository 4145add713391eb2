package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/api"
	"leerkring/internal/dbtest"
)

func TestWhatCannotBeRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		before := w.count(`select count(*) from journal`)
		for name, x := range map[string]struct {
			method, path, body string
			status             int
			location           string
		}{
			"no body":                       {"POST", at + "/contributions", "", 400, ""},
			"no JSON":                       {"POST", at + "/contributions", "element=f1.q1", 400, "body"},
			"half JSON":                     {"POST", at + "/contributions", `{"element_id":"f1.q1"`, 400, "body"},
			"not UTF-8":                     {"POST", at + "/contributions", "{\"element_id\":\"f1.q1\",\"body\":\"\xff\xfe\"}", 400, "body"},
			"a name twice":                  {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"een","body":"twee"}`, 400, "body"},
			"a name twice inside":           {"POST", at + "/reactions", `{"body":"x","about":{"kind":"plan","kind":"goal","id":"1"}}`, 400, "body"},
			"too deep":                      {"POST", at + "/contributions", strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000), 400, "body"},
			"deeper than any reader":        {"POST", at + "/contributions", strings.Repeat("[", 100_000), 400, "body"},
			"a list instead of an object":   {"POST", at + "/contributions", `[]`, 422, "body"},
			"null":                          {"POST", at + "/contributions", `null`, 422, "body"},
			"a number for a text":           {"POST", at + "/contributions", `{"element_id":"f1.q1","body":7}`, 422, "body.body"},
			"a text for a boolean":          {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"x","other_sound":"ja"}`, 422, "body.other_sound"},
			"a text for a number":           {"PUT", at + "/plan/items/" + strings.Repeat("0", 26) + "/place", `{"place":"1"}`, 422, "body.place"},
			"half a number":                 {"PUT", at + "/plan/items/" + strings.Repeat("0", 26) + "/place", `{"place":1.5}`, 422, "body.place"},
			"a number too large":            {"PUT", at + "/plan/items/" + strings.Repeat("0", 26) + "/place", `{"place":1e30}`, 422, "body.place"},
			"no number at all":              {"PUT", at + "/plan/items/" + strings.Repeat("0", 26) + "/place", `{"place":1e999}`, 400, "body"},
			"a field that is not asked":     {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"x","author_id":"` + w.ids["lead"] + `"}`, 422, "body.author_id"},
			"another spelling of a field":   {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"x","Body":"y"}`, 422, "body.Body"},
			"a role that nobody gives":      {"POST", "/trajectories", `{"title":"Van mij","method_id":"verbetercyclus","open":true,"role":"lead","school_id":"` + w.second + `"}`, 422, "body.role"},
			"a field that is missing":       {"POST", at + "/contributions", `{"body":"x"}`, 422, "body"},
			"no such choice":                {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"x","kind":"order"}`, 422, "body.kind"},
			"no such day":                   {"POST", at + "/rounds", `{"element_id":"f1.q1","form":"named","audience":"plg","closes_on":"2026-02-30"}`, 422, "body.closes_on"},
			"a day without an end":          {"POST", at + "/rounds", `{"element_id":"f1.q1","form":"named","audience":"plg","closes_on":"9999-12-31"}`, 422, "body.closes_on"},
			"no such moment":                {"POST", at + "/meetings", `{"starts_at":"donderdag","minutes":50}`, 422, "body.starts_at"},
			"words that are too long":       {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"` + strings.Repeat("é", 4001) + `"}`, 422, "body.body"},
			"only signs that nobody sees":   {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"\u0000\u200b\u202e"}`, 422, "body.body"},
			"none of the parts":             {"POST", at + "/evidence", `{}`, 422, "body"},
			"two of the parts":              {"POST", at + "/plan/items", `{"core":{"text":"een"},"room":{"text":"twee"}}`, 422, "body"},
			"a body of more than 256 kB":    {"POST", at + "/contributions", `{"element_id":"f1.q1","body":"` + strings.Repeat("x", 300<<10) + `"}`, 413, ""},
			"a body of more than the door":  {"POST", at + "/contributions", strings.Repeat(" ", 2<<20), 413, ""},
			"an id that is none":            {"GET", "/trajectories/x", "", 404, ""},
			"an id with a nought":           {"GET", "/trajectories/%00" + strings.Repeat("0", 25), "", 404, ""},
			"an id of broken letters":       {"GET", "/trajectories/%ff%fe" + strings.Repeat("0", 24), "", 404, ""},
			"an id that is not there":       {"GET", "/trajectories/" + strings.Repeat("0", 26), "", 404, ""},
			"an id in the body":             {"POST", at + "/conditions", `{"kind":"time","text":"Een uur.","asked_id":"\u0000'; drop table person"}`, 404, ""},
			"a question that is not there":  {"POST", at + "/contributions", `{"element_id":"%00","body":"x"}`, 404, ""},
			"a page that is not there":      {"GET", "/trajectories/" + strings.Repeat("0", 26) + "/secrets", "", 404, ""},
			"another method":                {"PATCH", "/me", "", 405, ""},
			"a path in another form":        {"GET", "//me", "", 404, ""},
			"a query that is not asked":     {"GET", "/me?debug=1", "", 422, "query.debug"},
			"a query twice":                 {"GET", "/people?limit=1&limit=2", "", 400, ""},
			"too much at once":              {"GET", "/people?limit=201", "", 422, "query.limit"},
			"nothing at once":               {"GET", "/people?limit=0", "", 422, "query.limit"},
			"a limit in words":              {"GET", "/people?limit=veel", "", 422, "query.limit"},
			"a cursor of somebody's own":    {"GET", "/people?cursor=MTIz", "", 422, "query.cursor"},
			"a cursor that is no text":      {"GET", "/people?cursor=%ff", "", 400, "query"},
			"a school that is not there":    {"GET", "/people?school=%00%ff", "", 400, "query"},
			"a stage that is not there":     {"GET", at + "/focus-points?stage=geen", "", 200, ""},
			"a version in words":            {"GET", at + "/plan/versions/laatste", "", 422, "path.number"},
			"meetings from an odd moment":   {"GET", "/meetings?from=gisteren", "", 422, "query.from"},
			"meetings of all times":         {"GET", "/meetings?from=1999-01-01T00:00:00Z&to=2999-01-01T00:00:00Z", "", 422, "query.to"},
			"a key that is too short":       {"POST", "/trajectories", `{"title":"Abc","method_id":"verbetercyclus","open":true}`, 201, "Idempotency-Key:kort"},
			"a method that is not there":    {"GET", "/methods/..%2f..%2fetc", "", 404, ""},
			"a way of working that is none": {"POST", "/trajectories", `{"title":"Abc","method_id":"../x","open":true}`, 422, "body.method"},
		} {
			if name == "a key that is too short" {
				if p := w.ask("lead", x.method, x.path, x.body, "Idempotency-Key", "kort").problem(422); p.Errors[0].Location != "header.Idempotency-Key" {
					t.Errorf("%s: %+v", name, p)
				}
				continue
			}
			a := w.ask("lead", x.method, x.path, x.body)
			if a.Status != x.status {
				t.Errorf("%s: %d %.300s", name, a.Status, a.Body)
				continue
			}
			if x.status == 200 {
				continue
			}
			p := a.problem(x.status)
			at := ""
			if len(p.Errors) > 0 {
				at = p.Errors[0].Location
			}
			if at != x.location {
				t.Errorf("%s: at %q, want %q: %s", name, at, x.location, a.Body)
			}
			if len(a.Body) > 2000 || strings.Contains(a.Body, "drop table") {
				t.Errorf("%s: what was sent comes back: %.300s", name, a.Body)
			}
		}
		if n := w.count(`select count(*) from journal`); n != before {
			t.Errorf("%d acts were done", n-before)
		}
	})
}

func TestAnotherKindOfBody(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	at := "/trajectories/" + w.begin(true) + "/contributions"
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ";+"} {
		w.ask("lead", "POST", at, oneAnswer, "Content-Type", kind).problem(http.StatusUnsupportedMediaType)
	}
	for _, kind := range []string{"application/json", "application/json; charset=utf-8", ""} {
		w.ask("lead", "POST", at, oneAnswer, "Content-Type", kind).id()
	}
	w.ask("lead", "GET", "/me", "", "Accept", "text/html").is(200)
}

func TestWordsAreTidied(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	at := "/trajectories/" + w.begin(true)
	id := w.ask("lead", "POST", at+"/contributions", `{"element_id":"f1.q1","kind":"fact","source":"twee\nregels\u202e","body":"een\r\ntwee\u0000 <b>drie</b>\u200b"}`).id()
	var c api.Contribution
	a := w.ask("lead", "GET", at+"/contributions/"+id, "").into(&c)
	if c.Body != "een\ntwee <b>drie</b>" || c.Source != "twee regels" || strings.Contains(a.Body, "<b>") {
		t.Errorf("%+v %s", c, a.Body)
	}
}

func TestWhoMayComeIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, header := range map[string][]string{
			"nobody":              nil,
			"another scheme":      {"Basic " + w.tokens["lead"]},
			"no such token":       {"Bearer lk_" + strings.Repeat("a", 43)},
			"no token at all":     {"Bearer "},
			"a token in quotes":   {`Bearer "` + w.tokens["lead"] + `"`},
			"two tokens":          {"Bearer " + w.tokens["lead"], "Bearer " + w.tokens["member"]},
			"a token and a token": {"Bearer " + w.tokens["lead"] + ", Bearer " + w.tokens["member"]},
			"a sign-in":           {"Bearer " + strings.TrimPrefix(w.tokens["lead"], "lk_")},
			"a very long one":     {"Bearer lk_" + strings.Repeat("a", 20_000)},
		} {
			r := httptest.NewRequest("GET", "http://localhost:8080/api/v1/me", nil)
			for _, h := range header {
				r.Header.Add("Authorization", h)
			}
			r.AddCookie(&http.Cookie{Name: "leerkring", Value: w.tokens["lead"]})
			a := w.send(name, r)
			if p := a.problem(401); p.Detail == "" || !strings.HasPrefix(a.Header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s: %+v %v", name, p, a.Header)
			}
		}
		w.ask("lead", "GET", "/me", "").is(200)
		w.exec(`update person set state = 'suspended' where id = $1`, w.ids["member"])
		w.ask("member", "GET", "/me", "").problem(401)
		w.clock.Move(201 * 24 * time.Hour)
		w.ask("lead", "GET", "/me", "").problem(401)
	})
}

func TestATokenThatMayOnlyRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		w.tokens["lead"] = w.token("lead", account.ScopeRead)
		w.ask("lead", "GET", at, "").is(200)
		before := w.count(`select count(*) from journal`)
		for _, r := range api.Routes() {
			if r.Method == "GET" {
				continue
			}
			path := strings.TrimPrefix(strings.NewReplacer("{id}", strings.TrimPrefix(at, "/trajectories/"), "{", "0000000000000000000000", "}", "").Replace(r.Pattern), api.Prefix)
			if p := w.ask("lead", r.Method, path, `{}`, "If-Match", "1").problem(403); p.Detail == "" {
				t.Errorf("%s: %+v", r, p)
			}
		}
		if n := w.count(`select count(*) from journal`); n != before {
			t.Errorf("%d acts were done", n-before)
		}
	})
}

// TestRefusalsSpeakToPeople: in the language that is asked for, else in that of the school.
func TestRefusalsSpeakToPeople(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	for lang, want := range map[string]string{"": "Dit token", "en-GB,en;q=0.8": "This token", "fr": "Dit token"} {
		w.tokens["lead"] = w.token("lead", account.ScopeRead)
		if p := w.ask("lead", "POST", "/trajectories", `{}`, "Accept-Language", lang).problem(403); !strings.HasPrefix(p.Detail, want) {
			t.Errorf("%q: %s", lang, p.Detail)
		}
	}
	var m api.Method
	a := w.ask("lead", "GET", "/methods/verbetercyclus", "", "Accept-Language", "en").into(&m)
	if m.Stages[0].Name != "Explore" || strings.Contains(a.Body, "{leer") {
		t.Errorf("%+v", m.Stages[0])
	}
}

func TestPieces(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		for i := range 7 {
			w.ask("member", "POST", at+"/contributions", fmt.Sprintf(`{"element_id":"f1.q1","body":"Nummer %d."}`, i)).id()
		}
		for _, path := range []string{at + "/contributions", "/people", "/trajectories/" + strings.TrimPrefix(at, "/trajectories/") + "/people"} {
			var whole struct{ Items []json.RawMessage }
			w.ask("lead", "GET", path+"?limit=200", "").into(&whole)
			var got []string
			cursor, pieces := "", 0
			for {
				var piece struct {
					Items []json.RawMessage
					Next  string
				}
				w.ask("lead", "GET", path+"?limit=3&cursor="+cursor, "").into(&piece)
				if len(piece.Items) > 3 || len(piece.Items) == 0 {
					t.Fatalf("%s: a piece of %d", path, len(piece.Items))
				}
				for _, raw := range piece.Items {
					got = append(got, string(raw))
				}
				if pieces++; piece.Next == "" {
					break
				}
				cursor = piece.Next
			}
			if len(got) != len(whole.Items) || pieces != (len(got)+2)/3 {
				t.Errorf("%s: %d in %d pieces, %d at once", path, len(got), pieces, len(whole.Items))
			}
			for i := range got {
				if got[i] != string(whole.Items[i]) {
					t.Errorf("%s: %s", path, got[i])
				}
			}
		}
	})
}
