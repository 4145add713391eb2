package account

import (
	"net/http"
	"net/url"
	"strings"

	"rsc.io/qr"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type passwordPage struct {
	r        *room.Request
	Tabs     []ui.Tab
	Email    ui.Field
	Password ui.Field
	Code     ui.Field
	Next     string
	Devices  []ui.Option
	Secret   ui.Field // of a second factor, to type over
	Size     int
	Cells    []cell
	Codes    []string
}

type cell struct{ X, Y int }

func (rm *Room) passwordField(r *room.Request, label, complete string) ui.Field {
	f := ui.Field{Name: "password", Label: r.T.T(label), Error: r.Error("password"), Type: "password", Autocomplete: complete, Required: true, Max: account.PasswordLongest}
	f.Attrs = map[string]any{"data-draft": "off"}
	return f
}

// PasswordForm is where somebody comes in with a password.
func (rm *Room) PasswordForm(r *room.Request) error {
	if r.SignIn != "" && r.Err == nil {
		return r.Go("/week")
	}
	p := passwordPage{r: r, Email: r.Field("email", "account.email", ""), Next: rm.next(r), Devices: devices(r), Password: rm.passwordField(r, "account.password_own", "current-password")}
	p.Email.Type, p.Email.Autocomplete, p.Email.Required, p.Email.Max = "email", "username", true, 200
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.password_title")), passwordForm(p)))
}

// EnterPassword takes the first half; the second is asked on the next page.
func (rm *Room) EnterPassword(r *room.Request) error {
	f := r.Form()
	email, device, next := f.Line("email", 200), f.Line("device", 10), account.CleanNext(f.Next("next"))
	password := typed(r)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.PasswordForm)
	}
	in, err := rm.Accounts.EnterPassword(r.Ctx(), email, password, rm.browser(r, device))
	if err != nil {
		return r.Refused(err, rm.PasswordForm)
	}
	rm.Cookies.Set(r.W, in)
	return r.Go(secondAt(next))
}

// typed is a password as it was typed: nothing of it is tidied.
func typed(r *room.Request) string {
	f := r.Form()
	if !f.Has("password") {
		return ""
	}
	return f.Typed("password")
}

func secondAt(next string) string {
	if next == "" {
		return "/sign-in/second"
	}
	return "/sign-in/second?next=" + url.QueryEscape(next)
}

func passwordAt(next string) string {
	if next == "" {
		return "/sign-in/password"
	}
	return "/sign-in/password?next=" + url.QueryEscape(next)
}

// FactorForm asks for the second factor.
func (rm *Room) FactorForm(r *room.Request) error {
	in, err := rm.Accounts.Pending(r.Ctx(), rm.Cookies.Secret(r.R))
	if errs.IsAbsent(err) || err == nil && in.Way != account.ByPassword {
		return r.Go("/sign-in/password")
	}
	if err != nil {
		return err
	}
	p := passwordPage{r: r, Next: rm.next(r), Code: factorField(r)}
	p.Code.Hint = r.T.T("account.factor_hint_either")
	return r.Render(statusOf(r), ui.BarePage(rm.bare(r, r.T.T("account.factor_title")), factorForm(p)))
}

func factorField(r *room.Request) ui.Field {
	f := r.Field("code", "account.factor_code", "")
	f.Max, f.Hint = 12, r.T.T("account.factor_hint")
	return f
}

// EnterFactor lets the browser in that knew the password.
func (rm *Room) EnterFactor(r *room.Request) error {
	f := r.Form()
	code, next := f.Line("code", 40), account.CleanNext(f.Next("next"))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.FactorForm)
	}
	in, err := rm.Accounts.EnterFactor(r.Ctx(), rm.Cookies.Secret(r.R), code, rm.browser(r, ""))
	if errs.IsAbsent(err) {
		return r.Go("/sign-in/password") // it took too long: the first half is over
	}
	if err != nil {
		return r.Refused(err, rm.FactorForm)
	}
	in.Next = next
	return rm.enter(r, in)
}

