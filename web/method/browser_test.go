//go:build browser

package method_test

import (
	"strings"
	"testing"

	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which these pages are judged, two for each language: test/sweep
// looks at every page in all four.
var looks = map[string]map[string][]browser.Option{
	"nl": {"desk": nil, "phone-dark": {browser.Phone, browser.Dark}},
	"en": {"desk-dark": {browser.Dark}, "phone": {browser.Phone}},
}

// pages are the pages of this room and the one on which somebody begins: full and empty.
var pages = map[string]string{
	"list":            "/methods",
	"session":         "/methods/incidentmethode",
	"cycle":           "/methods/verbetercyclus",
	"page":            "/methods/kleine-ronde",
	"statements":      "/methods/scan-professionele-cultuur",
	"observing":       "/methods/kijkwijzers",
	"words":           "/words",
	"words-found":     "/words?q=team",
	"words-none":      "/words?q=xyzzy",
	"further":         "/further-reading",
	"coach":           "/coach",
	"coach-leader":    "/coach?for=leader",
	"choose":          "/trajectories/new",
	"begin-cycle":     "/trajectories/new?method=verbetercyclus",
	"begin-page":      "/trajectories/new?method=kleine-ronde",
	"what-we-work-on": "/trajectories",
	"week":            "/week",
	"help":            "/help",
}

// TestAccessibility_WaysOfWorking looks at every page in both languages, light and dark, on a
// desk and on a phone.
func TestAccessibility_WaysOfWorking(t *testing.T) {
	program := whole.Demo(t)
	b := browser.New(t, program.Address)
	noor := b.Person("docent")
	noor.Goto(strings.TrimPrefix(program.Role("docent").SignIn, program.Address))
	noor.Click("Ga naar binnen")
	for _, lang := range []string{"nl", "en"} {
		if lang == "en" {
			noor.Look()
			noor.Goto("/week")
			noor.Click("menu van Noor Haddad")
			noor.Click("English")
		}
		for name, address := range pages {
			for look, how := range looks[lang] {
				noor.Look(how...)
				noor.Goto(address)
				noor.Axe()
				if px := noor.Sideways(); px > 0 {
					t.Errorf("%s %s %s: %d pixels too wide", name, lang, look, px)
				}
				noor.Picture("ways/" + name + "-" + lang + "-" + look)
			}
		}
	}
}
