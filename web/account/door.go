package account

import (
	"net/http"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/ui"
)

const ticketCookie = "ticket"

type doorPage struct {
	r        *room.Request
	Email    ui.Field
	Code     ui.Field
	Next     string
	SentTo   string
	Devices  []ui.Option
	Passkeys bool
	Logins   []loginButton
}

func (rm *Room) bare(r *room.Request, title string) ui.PageHead {
	h := r.Head(title, "")
	h.Heading, h.Menu, h.Rooms = "", nil, nil
	r.Style(&h, "welcome")
	h.Languages = languages(r, "/language")
	return h
}

// languages are those to change to; the form is another one for who is signed in.
func languages(r *room.Request, action string) []ui.Language {
	var out []ui.Language
	for _, l := range []struct{ tag, name string }{{"nl", "Nederlands"}, {"en", "English"}} {
		if l.tag != r.T.Lang() {
			out = append(out, ui.Language{Tag: l.tag, Name: l.name, Action: action})
		}
	}
	return out
}

// SignIn is where somebody comes in.
func (rm *Room) SignIn(r *room.Request) error {
	if r.SignIn != "" && r.Err == nil {
		return r.Go("/week")
	}
	if in, err := rm.Accounts.Pending(r.Ctx(), rm.Cookies.Secret(r.R)); err == nil && r.Err == nil && in.Way != account.ByPassword {
		return r.Go("/account/confirm") // somebody who still has to show a passkey
	}
	next := r.R.URL.Query().Get("next")
	if r.Typed != nil {
		next = r.Typed.Typed("next")
	}
	p := doorPage{r: r, Email: r.Field("email", "account.email", ""), Next: account.CleanNext(next), Passkeys: rm.Accounts.HasPasskeys()}
	p.Email.Type, p.Email.Autocomplete, p.Email.Required, p.Email.Max = "email", "email", true, 200
	var err error
	if p.Logins, err = rm.loginButtons(r, ""); err != nil {
		return err
	}
	p.Devices = devices(r)
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.open")), signIn(p)))
}

func statusOf(r *room.Request) int {
	if r.Err != nil {
		return page.Status(r.Err)
	}
	return http.StatusOK
}

// AskLink mails a link and a code, and says the same for every address.
func (rm *Room) AskLink(r *room.Request) error {
	f := r.Form()
	email, next := f.Line("email", 200), account.CleanNext(f.Next("next"))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.SignIn)
	}
	ticket, err := rm.Accounts.RequestLink(r.Ctx(), email, next, rm.browser(r, "").Address)
	if err != nil {
		return r.Refused(err, rm.SignIn)
	}
	http.SetCookie(r.W, &http.Cookie{Name: ticketCookie, Value: ticket, Path: "/sign-in", MaxAge: 1800, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.House.Secure})
	return r.Go("/sign-in/code")
}

// CodeForm asks for the code from the mail.
func (rm *Room) CodeForm(r *room.Request) error {
	p := doorPage{r: r, Code: r.Field("code", "account.code", "")}
	p.Code.Max, p.Code.Hint = 12, r.T.T("account.code_hint")
	p.Devices = devices(r)
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.look_in_mail")), codeForm(p)))
}

func devices(r *room.Request) []ui.Option {
	var out []ui.Option
	for _, d := range []account.Device{account.Own, account.Other, account.Shared} {
		out = append(out, ui.Option{Value: string(d), Text: r.T.T("account.device_" + string(d)), On: r.Was("device", string(account.Own)) == string(d)})
	}
	return out
}

// SpendCode lets the browser in that holds the ticket and typed the code.
func (rm *Room) SpendCode(r *room.Request) error {
	f := r.Form()
	code, device := f.Line("code", 40), f.Line("device", 10)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.CodeForm)
	}
	ticket := ""
	if c, err := r.R.Cookie(ticketCookie); err == nil {
		ticket = c.Value
	}
	in, err := rm.Accounts.SpendCode(r.Ctx(), ticket, code, rm.browser(r, device))
	if err != nil {
		return r.Refused(err, rm.CodeForm)
	}
	return rm.enter(r, in)
}

