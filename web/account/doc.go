// Package account is the door: signing in by a mailed link or code or a passkey, the
// first welcome, and a person's own account.
package account

import (
	"embed"
	"net/http"
	"strings"

	"leerkring/account"
	"leerkring/internal/serve"
	"leerkring/school"
	"leerkring/web/room"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Accounts *account.Service
	Schools  *school.Service
	Cookies  Cookies
}

// Cookies keeps the sign-in of a browser.
type Cookies interface {
	Set(w http.ResponseWriter, in account.Entered)
	Clear(w http.ResponseWriter)
	Secret(r *http.Request) string
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
