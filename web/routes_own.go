package web

import "leerkring/access"

// own are the pages on which a school makes a way of working its own.
func own(m Rooms) []Route {
	a := m.Author
	return []Route{
		{"GET", "/own-methods", access.List, access.Method, SignedIn, a.List},
		{"GET", "/own-methods/new", access.Create, access.Method, SignedIn, a.New},
		{"POST", "/own-methods", access.Create, access.Method, SignedIn, a.Copy},
		{"POST", "/own-methods/import", access.Create, access.Method, SignedIn, a.Look},
		{"POST", "/own-methods/import/apply", access.Create, access.Method, SignedIn, a.BringIn},
		{"GET", "/own-methods/{id}/edit", access.Edit, access.Method, SignedIn, a.Edit},
		{"POST", "/own-methods/{id}", access.Edit, access.Method, SignedIn, a.Save},
		{"GET", "/own-methods/{id}/stages/{stage}/edit", access.Edit, access.Method, SignedIn, a.EditStage},
		{"POST", "/own-methods/{id}/stages/{stage}", access.Edit, access.Method, SignedIn, a.SaveStage},
		{"GET", "/own-methods/{id}/preview", access.Read, access.Method, SignedIn, a.Show},
		{"GET", "/own-methods/{id}/differences", access.Read, access.Method, SignedIn, a.Differences},
		{"GET", "/own-methods/{id}/file", access.Export, access.Method, SignedIn, a.File},
		{"POST", "/own-methods/{id}/publish", access.Share, access.Method, SignedIn, a.Publish},
		{"POST", "/own-methods/{id}/retire", access.Remove, access.Method, SignedIn, a.Retire},
		{"POST", "/own-methods/{id}/return", access.Remove, access.Method, SignedIn, a.Return},
	}
}
