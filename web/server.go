// Package web is the door for browsers: routes.go is the map of all pages, and every
// request comes through one handler that knows who asks, in which words, and with which
// right each route is guarded.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Cookie is the name of the sign-in cookie; over plain HTTP (a loopback) it cannot carry
// the prefix that binds it to its host.
const (
	secureCookie = "__Host-leerkring"
	plainCookie  = "leerkring"
)

// Door tells how far in a route is.
type Door int

// The doors.
const (
	SignedIn Door = iota // a person with a full sign-in; the default
	Public               // anybody
	ByLink               // whoever holds the link in the address
)

// Route is one line of the map.
type Route struct {
	Method  string
	Pattern string
	Action  access.Action
	Kind    access.Kind
	Door    Door
	Handler room.Handler
}

// keeps reports that a page may be told what was read before, while nothing changed. Who
// asks is found out before; a stream asks again and again who may still listen.
func (r Route) keeps() bool {
	return r.Method == http.MethodGet && r.Door == SignedIn && !strings.HasPrefix(r.Pattern, "/live/")
}

// SignIns tells who a cookie belongs to.
type SignIns interface {
	// Who returns the sign-in and its person behind a secret; absent when it opens nothing.
	Who(ctx context.Context, secret string) (signIn, personID string, err error)
}

// Server answers browsers.
type Server struct {
	DB      *db.DB
	House   *room.House
	SignIns SignIns
	Log     *slog.Logger
	Secure  bool // served over https
	words   wordCache

	uploading gate
}

// Mux puts the routes under one handler.
func (s *Server) Mux(routes []Route) *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Method+" "+route.Pattern, s.handle(route))
	}
	mux.Handle("/", s.handle(Route{Door: Public, Handler: func(*room.Request) error { return errs.Absent() }}))
	return mux
}

func (s *Server) handle(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r, err := s.request(w, req)
		if err == nil && route.Door == SignedIn && r.SignIn == "" {
			s.toSignIn(r)
			return
		}
		if err == nil && page.IsUpload(req) && uploads[route.Method+" "+route.Pattern] {
			err = s.upload(r)
			defer s.uploading.leave(err)
		}
		if err == nil {
			if route.keeps() {
				r.R = r.R.WithContext(db.Keeping(r.Ctx()))
			}
			err = s.once(r, route)
		}
		if err != nil {
			s.refuse(r, err)
		}
	})
}

// request gathers who asks and in which words.
func (s *Server) request(w http.ResponseWriter, req *http.Request) (*room.Request, error) {
	r := &room.Request{W: w, R: req, House: s.House}
	var failed error
	if c, err := req.Cookie(s.cookieName()); err == nil && c.Value != "" {
		failed = s.signedIn(r, c.Value)
	}
	lang := r.Known.Person.Language
	if lang == "" && r.SignIn != "" {
		lang = r.School().Language
	}
	if lang == "" {
		lang = s.House.Catalog.Match(cookieValue(req, "language"), req.Header.Get("Accept-Language"))
	}
	sc := r.School()
	r.Words = s.words.of(s.House.Library, sc, lang)
	r.T = s.words.texts(s.House.Catalog, sc, lang, r.Words)
	return r, failed
}

// Secret is the secret of the sign-in cookie of a request.
func (s *Server) Secret(req *http.Request) string { return cookieValue(req, s.cookieName()) }

