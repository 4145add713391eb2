package web

import (
	"leerkring/access"
	"leerkring/internal/serve"
	accountweb "leerkring/web/account"
	exploreweb "leerkring/web/explore"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	weekweb "leerkring/web/week"
)

// Rooms are the rooms of the web, ready to answer.
type Rooms struct {
	Account    *accountweb.Room
	Week       *weekweb.Room
	Trajectory *trajectoryweb.Room
	Explore    *exploreweb.Room
	Live       *Live
}

func home(r *room.Request) error { return r.Go("/week") }

// Routes is the map of all pages: method, path, what it does to which kind of thing,
// and the handler. A line without its row in the rights' matrix fails a test.
func Routes(m Rooms) []Route {
	a, w, t, l := m.Account, m.Week, m.Trajectory, m.Live
	return []Route{
		{"GET", "/{$}", access.Read, access.Week, SignedIn, home},

		{"GET", "/sign-in", access.NoAction, access.NoKind, Public, a.SignIn},
		{"POST", "/sign-in", access.NoAction, access.NoKind, Public, a.AskLink},
		{"GET", "/sign-in/code", access.NoAction, access.NoKind, Public, a.CodeForm},
		{"POST", "/sign-in/code", access.NoAction, access.NoKind, Public, a.SpendCode},
		{"GET", "/sign-in/link/{secret}", access.NoAction, access.NoKind, ByLink, a.Link},
		{"POST", "/sign-in/link/{secret}", access.NoAction, access.NoKind, ByLink, a.SpendLink},
		{"GET", "/invitations/{secret}", access.NoAction, access.NoKind, ByLink, a.Link},
		{"POST", "/invitations/{secret}", access.NoAction, access.NoKind, ByLink, a.Accept},
		{"POST", "/sign-out", access.NoAction, access.NoKind, Public, a.SignOut},
		{"POST", "/language", access.NoAction, access.NoKind, Public, a.Language},

		{"GET", "/week", access.Read, access.Week, SignedIn, w.Show},
		{"POST", "/week/later", access.Edit, access.Week, SignedIn, w.Later},
		{"POST", "/drafts", access.Edit, access.Draft, SignedIn, SaveDraft},
		{"GET", "/live/week", access.Read, access.Week, SignedIn, l.Week},
		{"GET", "/live/trajectories/{id}", access.Read, access.Trajectory, SignedIn, l.Trajectory},

		{"GET", "/trajectories", access.List, access.Trajectory, SignedIn, t.List},
		{"GET", "/trajectories/new", access.Create, access.Trajectory, SignedIn, t.New},
		{"POST", "/trajectories", access.Create, access.Trajectory, SignedIn, t.Begin},
		{"GET", "/trajectories/{id}", access.Read, access.Trajectory, SignedIn, t.Show},
		{"GET", "/trajectories/{id}/stages/{stage}", access.Read, access.Trajectory, SignedIn, t.More},
		{"GET", "/trajectories/{id}/history", access.Read, access.Trajectory, SignedIn, t.History},
		{"GET", "/trajectories/{id}/people", access.Read, access.Membership, SignedIn, t.People},
		{"POST", "/trajectories/{id}/people", access.Invite, access.Trajectory, SignedIn, t.Invite},
		{"POST", "/trajectories/{id}/people/part", access.Invite, access.Trajectory, SignedIn, t.HandOver},
		{"POST", "/trajectories/{id}/people/leave", access.Remove, access.Membership, SignedIn, t.Leave},
		{"GET", "/trajectories/{id}/move/form", access.Lead, access.Trajectory, SignedIn, t.MoveForm},
		{"POST", "/trajectories/{id}/move", access.Lead, access.Trajectory, SignedIn, t.Move},
		{"POST", "/trajectories/{id}/gate/{element}", access.Edit, access.Trajectory, SignedIn, t.CallGate},
		{"GET", "/trajectories/{id}/settings/form", access.Lead, access.Trajectory, SignedIn, t.Settings},
		{"POST", "/trajectories/{id}/settings", access.Lead, access.Trajectory, SignedIn, t.Edit},
		{"POST", "/trajectories/{id}/state", access.Lead, access.Trajectory, SignedIn, t.SetState},
		{"POST", "/trajectories/{id}/next", access.Lead, access.Trajectory, SignedIn, t.NextCycle},
		{"POST", "/trajectories/{id}/cards/{card}", access.Read, access.Trajectory, SignedIn, t.PutCardAway},

		{"POST", "/trajectories/{id}/answers", access.Create, access.Contribution, SignedIn, t.Answer},
		{"GET", "/trajectories/{id}/questions/{element}", access.Read, access.Contribution, SignedIn, t.All},
		{"GET", "/trajectories/{id}/contributions/{contribution}", access.Read, access.Contribution, SignedIn, t.One},
		{"POST", "/trajectories/{id}/contributions/{contribution}/reply", access.Create, access.Reaction, SignedIn, t.Reply},
		{"POST", "/trajectories/{id}/contributions/{contribution}/edit", access.Edit, access.Contribution, SignedIn, t.EditAnswer},
		{"POST", "/trajectories/{id}/contributions/{contribution}/withdraw", access.Remove, access.Contribution, SignedIn, t.Withdraw},
		{"POST", "/trajectories/{id}/contributions/{contribution}/settle", access.Settle, access.Contribution, SignedIn, t.Settle},
		{"POST", "/trajectories/{id}/rounds", access.Lead, access.Round, SignedIn, t.OpenRound},
		{"POST", "/trajectories/{id}/rounds/{round}/close", access.Lead, access.Round, SignedIn, t.CloseRound},
		{"POST", "/trajectories/{id}/links", access.Create, access.Link, SignedIn, t.MakeLink},
		{"POST", "/trajectories/{id}/links/{link}/close", access.Remove, access.Link, SignedIn, t.CloseLink},
		{"GET", "/trajectories/{id}/explore", access.Read, access.Trajectory, SignedIn, m.Explore.Show},
		{"POST", "/trajectories/{id}/explore/candidates", access.Create, access.FocusPoint, SignedIn, m.Explore.Cluster},
		{"POST", "/trajectories/{id}/explore/candidates/{focus}", access.Edit, access.Trajectory, SignedIn, m.Explore.Reword},
		{"POST", "/trajectories/{id}/explore/candidates/{focus}/choose", access.Decide, access.FocusPoint, SignedIn, m.Explore.Choose},
		{"POST", "/trajectories/{id}/explore/ratings", access.Lead, access.Round, SignedIn, m.Explore.OpenRating},
		{"POST", "/trajectories/{id}/explore/ratings/{round}", access.Create, access.Contribution, SignedIn, m.Explore.Rate},
		{"POST", "/trajectories/{id}/explore/ratings/{round}/close", access.Lead, access.Round, SignedIn, m.Explore.CloseRating},

		{"GET", "/say/{secret}", access.Read, access.Link, ByLink, t.PupilForm},
		{"POST", "/say/{secret}", access.Create, access.PupilContribution, ByLink, t.PupilAnswer},
	}
}

// RuleOf tells the outer door what is different for a route.
func RuleOf(routes []Route) func(pattern string) serve.Rule {
	rules := map[string]serve.Rule{}
	for _, r := range routes {
		rule := serve.Rule{Link: r.Door == ByLink}
		if len(r.Pattern) > 6 && r.Pattern[:6] == "/live/" {
			rule.Stream = true
		}
		rules[r.Method+" "+r.Pattern] = rule
	}
	return func(pattern string) serve.Rule { return rules[pattern] }
}
