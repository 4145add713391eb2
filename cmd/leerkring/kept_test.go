package main

import (
	"testing"

	"leerkring/access"
	keptweb "leerkring/web/kept"
)

// The paper for the council cannot drift: what a page touches and what is kept about a person
// stands on exactly one of its lines, and what a line says holds for everything it stands for.
func TestProofF_ThePaperForTheCouncilCannotDrift(t *testing.T) {
	t.Parallel()
	var routed []access.Kind
	for _, r := range pages() {
		if r.Kind != access.NoKind {
			routed = append(routed, r.Kind)
		}
	}
	if len(routed) < 100 {
		t.Fatalf("only %d routes seen", len(routed))
	}
	for _, gap := range keptweb.Gaps(kept(), routed) {
		t.Errorf("%s is not told of once on the paper: give it its place in web/kept/line.go", gap)
	}
	for _, l := range keptweb.Lines() {
		for _, k := range l.Kinds {
			for _, r := range access.Readers() {
				if got, want := access.SightOf(k, r), l.Sight(r); got != want {
					t.Errorf("line %s: reader %d sees %d of %s and %d of the others: part them", l.ID, r, got, k, want)
				}
			}
		}
	}
}
