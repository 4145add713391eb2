package account

import (
	"net/http"
	"net/url"
	"strings"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// The cookie that ties a visit to the login of a school to one browser; over plain HTTP (a
// loopback) it cannot carry the prefix that binds it to its host.
const (
	visitCookie      = "__Host-visit"
	plainVisitCookie = "visit"
	visitSeconds     = 600
)

func visitName(r *room.Request) string {
	if r.House.Secure {
		return visitCookie
	}
	return plainVisitCookie
}

func visitSecret(r *room.Request) string {
	if c, err := r.R.Cookie(visitName(r)); err == nil {
		return c.Value
	}
	return ""
}

// loginButton sends somebody to the login of a school.
type loginButton struct{ ID, Text, Action string }

// loginButtons are the logins that are on: of one board, or of all with "".
func (rm *Room) loginButtons(r *room.Request, boardID string) ([]loginButton, error) {
	list, err := rm.Accounts.LoginsOn(r.Ctx())
	if err != nil {
		return nil, err
	}
	var out []loginButton
	for _, l := range list {
		if boardID == "" || l.BoardID == boardID {
			out = append(out, loginButton{ID: l.ID, Text: r.T.T("account.login_by", "name", l.Name), Action: account.LoginPath + l.ID})
		}
	}
	if len(out) == 1 {
		out[0].Text = r.T.T("account.login_school")
	}
	return out, nil
}

type leavingPage struct {
	r    *room.Request
	Trip account.Trip
}

// GoToLogin sends a browser to the login of a school, to come in.
func (rm *Room) GoToLogin(r *room.Request) error {
	f := r.Form()
	device, next, invitation := f.Line("device", 10), account.CleanNext(f.Next("next")), f.Line("invitation", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.loginFailed)
	}
	id, err := r.ID("login")
	if err != nil {
		return err
	}
	trip, err := rm.Accounts.BeginLogin(r.Ctx(), id, invitation, next, visitSecret(r), rm.browser(r, device))
	if err != nil {
		return r.Refused(err, rm.loginFailed)
	}
	return rm.Leave(r, trip)
}

// Leave shows where the browser goes, and goes there. A form may not lead to another house,
// so the page in between does; it needs no script.
func (rm *Room) Leave(r *room.Request, trip account.Trip) error {
	http.SetCookie(r.W, &http.Cookie{Name: visitName(r), Value: trip.Secret, Path: "/", MaxAge: visitSeconds, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.House.Secure})
	r.W.Header().Set("Refresh", "0; url="+trip.URL)
	r.W.Header().Set("Referrer-Policy", "no-referrer")
	return r.Render(http.StatusOK, ui.BarePage(rm.bare(r, r.T.T("account.leaving_title", "name", trip.Name)), leaving(leavingPage{r, trip})))
}

// Visitor is what another room needs to send its own browser to a login.
func (rm *Room) Visitor(r *room.Request) (in account.SignIn, secret string, b account.Browser, err error) {
	in, err = rm.here(r)
	return in, visitSecret(r), rm.browser(r, ""), err
}

// ConfirmByLogin sends whoever is signed in to the login of their school, to show who it is.
func (rm *Room) ConfirmByLogin(r *room.Request) error {
	f := r.Form()
	next := account.CleanNext(f.Next("next"))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Confirm)
	}
	id, in, err := rm.loginOf(r)
	if err != nil {
		return err
	}
	trip, err := rm.Accounts.BeginLoginConfirm(r.Ctx(), in, id, next, visitSecret(r), rm.browser(r, ""))
	if err != nil {
		return r.Refused(err, rm.Confirm)
	}
	return rm.Leave(r, trip)
}

// LinkLogin sends whoever is signed in to the login of their school, to come in by it from
// then on.
func (rm *Room) LinkLogin(r *room.Request) error {
	id, in, err := rm.loginOf(r)
	if err != nil {
		return err
	}
	trip, err := rm.Accounts.BeginLoginLink(r.Ctx(), in, id, visitSecret(r), rm.browser(r, ""))
	if err != nil {
		return rm.Refused(r, err, "/account/security#logins", rm.Security)
	}
	return rm.Leave(r, trip)
}

func (rm *Room) loginOf(r *room.Request) (string, account.SignIn, error) {
	id, err := r.ID("login")
	if err != nil {
		return "", account.SignIn{}, err
	}
	in, err := rm.here(r)
	return id, in, err
}

// UnlinkLogin takes one of the own logins away.
func (rm *Room) UnlinkLogin(r *room.Request) error {
	id, in, err := rm.loginOf(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.Unlink(r.Ctx(), in, id); err != nil {
		return rm.Refused(r, err, "/account/security#logins", rm.Security)
	}
	return r.Said("/account/security#logins", "account_login_unlinked")
}

// BackFromLogin is where a login sends people back to.
func (rm *Room) BackFromLogin(r *room.Request) error {
	q := r.R.URL.Query()
	back := account.LoginReturn{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Refused: q.Get("error")}
	if !ident.Valid(r.Path("login")) {
		return errs.Absent()
	}
	end, err := rm.Accounts.FinishLogin(r.Ctx(), r.Path("login"), back, visitSecret(r), rm.Cookies.Secret(r.R), rm.browser(r, ""))
	if err != nil {
		return r.Refused(err, rm.loginFailed)
	}
	http.SetCookie(r.W, &http.Cookie{Name: visitName(r), Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.House.Secure})
	switch end.Purpose {
	case account.LoginTried:
		return r.Go("/admin/school-login?tried=" + url.QueryEscape(r.Path("login")) + "#login-" + r.Path("login"))
	case account.LoginLinked:
		return r.Said("/account/security#logins", "account_login_linked")
	case account.LoginConfirmed:
		rm.Cookies.Set(r.W, end.Entered)
		return r.Go(orAccount(end.Entered.Next))
	}
	return rm.enter(r, end.Entered)
}

type failedPage struct {
	r        *room.Request
	Text     string
	SignedIn bool
}

// loginFailed is the one page on which every visit ends that came to nothing.
func (rm *Room) loginFailed(r *room.Request) error {
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.login_failed")), loginFailed(failedPage{r, deadText(r), r.SignIn != ""})))
}

type linkedRow struct{ ID, Name, Note string }

// logins fills in by which logins somebody comes in, and which could be connected.
func (rm *Room) logins(p *securityPage, in account.SignIn) error {
	r := p.r
	linked, err := rm.Accounts.LinkedTo(r.Ctx(), in)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, l := range linked {
		known[l.LoginID] = true
		row := linkedRow{ID: l.ID, Name: l.Name, Note: r.T.T("account.login_since", "date", day(r, r.T.Day(l.MadeAt)))}
		if l.UsedOn != "" {
			row.Note = r.T.T("account.login_used", "since", day(r, r.T.Day(l.MadeAt)), "used", day(r, l.UsedOn))
		}
		if l.Name == "" {
			row.Name = r.T.T("account.login_gone")
		}
		p.Linked = append(p.Linked, row)
	}
	if r.Known.Person.Guest {
		return nil
	}
	open, err := rm.Accounts.LoginsOf(r.Ctx(), in)
	if err != nil {
		return err
	}
	p.HasLogin = len(open) > 0
	for _, l := range open {
		if !known[l.ID] {
			p.Linkable = append(p.Linkable, loginButton{ID: l.ID, Text: r.T.T("account.login_link", "name", l.Name), Action: "/account/logins/" + l.ID})
		}
	}
	return nil
}

// host is a name without its port, as people know it.
func host(s string) string {
	name, _, _ := strings.Cut(s, ":")
	return name
}