func cookieValue(req *http.Request, name string) string {
	if c, err := req.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

func (s *Server) cookieName() string {
	if s.Secure {
		return secureCookie
	}
	return plainCookie
}

func (s *Server) signedIn(r *room.Request, secret string) error {
	signIn, personID, err := s.SignIns.Who(r.Ctx(), secret)
	if errs.IsAbsent(err) {
		return nil // an old cookie: the person signs in again
	}
	if err != nil {
		return err
	}
	known, err := school.Knows(r.Ctx(), s.DB, personID)
	if errs.IsAbsent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	r.SignIn, r.Known = signIn, known
	return nil
}

// once lets a form that is sent twice be done once, with the same reply.
func (s *Server) once(r *room.Request, route Route) error {
	ofPupil := route.Kind == access.PupilContribution // of whom nothing is kept, also no moment
	if r.R.Method != http.MethodPost || r.SignIn == "" && !ofPupil {
		return route.Handler(r)
	}
	key := ""
	if r.R.Header.Get("Content-Type") == "application/x-www-form-urlencoded" || r.Upload > 0 && page.IsUpload(r.R) {
		key = formKey(r)
	}
	if key == "" {
		return route.Handler(r)
	}
	if ofPupil {
		r.R = r.R.WithContext(db.OnceAs(r.Ctx(), db.Key{Actor: "pupil", Key: key, Day: true}))
		return route.Handler(r)
	}
	r.R = r.R.WithContext(db.Once(r.Ctx(), r.Who().ID, key))
	err := route.Handler(r)
	if errors.Is(err, db.ErrRepeated) {
		return s.repeated(r, key)
	}
	if err == nil && r.Location != "" {
		s.remember(r, key)
	}
	return err
}

// remember keeps where a form led. That it could not be kept is no reason to call what was
// done refused: a repeated form then leads to its own page.
func (s *Server) remember(r *room.Request, key string) {
	reply := db.Reply{Status: http.StatusSeeOther, Location: r.Location}
	if err := db.SetReply(r.Ctx(), s.DB, r.Who().ID, key, reply); err != nil {
		s.Log.Error("reply not kept", "error", err.Error())
	}
}

// formKey is the key that a form carries, "" when it has none or is no form.
func formKey(r *room.Request) string {
	if key := r.Form().Typed("idempotency_key"); ident.ValidCode(key, 20) {
		return key
	}
	return ""
}

// repeated gives the reply of the first time; when that was lost, the page that the form was on.
func (s *Server) repeated(r *room.Request, key string) error {
	reply, err := db.ReplyTo(r.Ctx(), s.DB, r.Who().ID, key)
	if err != nil {
		return err
	}
	if reply.Location == "" {
		reply.Location = refererPath(r.R)
	}
	page.SeeOther(r.W, r.R, reply.Location)
	return nil
}

func refererPath(req *http.Request) string {
	_, rest, ok := strings.Cut(req.Referer(), "://"+req.Host)
	if !ok || !page.Local(rest) {
		return "/"
	}
	return rest
}

// toSignIn keeps where somebody wanted to go. A form that was sent says so instead: its
// draft is kept, and the page is there again after signing in.
func (s *Server) toSignIn(r *room.Request) {
	if r.R.Header.Get("Accept") == "text/event-stream" || r.R.Method != http.MethodGet {
		s.signedOut(r)
		return
	}
	next := r.R.URL.RequestURI()
	if next == "/" || !page.Local(next) {
		page.SeeOther(r.W, r.R, "/sign-in")
		return
	}
	page.SeeOther(r.W, r.R, "/sign-in?next="+queryEscape(next))
}

// refuse turns an error into a page: one clear message, nothing betrayed.
func (s *Server) refuse(r *room.Request, err error) {
	kind := errs.KindOf(err)
	gone := r.R.Context().Err() != nil // nobody waits for the answer any more: no failure of ours
	if (kind == errs.KindInternal || kind == errs.KindUnavailable) && !gone {
		s.Log.Error("request failed", "route", r.R.Pattern, "error", err.Error())
	}
	text := ""
	for _, f := range errs.FieldsOf(err) {
		text = r.Say(f)
	}
	s.draw(r, kind, page.Refused(r.W, err), text)
}

// kindNames are the keys of the error pages.
var kindNames = map[errs.Kind]string{errs.KindAbsent: "absent", errs.KindInvalid: "invalid", errs.KindConflict: "conflict", errs.KindLimited: "limited", errs.KindUnavailable: "unavailable", errs.KindInternal: "internal"}

// draw writes the page of a refusal; text says more than the page's own sentence.
func (s *Server) draw(r *room.Request, kind errs.Kind, status int, text string) {
	name := kindNames[kind]
	h := r.Head(r.T.T("error."+name+"_title"), "")
	h.Heading, h.Flash = "", nil
	if text == "" {
		text = r.T.T("error." + name + "_text")
	}
	if e := page.Render(r.W, r.R, status, ui.BarePage(h, room.ErrorPage(r, name, text))); e != nil {
		if r.R.Context().Err() == nil {
			s.Log.Error("error page failed", "error", e.Error())
		}
		http.Error(r.W, r.T.T("error.internal_title"), http.StatusInternalServerError)
	}
}

// signedOut answers a form or stream of somebody who is no longer signed in.
func (s *Server) signedOut(r *room.Request) {
	h := r.Head(r.T.T("error.signed_out_title"), "")
	h.Heading, h.Flash = "", nil
	if err := page.Render(r.W, r.R, http.StatusUnauthorized, ui.BarePage(h, room.ErrorPage(r, "signed_out", r.T.T("error.signed_out_text")))); err != nil {
		s.Log.Error("error page failed", "error", err.Error())
	}
}

// wordCache keeps the words and texts of schools: they change when a school changes its words.
type wordCache struct{ words, catalogs syncMap }

func (c *wordCache) of(lib *method.Library, sc school.School, lang string) *method.Words {
	key := lang + "|" + sc.ID + "|" + string(sc.Sector) + "|" + joined(sc.Words)
	return c.words.get(key, func() any {
		own := map[method.Token]method.Text{}
		for token, word := range sc.Words {
			own[method.Token(token)] = method.Text{NL: word, EN: word}
		}
		return lib.Words(method.Sector(sc.Sector), lang, own)
	}).(*method.Words)
}

func (c *wordCache) texts(catalog *i18n.Catalog, sc school.School, lang string, words *method.Words) *i18n.Texts {
	key := lang + "|" + sc.ID + "|" + string(sc.Sector) + "|" + sc.Zone + "|" + joined(sc.Words)
	return c.catalogs.get(key, func() any {
		return catalog.Texts(lang, words.All(), sc.Location())
	}).(*i18n.Texts)
}
