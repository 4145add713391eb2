package web

import "leerkring/access"

// papers are what can be taken along, and the page that hangs on a wall.
func papers(m Rooms) []Route {
	p := m.Publish
	return []Route{
		{"GET", "/trajectories/{id}/plan/paper/{format}", access.Export, access.Plan, SignedIn, p.Plan},
		{"GET", "/trajectories/{id}/plan/poster", access.Export, access.Plan, SignedIn, p.ShowPoster},
		{"GET", "/trajectories/{id}/plan/poster/{format}", access.Export, access.Plan, SignedIn, p.Poster},
		{"GET", "/trajectories/{id}/meetings/{meeting}/paper/{format}", access.Export, access.Meeting, SignedIn, p.Hour},
		{"GET", "/trajectories/{id}/agreement/paper/{format}", access.Export, access.AgreementPage, SignedIn, p.Agreement},
	}
}
