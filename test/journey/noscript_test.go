//go:build browser

package journey

import (
	"testing"

	"leerkring/test/browser"
)

// TestProofA_WithoutScript reads the main pages and sends plain forms in a browser that
// runs no script.
func TestProofA_WithoutScript(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		marieke := s.comes("kartrekker", browser.NoScript)
		at := ""
		s.step("begin something", func() {
			at = marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
			marieke.asks(at, "Noor Haddad", "Lid van de groep", "mens en maatschappij")
		})
		noor := s.comes("docent", browser.NoScript)
		s.step("answer a question", func() {
			noor.answers(at, "f1.q1", "Wij doen het hardop voor, elke week één keer.")
		})
		s.step("write a first plan", func() {
			marieke.Goto(at + "/plan")
			marieke.Fill("Wat willen we bereiken?", "Leerlingen pakken een grote vraag zelf aan.")
			marieke.Click("Zet het eerste plan neer")
			marieke.See("Je eerste plan staat er")
		})
		s.step("add to the plan", func() {
			noor.Goto(at + "/plan/items/new?kind=core")
			noor.Fill("Wat doet iedereen?", "Elke week één open vraag.")
			noor.Click("Bewaar")
			noor.See("Elke week één open vraag.")
		})
		s.step("read the main pages", func() {
			for _, path := range []string{"/week", "/trajectories", at, at + "/people", at + "/history", at + "/explore", at + "/plan", at + "/plan/versions", at + "/decisions", at + "/meetings", "/account", "/help"} {
				noor.Goto(path)
				if title := browser.Eval[string](noor.Person, `document.querySelector("main h1")?.innerText ?? ""`); title == "" {
					t.Errorf("%s shows no title without script", path)
				}
				if px := noor.Sideways(); px > 0 {
					t.Errorf("%s is %d pixels too wide", path, px)
				}
			}
		})
	})
}
