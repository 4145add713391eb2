package web

import "leerkring/access"

// handing are the pages on which work goes to a colleague and comes back, and on which one
// colleague helps another on the way.
func handing(m Rooms) []Route {
	h, a, n := m.Handover, m.Admin, m.Newcomer
	return []Route{
		{"GET", "/handover", access.Read, access.Account, SignedIn, h.Own},
		{"POST", "/handover", access.Edit, access.Account, SignedIn, h.Give},
		{"POST", "/handover/{id}/end", access.Edit, access.Account, SignedIn, h.TakeAllBack},
		{"POST", "/handover/items/{id}/take-back", access.Edit, access.Account, SignedIn, h.TakeBack},
		{"POST", "/handover/items/{id}/give-back", access.Edit, access.Account, SignedIn, h.GiveBack},
		{"POST", "/handover/items/{id}/pass-on", access.Edit, access.Account, SignedIn, h.PassOn},
		{"POST", "/trajectories/{id}/take-over", access.Manage, access.Membership, SignedIn, h.TakeOver},
		{"POST", "/trajectories/{id}/take-up", access.Manage, access.Membership, SignedIn, h.TakeUp},
		{"POST", "/trajectories/{id}/agreement/take-over", access.Settle, access.AgreementPage, SignedIn, h.TakeCare},
		{"GET", "/newcomers", access.Read, access.Team, SignedIn, n.List},
		{"GET", "/newcomers/{person}/form", access.Ask, access.Team, SignedIn, n.Form},
		{"POST", "/newcomers/{person}/colleague", access.Ask, access.Team, SignedIn, n.Name},
		{"POST", "/newcomers/{person}/offer", access.Promise, access.Team, SignedIn, n.Offer},
		{"POST", "/newcomers/{person}/stop", access.Edit, access.Week, SignedIn, n.Stop},
		{"POST", "/newcomers/{person}/again", access.Edit, access.Week, SignedIn, n.Again},
		{"POST", "/admin/people/{id}/substitute", access.Manage, access.Account, SignedIn, a.Substitute},
		{"POST", "/admin/people/{id}/substitute/{standing}/stop", access.Manage, access.Account, SignedIn, a.StopSubstitute},
	}
}
