// Package account is the door and one's own account: signing in by a mailed link or code
// or a passkey, the first welcome in three steps, showing once more who you are, and what
// somebody tells and manages about the own account. It also has the page of help.
//
// Promises: opening a link has no effect; where somebody is signed in is shown to that
// person only, and as a day; the secret of a token is on one page, once.
package account

import (
	"context"
	"embed"
	"net/http"
	"net/url"
	"strings"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/internal/serve"
	bye "leerkring/leaving"
	"leerkring/notify"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Accounts *account.Service
	Schools  *school.Service
	Cookies  Cookies
	Notify   *notify.Service
	Log      *account.Log
	Leaving  *bye.Service
	// Carries tells whether somebody carries work that is better handed over before they go.
	Carries func(ctx context.Context, k school.Known) (bool, error)
}

// Cookies keeps the sign-in of a browser.
type Cookies interface {
	Set(w http.ResponseWriter, in account.Entered)
	Clear(w http.ResponseWriter)
	Secret(r *http.Request) string
}

// here is the sign-in of this browser.
func (rm *Room) here(r *room.Request) (account.SignIn, error) {
	return rm.Accounts.Authenticate(r.Ctx(), rm.Cookies.Secret(r.R))
}

// Confirmed refuses when somebody has not shown lately who they are: for acts of other
// rooms that ask for it. Answers gives what to do with the refusal.
func (rm *Room) Confirmed(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if !in.Confirmed(r.Now()) {
		return errs.Invalid(account.ConfirmFirst)
	}
	return nil
}

// Private refuses when private areas are closed to this browser: shown too long ago who it is, or
// somebody else changed a way in. For pages of other rooms that open what is somebody's own.
func (rm *Room) Private(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if !in.Private(r.Now()) {
		return errs.Invalid(account.ConfirmFirst)
	}
	return nil
}

// Refused is room.Request.Refused for acts that may ask to confirm first: then it leads to
// the page that does, and back to a page of ours.
func (rm *Room) Refused(r *room.Request, err error, back string, again room.Handler) error {
	if asksToConfirm(err) {
		return r.Go(confirmAt(back))
	}
	return r.Refused(err, again)
}

func asksToConfirm(err error) bool {
	for _, f := range errs.FieldsOf(err) {
		if f.Key == account.ConfirmFirst {
			return true
		}
	}
	return false
}

func confirmAt(back string) string { return "/account/confirm?next=" + url.QueryEscape(back) }

// tabs are the pages of the own account.
func tabs(r *room.Request, current string) []ui.Tab {
	list := []struct{ key, href string }{{"you", "/account"}, {"mail", "/account/mail"}, {"security", "/account/security"}}
	if !r.Known.Person.Guest {
		list = append(list, struct{ key, href string }{"tokens", "/account/tokens"})
	}
	var out []ui.Tab
	for _, t := range list {
		out = append(out, ui.Tab{Text: r.T.T("account.tab_" + t.key), Href: t.href, Current: t.key == current})
	}
	return out
}

// browser is what the door may know of the browser that comes in.
func (rm *Room) browser(r *room.Request, device string) account.Browser {
	b := account.Browser{Device: account.ParseDevice(device), Name: browserName(r.R.UserAgent()), Old: rm.Cookies.Secret(r.R)}
	if a := serve.Client(r.Ctx()); a.IsValid() {
		b.Address = a.String()
	}
	return b
}

// browserName makes «Firefox, Windows» of what a browser says of itself, and nothing finer.
func browserName(agent string) string {
	name := pick(agent, "", "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari")
	system := pick(agent, "", "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS", "Mac", "CrOS", "Chromebook", "Linux", "Linux")
	return strings.Trim(name+", "+system, ", ")
}

func pick(agent, none string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.Contains(agent, pairs[i]) {
			return pairs[i+1]
		}
	}
	return none
}