// NewPassword is where somebody chooses a password.
func (rm *Room) NewPassword(r *room.Request) error {
	if err := rm.Confirmed(r); err != nil && r.Err == nil {
		return rm.Refused(r, err, "/account/password", rm.Security)
	}
	p := passwordPage{r: r, Tabs: tabs(r, "security"), Password: rm.passwordField(r, "account.password_new", "new-password")}
	p.Password.Hint = r.T.T("account.password_hint", "n", account.PasswordShortest)
	h := r.Head(r.T.T("account.password_set"), "")
	h.Lead = r.T.T("account.password_lead")
	r.Style(&h, "account")
	return r.Page(h, newPassword(p))
}

// ChoosePassword keeps it until its second factor was shown to work.
func (rm *Room) ChoosePassword(r *room.Request) error {
	f := r.Form()
	password := typed(r)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.NewPassword)
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.ChoosePassword(r.Ctx(), in, password); err != nil {
		return rm.Refused(r, err, "/account/password", rm.NewPassword)
	}
	return r.Go("/account/password/code")
}

// NewFactor shows the second factor, for an app to read.
func (rm *Room) NewFactor(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	made, err := rm.Accounts.NewFactor(r.Ctx(), in)
	if errs.IsAbsent(err) {
		return r.Go("/account/password")
	}
	if asksToConfirm(err) {
		return r.Go(confirmAt("/account/password/code"))
	}
	if err != nil {
		return err
	}
	p := passwordPage{r: r, Tabs: tabs(r, "security"), Code: factorField(r)}
	p.Secret = ui.Field{Name: "secret", Label: r.T.T("account.factor_secret"), Value: inFours(made.Secret), Wide: true, Rows: 2, Attrs: map[string]any{"readonly": true, "spellcheck": "false", "data-draft": "off"}}
	if err := p.draw(made.URL); err != nil {
		return err
	}
	h := r.Head(r.T.T("account.factor_set"), "")
	h.Lead = r.T.T("account.factor_lead")
	r.Style(&h, "account")
	return r.Page(h, newFactor(p))
}

// draw makes the picture that an app reads.
func (p *passwordPage) draw(text string) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return errs.Because(err, "draw a second factor")
	}
	const quiet = 4
	p.Size = code.Size + 2*quiet
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				p.Cells = append(p.Cells, cell{x + quiet, y + quiet})
			}
		}
	}
	return nil
}

func inFours(s string) string {
	var parts []string
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), " ")
}

// KeepPassword makes the password ready and shows the recovery codes, this once.
func (rm *Room) KeepPassword(r *room.Request) error {
	f := r.Form()
	code := f.Line("code", 40)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.NewFactor)
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	codes, err := rm.Accounts.KeepPassword(r.Ctx(), in, code, rm.browser(r, ""))
	if err != nil {
		return rm.Refused(r, err, "/account/password/code", rm.NewFactor)
	}
	return rm.showCodes(r, codes)
}

// RenewCodes makes new recovery codes and shows them, this once.
func (rm *Room) RenewCodes(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	codes, err := rm.Accounts.RenewCodes(r.Ctx(), in)
	if err != nil {
		return rm.Refused(r, err, "/account/security#password", rm.Security)
	}
	return rm.showCodes(r, codes)
}

func (rm *Room) showCodes(r *room.Request, codes []string) error {
	r.Typed = nil // what was typed is for another page
	h := r.Head(r.T.T("account.codes_title"), "")
	h.Lead = r.T.T("account.codes_lead")
	r.Style(&h, "account")
	r.W.Header().Set("Cache-Control", "no-store")
	return r.Render(http.StatusOK, ui.Layout(h, recoveryCodes(passwordPage{r: r, Tabs: tabs(r, "security"), Codes: codes})))
}

// RemovePassword takes the own password away.
func (rm *Room) RemovePassword(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.RemovePassword(r.Ctx(), in); err != nil {
		return rm.Refused(r, err, "/account/security#password", rm.Security)
	}
	return r.Said("/account/security#password", "account_password_removed")
}

// ownPassword fills in how it stands with the password.
func (rm *Room) ownPassword(p *securityPage, in account.SignIn) error {
	w, err := rm.Accounts.OwnPassword(p.r.Ctx(), in)
	if err != nil {
		return err
	}
	p.HasPassword = w.Ready
	if w.Ready {
		p.PasswordNote = p.r.T.T("account.password_since", "date", day(p.r, p.r.T.Day(w.MadeAt)))
		p.CodesNote = p.r.T.T("account.codes_left", "n", w.Left)
	}
	return nil
}
