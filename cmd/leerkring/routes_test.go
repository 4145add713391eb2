package main

import (
	"testing"

	"leerkring/access"
	"leerkring/web"
)

// pages are all routes of the web. Handlers of rooms that are not there are never called.
func pages() []web.Route { return web.Routes(web.Rooms{}) }

// Every page has its row in the matrix: a door without one fails the build.
func TestProofC1_EveryRouteHasItsRowInTheMatrix(t *testing.T) {
	t.Parallel()
	var routes []access.Route
	for _, p := range pages() {
		r := access.Route{Method: p.Method, Pattern: p.Pattern, Action: p.Action, Kind: p.Kind}
		if p.Door != web.SignedIn && p.Kind == access.NoKind {
			r.Public, r.Note = true, "opens before sign-in"
		}
		if p.Handler == nil {
			t.Errorf("%s has no handler", r)
		}
		routes = append(routes, r)
	}
	if len(routes) < 40 {
		t.Fatalf("only %d routes seen", len(routes))
	}
	for _, wrong := range access.CheckRoutes(routes) {
		t.Error(wrong)
	}
}
