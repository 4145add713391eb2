package room

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/assets"
	"leerkring/web/ui"
	"leerkring/writing"
)

// Handler answers one request of a browser.
type Handler func(r *Request) error

// Request is one request of a browser, with the person who asks.
type Request struct {
	W      http.ResponseWriter
	R      *http.Request
	House  *House
	Known  school.Known // the zero value when nobody is signed in
	SignIn string       // id of the sign-in, "" when nobody is signed in
	T      *i18n.Texts
	Words  *method.Words // the sector's and the school's words, for texts of packs
	Typed  *page.Form    // the form that was sent; empty on a page that was asked for
	Err    error         // why the form was refused

	Upload   int64  // largest file that this route takes, in bytes; 0 when it takes none
	Location string // where the reply sends the browser, for a repeated request
}

// House is what all requests share.
type House struct {
	Clock   clock.Clock
	Drafts  *writing.Drafts
	Catalog *i18n.Catalog
	Library *method.Library
	// Shelf gives the packs that can be begun at a school; the Library when nil.
	Shelf   func(ctx context.Context, q db.Queryer, schoolID string) (*method.Library, error)
	DB      *db.DB
	Rooms   []Entry // the main menu, in order
	Demo    bool
	BaseURL string // where people reach the house, for links that are shown
	Secure  bool   // served over https: cookies say so
}

// Entry is one room of the main menu. May tells whether this person sees it.
type Entry struct {
	Key, Href, Icon string
	May             func(school.Known) bool
}

// Ctx is the context of the request.
func (r *Request) Ctx() context.Context { return r.R.Context() }

// Library is what this person can begin with: our packs and those of the own school.
func (r *Request) Library() (*method.Library, error) {
	if r.House.Shelf == nil || len(r.Known.Schools) == 0 {
		return r.House.Library, nil
	}
	return r.House.Shelf(r.Ctx(), r.House.DB, r.School().ID)
}

// Who is the person asking, as the rights see them.
func (r *Request) Who() access.Who { return r.Known.Who }

// School is the school whose words and calendar this person sees.
func (r *Request) School() school.School { return r.Known.Home() }

// Now is this moment.
func (r *Request) Now() time.Time { return r.House.Clock.Now() }

// Today is the day on the wall of the school.
func (r *Request) Today() clock.Date { return clock.On(r.Now(), r.School().Location()) }

// ID returns an id from the path. What has not the shape of one is absent.
func (r *Request) ID(name string) (string, error) {
	id := r.R.PathValue(name)
	if !ident.Valid(id) {
		return "", errs.Absent()
	}
	return id, nil
}

// Path returns a word from the path, such as the id of a pack's element.
func (r *Request) Path(name string) string { return r.R.PathValue(name) }

// Form reads the form that was sent. Refused fields are collected: ask Err once, after
// reading them all.
func (r *Request) Form() *page.Form {
	if r.Typed == nil {
		if r.Upload > 0 && page.IsUpload(r.R) {
			r.Typed = page.ReadUpload(r.R, r.Upload)
		} else {
			r.Typed = page.ReadForm(r.R)
		}
	}
	return r.Typed
}

// Pack renders a text of a pack in the language and the words of the person.
func (r *Request) Pack(t method.Text) string { return r.Words.Render(t) }

// Person is somebody as the pages show them.
func Person(p school.Person) ui.Person {
	return ui.Person{Name: p.Name, Hue: p.Hue}
}

// Head begins the head of a page in a room of the menu.
func (r *Request) Head(title, current string) ui.PageHead {
	h := ui.PageHead{
		Texts: r.T, Title: title, Theme: r.Known.Person.Theme, Home: "/",
		Styles:  []string{assets.URL("app.css")},
		Scripts: []string{assets.URL("app.js")},
		Fonts:   []string{assets.URL("font/atkinson-next-latin.woff2")},
		Mark:    assets.URL("img/mark.svg"),
		Heading: title,
		Flash:   r.flash(),
	}
	if r.SignIn == "" {
		return h
	}
	for _, e := range r.House.Rooms {
		if e.May == nil || e.May(r.Known) {
			h.Rooms = append(h.Rooms, ui.Room{Name: r.T.T("menu." + e.Key), Href: e.Href, Icon: e.Icon, Current: e.Key == current})
		}
	}
	h.Menu, h.Help = r.menu(), r.help()
	return h
}

