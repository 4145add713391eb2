package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leerkring/access"
	"leerkring/api"
)

// TestProofC7_WhatIsListedCanBeRead asks every collection as everybody, with random filters,
// pieces and cursors: what is in it can be read by its own address too, comes once, and is
// not more than somebody may read.
func TestProofC7_WhatIsListedCanBeRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		open, shut := w.ground(true), w.ground(false)
		var lists []access.Route
		reads := map[string]bool{}
		for _, r := range api.Routes() {
			if r.Method == http.MethodGet {
				reads[r.Pattern] = true
			}
		}
		for _, r := range api.Routes() {
			if r.Method == http.MethodGet && !strings.HasSuffix(r.Pattern, "}") && len(detail(reads, r.Pattern)) > 0 {
				lists = append(lists, r)
			}
		}
		if len(lists) < 8 {
			t.Fatalf("only %d collections", len(lists))
		}
		filters := queries(t, w)
		listed := 0
		rapid.Check(t, func(rt *rapid.T) {
			name, r := rapid.SampledFrom(cast).Draw(rt, "who"), rapid.SampledFrom(lists).Draw(rt, "what")
			g := rapid.SampledFrom([]*ground{open, shut}).Draw(rt, "where")
			q := url.Values{"limit": {fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "limit"))}}
			for _, f := range filters[r.Pattern] {
				if rapid.Bool().Draw(rt, f.name) {
					q.Set(f.name, rapid.SampledFrom(f.values).Draw(rt, "value"))
				}
			}
			path, _, _ := strings.Cut(g.path(r, g.parts), "?")
			seen := map[string]bool{}
			for range 300 { // more pages than any list has, one line on each
				a := w.ask(name, http.MethodGet, path+"?"+q.Encode(), "")
				if a.Status != http.StatusOK {
					if a.Status != http.StatusNotFound && a.Status != http.StatusUnprocessableEntity {
						rt.Fatalf("%s as %s: %d", path, name, a.Status)
					}
					return
				}
				var l struct {
					Items []struct{ ID string }
					Next  string
				}
				if err := json.Unmarshal([]byte(a.Body), &l); err != nil {
					rt.Fatal(err)
				}
				for _, x := range l.Items {
					if x.ID == "" {
						continue
					}
					if seen[x.ID] {
						rt.Fatalf("%s as %s: %s comes twice", path, name, x.ID)
					}
					seen[x.ID] = true
					listed++
					one := path + "/" + x.ID
					if r.Pattern == "/api/v1/people" && q.Has("school") { // a single one takes the school that its list was asked for
						one += "?school=" + q.Get("school")
					}
					if got := w.ask(name, http.MethodGet, one, ""); got.Status != http.StatusOK {
						rt.Fatalf("%s lists %s to %s, and reading it: %d", path, x.ID, name, got.Status)
					}
				}
				if l.Next == "" {
					return
				}
				q.Set("cursor", l.Next)
			}
			rt.Fatalf("%s as %s: never ends", path, name)
		})
		if listed == 0 {
			t.Error("nothing was ever listed: the test proves nothing")
		}
	})
}

// detail is the pattern by which one of a collection is read.
func detail(reads map[string]bool, list string) string {
	for p := range reads {
		if rest, ok := strings.CutPrefix(p, list+"/{"); ok && !strings.Contains(rest, "/") {
			return p
		}
	}
	return ""
}

type filter struct {
	name   string
	values []string
}

// queries are the questions that the description lets a program ask of each collection.
func queries(t *testing.T, w *town) map[string][]filter {
	t.Helper()
	var d struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Schema   struct{ Enum []string }
			}
		}
	}
	w.ask("", http.MethodGet, "/openapi.json", "").into(&d)
	out := map[string][]filter{}
	for path, methods := range d.Paths {
		for _, p := range methods["get"].Parameters {
			if p.In != "query" || p.Name == "limit" || p.Name == "cursor" {
				continue
			}
			values := slices.Clone(p.Schema.Enum)
			if len(values) == 0 {
				values = []string{w.founded.SchoolID, w.second, w.teamID, w.ids["lead"], "x", "06h25zrz68n8tkbp5cem3x13v0"}
			}
			out[path] = append(out[path], filter{p.Name, values})
		}
	}
	return out
}
