//go:build browser

package journey

import (
	"testing"

	"leerkring/test/browser"
)

// looks are the ways in which every page is seen: a page that is fine in one of them may
// still be unreadable in another.
var looks = []struct {
	name string
	how  []browser.Option
}{
	{"wide, light", nil},
	{"wide, dark", []browser.Option{browser.Dark}},
	{"phone, light", []browser.Option{browser.Phone}},
	{"phone, dark", []browser.Option{browser.Phone, browser.Dark}},
}

// TestAccessibility_Pages asks axe about the pages of the journeys, with something on them.
// One engine is enough: pages do not know which database they stand on.
func TestAccessibility_Pages(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "sqlite:"+dir+"/leerkring.db", "--data", dir)
	marieke, noor := s.comes("kartrekker"), s.comes("docent")
	at := marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
	marieke.asks(at, "Noor Haddad", "Lid van de groep", "mens en maatschappij")
	noor.answers(at, "f1.q1", "In 3 vwo sloegen drie leerlingen hun boek pas open toen ik naast hen stond.")
	marieke.Goto(at + "/plan")
	marieke.Fill("Wat willen we bereiken?", "Leerlingen pakken een grote vraag zelf aan.")
	marieke.Fill("Wat doet iedereen?", "Elke week één open vraag.")
	marieke.Click("Zet het eerste plan neer")
	stranger := &person{s.browser.Person("a stranger"), t}
	check(t, stranger, "/sign-in")
	check(t, marieke, "/week", "/trajectories", "/trajectories/new?method=verbetercyclus", at, at+"/questions/f1.q1", at+"/explore", at+"/sources", at+"/plan",
		at+"/plan/edit", at+"/plan/items/new?kind=goal", at+"/decisions/new", at+"/meetings", at+"/meetings/new", at+"/monitor", at+"/people", at+"/history", at+"/settings/form",
		"/account", "/help")
	check(t, noor, "/week", at, at+"/plan")
}

// check looks at pages in every way.
func check(t *testing.T, p *person, pages ...string) {
	t.Helper()
	for _, look := range looks {
		p.Look(look.how...) // before the page opens: a change of scheme fades from one colour to the other
		for _, page := range pages {
			p.Goto(page)
			p.Axe()
			if px := p.Sideways(); px > 0 {
				t.Errorf("%s, %s: %d pixels too wide", page, look.name, px)
			}
		}
	}
}