func (r *Request) menu() *ui.Menu {
	other, name := "en", "English"
	if r.T.Lang() == "en" {
		other, name = "nl", "Nederlands"
	}
	items := []ui.MenuItem{
		{Text: r.T.T("menu.account"), Icon: "user", Href: "/account"},
		{Text: name, Icon: "languages", Action: "/account/language", Name: "language", Value: other},
		{Text: r.T.T("menu.help"), Icon: "circle-help", Href: "/help"},
		{Text: r.T.T("menu.sign_out"), Icon: "log-out", Action: "/sign-out"},
	}
	if r.House.Demo { // nothing is mailed there: this is where it can be read
		items = append([]ui.MenuItem{{Text: r.T.T("menu.outbox"), Icon: "mail", Href: "/outbox"}}, items...)
	}
	return &ui.Menu{Person: Person(r.Known.Person), Items: items}
}

// Style adds the page's own style.
func (r *Request) Style(h *ui.PageHead, name string) {
	if assets.Has("page/" + name + ".css") {
		h.Styles = append(h.Styles, assets.URL("page/"+name+".css"))
	}
}

// flash is what was just done, said once after a redirect. Only keys under «said» count,
// so an address cannot put words of its own on a page.
func (r *Request) flash() *ui.Flash {
	key := r.R.URL.Query().Get("said")
	if key == "" || strings.ContainsAny(key, " <>\"") || !r.T.Has("said."+key) {
		return nil
	}
	return &ui.Flash{Text: r.T.T("said." + key)}
}

// Render writes a whole page.
func (r *Request) Render(status int, body templ.Component) error {
	return page.Render(r.W, r.R, status, body)
}

// Page writes an ordinary page in the frame.
func (r *Request) Page(h ui.PageHead, body templ.Component) error {
	return r.Render(r.status(), ui.Layout(h, body))
}

// status is 200, or 422 for a form that comes back.
func (r *Request) status() int {
	if r.Err != nil {
		return page.Status(r.Err)
	}
	return http.StatusOK
}

// Said goes to a page of ours and tells there what was done. key stands under «said».
func (r *Request) Said(to, key string) error {
	path, fragment, _ := strings.Cut(to, "#")
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	path += sep + "said=" + key
	if fragment != "" {
		path += "#" + fragment
	}
	return r.Go(path)
}

// Go goes to a page of ours.
func (r *Request) Go(to string) error {
	r.Location = to
	page.SeeOther(r.W, r.R, to)
	return nil
}

// Refused shows a form again with what was typed and why it was refused. Other errors
// go on to the door.
func (r *Request) Refused(err error, again Handler) error {
	switch errs.KindOf(err) {
	case errs.KindInvalid, errs.KindConflict, errs.KindLimited, errs.KindUnavailable:
		r.Err = err
		page.Refused(r.W, err) // when it makes sense to try again
		e := again(r)
		if errs.IsAbsent(e) && r.Typed != nil && r.Typed.Broken() {
			return err // which page it was stood in the form
		}
		return e
	}
	return err
}

// Speak changes the language of the page: that of whom a link is for.
func (r *Request) Speak(lang string) {
	if lang != "" && lang != r.T.Lang() {
		r.Words = r.House.Library.Words(method.Sector(r.School().Sector), lang, nil)
		r.T = r.House.Catalog.Texts(lang, r.Words.All(), r.T.Zone())
	}
}

// SpeakFor speaks as a school does, in its language and with its own words: on the page of
// a link nobody is known whose language it could be.
func (r *Request) SpeakFor(sc school.School) {
	own := map[method.Token]method.Text{}
	for token, word := range sc.Words {
		own[method.Token(token)] = method.Text{NL: word, EN: word}
	}
	r.Words = r.House.Library.Words(method.Sector(sc.Sector), sc.Language, own)
	r.T = r.House.Catalog.Texts(sc.Language, r.Words.All(), sc.Location())
}
