package web

import "leerkring/access"

// together are the pages of what people do at one time.
func together(m Rooms) []Route {
	s := m.Session
	return []Route{
		{"GET", "/sessions", access.List, access.Session, SignedIn, s.List},
		{"GET", "/sessions/new", access.Create, access.Session, SignedIn, s.New},
		{"POST", "/sessions", access.Create, access.Session, SignedIn, s.Plan},
		{"GET", "/sessions/{id}", access.Read, access.Session, SignedIn, s.Show},
		{"GET", "/sessions/{id}/board", access.Read, access.Session, SignedIn, s.Board},
		{"GET", "/live/sessions/{id}", access.Read, access.Session, SignedIn, m.Live.Session},
		{"POST", "/sessions/{id}/join", access.Edit, access.Session, SignedIn, s.Join},
		{"POST", "/sessions/{id}/leave", access.Edit, access.Session, SignedIn, s.Leave},
		{"POST", "/sessions/{id}/here", access.Lead, access.Session, SignedIn, s.Here},
		{"POST", "/sessions/{id}/role", access.Edit, access.Session, SignedIn, s.Role},
		{"POST", "/sessions/{id}/people", access.Invite, access.Session, SignedIn, s.Ask},
		{"POST", "/sessions/{id}/take-over", access.Edit, access.Session, SignedIn, s.TakeOver},
		{"POST", "/sessions/{id}/begin", access.Lead, access.Session, SignedIn, s.Begin},
		{"POST", "/sessions/{id}/next", access.Lead, access.Session, SignedIn, s.Next},
		{"POST", "/sessions/{id}/back", access.Lead, access.Session, SignedIn, s.Back},
		{"POST", "/sessions/{id}/more", access.Lead, access.Session, SignedIn, s.More},
		{"POST", "/sessions/{id}/pause", access.Lead, access.Session, SignedIn, s.Pause},
		{"POST", "/sessions/{id}/resume", access.Lead, access.Session, SignedIn, s.Resume},
		{"POST", "/sessions/{id}/close", access.Lead, access.Session, SignedIn, s.Close},
		{"POST", "/sessions/{id}/cancel", access.Remove, access.Session, SignedIn, s.Cancel},
		{"POST", "/sessions/{id}/stop", access.Edit, access.Session, SignedIn, s.Stop},
		{"POST", "/sessions/{id}/turn", access.Edit, access.Session, SignedIn, s.PassOn},
		{"POST", "/sessions/{id}/hand", access.Edit, access.Session, SignedIn, s.Hand},
		{"POST", "/sessions/{id}/ready", access.Edit, access.Session, SignedIn, s.Ready},
		{"POST", "/sessions/{id}/texts", access.Create, access.SessionNote, SignedIn, s.Write},
		{"POST", "/sessions/{id}/texts/{text}/withdraw", access.Remove, access.SessionNote, SignedIn, s.Withdraw},
		{"POST", "/sessions/{id}/texts/{text}/keep", access.Edit, access.SessionNote, SignedIn, s.Keep},
		{"POST", "/sessions/{id}/texts/{text}/mark", access.React, access.SessionNote, SignedIn, s.Mark},
		{"POST", "/sessions/{id}/tasks", access.Create, access.Task, SignedIn, s.AddTask},
		{"POST", "/sessions/{id}/tasks/{task}", access.Edit, access.Task, SignedIn, s.HangTask},
		{"POST", "/sessions/{id}/releases", access.Share, access.Session, SignedIn, s.LetGo},
		{"POST", "/sessions/{id}/releases/{release}/withdraw", access.Share, access.Session, SignedIn, s.TakeBack},
	}
}
