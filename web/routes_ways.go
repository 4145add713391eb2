package web

import "leerkring/access"

// ways are the pages on which somebody finds a way of working and looks at it. They show the
// content of the house: nothing on them belongs to anybody.
func ways(m Rooms) []Route {
	w := m.Method
	return []Route{
		{"GET", "/methods", access.List, access.Method, SignedIn, w.List},
		{"GET", "/methods/{id}", access.Read, access.Method, SignedIn, w.One},
		{"GET", "/words", access.List, access.Method, SignedIn, w.Words},
		{"GET", "/further-reading", access.List, access.Method, SignedIn, w.Further},
		{"GET", "/kept", access.NoAction, access.NoKind, Public, m.Kept.Register},
		{"GET", "/kept/paper", access.NoAction, access.NoKind, Public, m.Kept.Paper},
		{"GET", "/coach", access.List, access.Method, SignedIn, w.Coach},
	}
}
