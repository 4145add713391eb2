// Package roomtest asks the pages of a room as people would, without a server: real
// services and templates, the routes of the room, and the words of the school.
//
// Every page that comes back is looked at: its HTML is right, it carries no style and no
// script in its text, and no sentence is missing in either language.
package roomtest

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/assets"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/web/ui/markup"
	"leerkring/writing"
)

// Site is a few pages with their people.
type Site struct {
	t     testing.TB
	d     *db.DB
	House *room.House
	Lang  string // of whoever asks; Dutch when empty
	mux   *http.ServeMux
	ctx   context.Context
}

// Reply is what a page answered.
type Reply struct {
	Status   int
	Body     string
	Location string // where it went on to
	Err      error  // what the door would have shown instead
}

// New returns a site without pages. texts are those of the rooms whose pages and refusals
// are shown, beside those of the house.
func New(t testing.TB, d *db.DB, c clock.Clock, library *method.Library, texts ...fs.FS) *Site {
	t.Helper()
	catalog := i18n.Must(append([]fs.FS{page.Texts, ui.TextFiles, access.Texts, room.Texts, school.Texts, trajectory.Texts}, texts...)...)
	t.Cleanup(func() {
		for _, missed := range catalog.Missed() {
			t.Errorf("no text for %s", missed)
		}
	})
	return &Site{t: t, d: d, mux: http.NewServeMux(), House: &room.House{Clock: c, Drafts: writing.NewDrafts(d, c), Catalog: catalog, Library: library}}
}

// Route puts a page under a method and a pattern, as the map of routes does.
func (s *Site) Route(method, pattern string, h room.Handler) {
	s.mux.HandleFunc(method+" "+pattern, func(w http.ResponseWriter, req *http.Request) {
		r, err := s.request(w, req)
		if err == nil {
			err = h(r)
		}
		if err != nil {
			*req.Context().Value(failed{}).(*error) = err
			w.WriteHeader(page.Status(err))
		}
	})
}

type failed struct{}

// request gathers who asks and in which words.
func (s *Site) request(w http.ResponseWriter, req *http.Request) (*room.Request, error) {
	var known school.Known // nobody, on a page for anybody
	signIn := ""
	if id := person(req); id != "" {
		var err error
		if known, err = school.Knows(req.Context(), s.d, id); err != nil {
			return nil, err
		}
		signIn = "sign-in"
	}
	lang := s.Lang
	if lang == "" {
		lang = i18n.Default
	}
	sc := known.Home()
	words := s.House.Library.Words(method.Sector(sc.Sector), lang, nil)
	return &room.Request{W: w, R: req, House: s.House, Known: known, SignIn: signIn, Words: words, T: s.House.Catalog.Texts(lang, words.All(), sc.Location())}, nil
}

// person is who asks: named by a test, or by the cookie of a browser.
func person(req *http.Request) string {
	if c, err := req.Cookie("person"); err == nil {
		return c.Value
	}
	return req.Header.Get("Person")
}

// Serve answers browsers too, and gives the address; /as/ID makes a browser somebody's.
func (s *Site) Serve() string {
	s.mux.Handle(assets.Prefix, assets.Handler())
	s.mux.HandleFunc("GET /as/{person}", func(w http.ResponseWriter, req *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "person", Value: req.PathValue("person"), Path: "/", HttpOnly: true})
		http.Redirect(w, req, req.URL.Query().Get("to"), http.StatusSeeOther)
	})
	quiet := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) } // nothing changes by itself, drafts are taken
	for _, pattern := range []string{"GET /live/", "POST /drafts", "/healthz"} {
		s.mux.HandleFunc(pattern, quiet)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var failure error
		s.mux.ServeHTTP(w, req.WithContext(withFailure(req, &failure)))
	}))
	s.t.Cleanup(server.Close)
	return server.URL
}

// Get opens a page.
func (s *Site) Get(personID, target string) Reply {
	s.t.Helper()
	return s.ask(personID, httptest.NewRequest(http.MethodGet, target, nil))
}

// Post sends a form; fields are names and values in turn.
func (s *Site) Post(personID, target string, fields ...string) Reply {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.ask(personID, req)
}

// PostBody sends a body of some kind, such as a form with a file.
func (s *Site) PostBody(personID, target, kind, body string) Reply {
	s.t.Helper()
	req := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	req.Header.Set("Content-Type", kind)
	return s.ask(personID, req)
}

// Counting counts the queries of what f asks: a page makes as many however much there is.
func (s *Site) Counting(f func()) int {
	ctx, n := db.Counting(s.t.Context())
	s.ctx = ctx
	defer func() { s.ctx = nil }()
	f()
	return n()
}

func (s *Site) ask(personID string, req *http.Request) Reply {
	s.t.Helper()
	req.Header.Set("Person", personID)
	if s.ctx != nil {
		req = req.WithContext(s.ctx)
	}
	var reply Reply
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, req.WithContext(withFailure(req, &reply.Err)))
	reply.Status, reply.Body, reply.Location = w.Code, w.Body.String(), w.Header().Get("Location")
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		s.look(req, reply.Body)
	}
	return reply
}

// look judges a page as every page is judged.
func (s *Site) look(req *http.Request, body string) {
	s.t.Helper()
	for _, fault := range markup.Check(body) {
		s.t.Errorf("%s %s: %s", req.Method, req.URL, fault)
	}
	if strings.Contains(body, " style=") {
		s.t.Errorf("%s %s: there is a style in the text", req.Method, req.URL)
	}
}

// Has fails unless the page shows each of these.
func (r Reply) Has(t testing.TB, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(r.Body, p) {
			t.Errorf("there is no %q on the page (status %d, %v)", p, r.Status, r.Err)
		}
	}
}

// Lacks fails when the page shows any of these.
func (r Reply) Lacks(t testing.TB, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(r.Body, p) {
			t.Errorf("there is %q on the page", p)
		}
	}
}

// withFailure lets a handler tell its error to who asked.
func withFailure(req *http.Request, err *error) context.Context {
	return context.WithValue(req.Context(), failed{}, err)
}
