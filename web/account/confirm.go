package account

import (
	"net/http"
	"net/url"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/web/ui"
)

const confirmCookie = "confirm" // the ticket that ties a code to this browser

type confirmPage struct {
	r        *room.Request
	Next     string
	Pending  bool // a second proof is still asked: only a passkey will do
	Locked   bool // somebody else changed a way in: an older passkey opens private areas
	Passkeys bool
	Code     ui.Field
	Logins   []loginButton // of the school, that ask again who it is
}

// next is where somebody was on the way to.
func (rm *Room) next(r *room.Request) string {
	next := r.R.URL.Query().Get("next")
	if r.Typed != nil {
		next = r.Typed.Typed("next")
	}
	return account.CleanNext(next)
}

// waiting is the sign-in of this browser, also one that waits for its second proof.
func (rm *Room) waiting(r *room.Request) (account.SignIn, error) {
	in, err := rm.here(r)
	if errs.IsAbsent(err) {
		return rm.Accounts.Pending(r.Ctx(), rm.Cookies.Secret(r.R))
	}
	return in, err
}

// Confirm is where somebody shows once more who they are: before what changes a way in,
// for private areas, and as the second proof of a sign-in.
func (rm *Room) Confirm(r *room.Request) error {
	in, err := rm.waiting(r)
	if errs.IsAbsent(err) {
		return r.Go("/sign-in")
	}
	if err != nil {
		return err
	}
	if in.Pending && in.Way == account.ByPassword {
		return r.Go(secondAt(rm.next(r)))
	}
	p := confirmPage{r: r, Next: rm.next(r), Pending: in.Pending, Locked: in.Locked(r.Now())}
	if in.Confirmed(r.Now()) && !p.Locked && r.Err == nil {
		return r.Go(orAccount(p.Next))
	}
	if rm.Accounts.HasPasskeys() {
		keys, err := rm.Accounts.Passkeys(r.Ctx(), in)
		if err != nil {
			return err
		}
		p.Passkeys = len(keys) > 0
	}
	if !in.Pending && !p.Locked {
		linked, err := rm.Accounts.LinkedTo(r.Ctx(), in)
		if err != nil {
			return err
		}
		for _, l := range linked {
			if l.Again {
				p.Logins = append(p.Logins, loginButton{ID: l.LoginID, Text: r.T.T("account.login_again_at", "name", l.Name), Action: "/account/confirm/school/" + l.LoginID})
			}
		}
	}
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.confirm_title")), confirm(p)))
}

func orAccount(next string) string {
	if next == "" {
		return "/account"
	}
	return next
}

// AskConfirm mails a code to whoever is signed in here.
func (rm *Room) AskConfirm(r *room.Request) error {
	f := r.Form()
	next := account.CleanNext(f.Next("next"))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Confirm)
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	ticket, err := rm.Accounts.RequestConfirm(r.Ctx(), in)
	if err != nil {
		return r.Refused(err, rm.Confirm)
	}
	http.SetCookie(r.W, &http.Cookie{Name: confirmCookie, Value: ticket, Path: "/account/confirm", MaxAge: 1800, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.House.Secure})
	return r.Go("/account/confirm/code?next=" + url.QueryEscape(next))
}

// ConfirmForm asks for the code from the mail.
func (rm *Room) ConfirmForm(r *room.Request) error {
	p := confirmPage{r: r, Next: rm.next(r), Code: r.Field("code", "account.code", "")}
	p.Code.Max, p.Code.Hint = 12, r.T.T("account.code_hint")
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.look_in_mail")), confirmCode(p)))
}

// ConfirmCode confirms with the code from the mail and goes on.
func (rm *Room) ConfirmCode(r *room.Request) error {
	f := r.Form()
	code, next := f.Line("code", 40), account.CleanNext(f.Next("next"))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.ConfirmForm)
	}
	ticket := ""
	if c, err := r.R.Cookie(confirmCookie); err == nil {
		ticket = c.Value
	}
	in, err := rm.Accounts.ConfirmCode(r.Ctx(), rm.Cookies.Secret(r.R), ticket, code, rm.browser(r, ""))
	if err != nil {
		return r.Refused(err, rm.ConfirmForm)
	}
	rm.Cookies.Set(r.W, in)
	http.SetCookie(r.W, &http.Cookie{Name: confirmCookie, Path: "/account/confirm", MaxAge: -1, HttpOnly: true, Secure: r.House.Secure})
	return r.Go(orAccount(next))
}