func (rm *Room) enter(r *room.Request, in account.Entered) error {
	rm.Cookies.Set(r.W, in)
	http.SetCookie(r.W, &http.Cookie{Name: ticketCookie, Path: "/sign-in", MaxAge: -1, HttpOnly: true, Secure: r.House.Secure})
	switch {
	case in.SignIn.Pending:
		return r.Go(confirmAt(orWeek(in.Next)))
	case in.First:
		return r.Go("/welcome")
	case in.Next != "":
		return r.Go(in.Next)
	}
	return r.Go("/week")
}

func orWeek(next string) string {
	if next == "" {
		return "/week"
	}
	return next
}

type linkPage struct {
	r       *room.Request
	Link    account.LinkPage
	Action  string
	Devices []ui.Option
	Secret  string        // of an invitation that can be taken up with the login of the school
	Logins  []loginButton // of its board
}

// Link shows what a link is for; opening it has no effect, for mail scanners open links too.
func (rm *Room) Link(r *room.Request) error {
	secret := r.Path("secret")
	l, err := rm.Accounts.CheckLink(r.Ctx(), secret)
	if err != nil {
		return r.Refused(err, rm.deadLink)
	}
	r.Speak(l.Language)
	path := account.SignInPath
	if l.Invitation {
		path = account.InvitationPath
	}
	p := linkPage{r: r, Link: l, Action: path + secret, Devices: devices(r)}
	if l.Invitation && l.Why != account.AsGuest {
		p.Secret = secret
		if p.Logins, err = rm.loginButtons(r, l.BoardID); err != nil {
			return err
		}
	}
	return r.Render(http.StatusOK, ui.BarePage(rm.bare(r, r.T.T("account.welcome_back", "name", l.Name)), linkForm(p)))
}

func (rm *Room) deadLink(r *room.Request) error {
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.link_dead")), deadLink(r)))
}

// SpendLink lets the browser in that pressed the button of the link's page.
func (rm *Room) SpendLink(r *room.Request) error { return rm.spend(r, false) }

// Accept takes up an invitation.
func (rm *Room) Accept(r *room.Request) error { return rm.spend(r, true) }

func (rm *Room) spend(r *room.Request, invitation bool) error {
	f := r.Form()
	device := f.Line("device", 10)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Link)
	}
	spend := rm.Accounts.SpendLink
	if invitation {
		spend = rm.Accounts.Accept
	}
	in, err := spend(r.Ctx(), r.Path("secret"), rm.browser(r, device))
	if err != nil {
		if errs.Is(err, errs.KindInvalid) {
			return r.Refused(err, rm.deadLink)
		}
		return err
	}
	return rm.enter(r, in)
}

// SignOut ends this browser's sign-in and clears what the site kept.
func (rm *Room) SignOut(r *room.Request) error {
	if in, err := rm.waiting(r); err == nil {
		if err := rm.Accounts.SignOut(r.Ctx(), in); err != nil {
			return err
		}
	}
	rm.Cookies.Clear(r.W)
	if r.SignIn != "" {
		keepLanguage(r, r.T.Lang()) // the door goes on in the language of the page
	}
	r.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return r.Go("/sign-in")
}

func keepLanguage(r *room.Request, lang string) {
	http.SetCookie(r.W, &http.Cookie{Name: "language", Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.House.Secure})
}

// Language changes the language of a browser that nobody is signed in with.
func (rm *Room) Language(r *room.Request) error {
	f := r.Form()
	lang := f.Choice("language", "nl", "en")
	if err := f.Err(); err != nil {
		return err
	}
	keepLanguage(r, lang)
	return r.Go(cameFrom(r, "/sign-in"))
}

func deadText(r *room.Request) string {
	for _, f := range errs.FieldsOf(r.Err) {
		return r.Say(f)
	}
	return ""
}
