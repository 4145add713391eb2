package access

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// expectation is one line of the hand-written golden for one kind and action.
type expectation struct {
	always []string
	when   map[string][]string // states joined by +: who more
}

func readGolden(t *testing.T) map[Kind]map[Action]expectation {
	t.Helper()
	text, err := os.ReadFile("testdata/expected.golden")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	for _, p := range Roles() {
		names[p.Name] = []string{p.Name}
	}
	people := func(list string) (all []string) {
		for _, w := range strings.Fields(list) {
			name, out := strings.CutPrefix(w, "-")
			who, ok := names[name]
			if !ok {
				t.Fatalf("the golden names %q, whom the cast does not know", w)
			}
			if out {
				all = slices.DeleteFunc(all, func(p string) bool { return slices.Contains(who, p) })
			} else {
				all = append(all, who...)
			}
		}
		return all
	}
	want := map[Kind]map[Action]expectation{}
	var kinds []Kind
	for _, line := range strings.Split(string(text), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "let "):
			name, list, _ := strings.Cut(line[4:], "=")
			names[strings.TrimSpace(name)] = people(list)
		case line[0] == '[':
			kinds = kinds[:0]
			for _, name := range strings.Fields(strings.Trim(line, "[]")) {
				k, ok := KindByName(name)
				if !ok {
					t.Fatalf("the golden names the kind %q", name)
				}
				if want[k] == nil {
					want[k] = map[Action]expectation{}
				}
				kinds = append(kinds, k)
			}
		default:
			acts, rest, _ := strings.Cut(line, ":")
			e := expectation{when: map[string][]string{}}
			for _, part := range strings.Split(rest, ";") {
				if state, list, ok := strings.Cut(part, ":"); ok {
					e.when[strings.TrimSpace(state)] = people(list)
				} else {
					e.always = people(part)
				}
			}
			for _, name := range strings.Fields(acts) {
				a, ok := actionByName(name)
				if !ok {
					t.Fatalf("the golden names the act %q", name)
				}
				for _, k := range kinds {
					if _, twice := want[k][a]; twice {
						t.Fatalf("the golden says %s · %s twice", k, a)
					}
					want[k][a] = e
				}
			}
		}
	}
	return want
}

// holds reports whether every state of a list such as shared+consent is true of the object.
func holds(t *testing.T, states string, o Object) bool {
	t.Helper()
	for _, s := range strings.Split(states, "+") {
		is, ok := map[string]bool{
			"open": o.Open, "closed": o.Closed, "running": !o.Closed, "shared": o.SharedWithMe, "consent": o.Consent,
			"totals": o.Enough && o.Schools >= 3, "published": o.Published, "unsealed": o.Unsealed,
		}[s]
		if !ok {
			t.Fatalf("the golden names the state %q", s)
		}
		if !is {
			return false
		}
	}
	return true
}

func (e expectation) allows(t *testing.T, part string, o Object) bool {
	t.Helper()
	if slices.Contains(e.always, part) {
		return true
	}
	for states, who := range e.when {
		if holds(t, states, o) && slices.Contains(who, part) {
			return true
		}
	}
	return false
}

// TestEveryRowForEveryRole holds the matrix against what a person wrote down
// independently: every kind, action, state and member of the cast.
func TestEveryRowForEveryRole(t *testing.T) {
	t.Parallel()
	want := readGolden(t)
	tried, allowed := 0, 0
	whenSealed := []Action{Read, List, Aggregate, Edit, React, Share, Export, Settle}
	for _, k := range Kinds() {
		if want[k] == nil {
			t.Errorf("the golden says nothing about %s", k)
		}
		for _, a := range Actions() {
			for _, c := range Cases(k, a, Ground()) {
				expected := want[k][a].allows(t, c.Part.Name, c.Object)
				if c.Sealed && slices.Contains(whenSealed, a) && c.Part.Name != "owner" {
					expected = false
				}
				got, reason := Explain(c.Who, a, c.Object)
				if got != expected {
					t.Errorf("%s, %s: got %v, a person expects %v (%s)", c.Part.Name, c.State.Name, got, expected, reason)
				}
				if c.Want != got {
					t.Errorf("%s, %s: Cases says %v, Explain %v (%s)", c.Part.Name, c.State.Name, c.Want, got, reason)
				}
				tried++
				if got {
					allowed++
				}
			}
		}
	}
	if tried < 100_000 || allowed < 5_000 || allowed > tried/5 {
		t.Errorf("tried %d, allowed %d: the cast or the states have shrunk", tried, allowed)
	}
}
