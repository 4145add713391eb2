//go:build browser

package decision_test

import (
	"testing"

	"leerkring/block/decision"
	"leerkring/test/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

func TestAccessibilityOfDecisions(t *testing.T) {
	w := newDesk(t)
	address := w.Serve()
	visit := func(name, below, picture string, open ...string) {
		t.Helper()
		p := browser.New(t, address).Person(name)
		p.Goto("/as/" + w.people[name] + "?to=" + w.page(below))
		for look, how := range looks {
			p.Look(how...)
			p.Reload() // every fold is shut again
			for _, fold := range open {
				p.Click(fold)
			}
			if n := p.Sideways(); n > 0 {
				t.Errorf("%s on %s scrolls sideways by %d", picture, look, n)
			}
			p.Axe()
			p.Picture("decision/" + picture + "-" + look)
		}
	}
	visit("lead", "", "empty")
	visit("lead", "/new", "new")
	id := w.propose(decision.School)
	visit("member", "/"+id, "asked")
	objection := w.react("member", id, decision.Objection, "Zonder inval haal ik dat bezoek niet.")
	w.react("second", id, decision.Wish, "Liever in juni.")
	w.react("colleague", id, decision.Agree, "")
	if err := w.decisions.TakeUp(t.Context(), w.who("lead"), w.id, id, objection, w.people["second"], "2026-03-27"); err != nil {
		t.Fatal(err)
	}
	visit("lead", "/"+id, "running", "Laat een ander het oppakken", "Sluit dit besluit")
	visit("member", "/"+id, "said", "Verander je reactie")
	visit("member", "/"+id+"/reactions/"+objection, "past")
	said(t, w.post("lead", "/"+id+"/close", "outcome", "agreed_subject_to", "subject_to", "Inval is geregeld.", "subject_who", "Petra", "reason", "De rest wil door.", "knowingly", "on"), "decision_closed")
	visit("colleague", "/"+id, "closed")
	visit("member", "", "list")
}

// A wish asks for words only once it is chosen, and without a script too.
func TestWordsAreAskedWhenThereIsSomethingToSay(t *testing.T) {
	w := newDesk(t)
	id := w.propose(decision.PLG)
	p := browser.New(t, w.Serve()).Person("Noor", browser.Phone, browser.NoScript)
	p.Goto("/as/" + w.people["member"] + "?to=" + w.page("/"+id))
	p.See("Kun je hiermee verder, Noor?")
	p.NotSee("Wat is je wens of bezwaar?")
	p.Choose("Ja, met een wens")
	p.See("Wat is je wens of bezwaar?")
	p.Fill("Wat is je wens of bezwaar?", "Liever in juni.")
	p.Click("Geef je reactie")
	p.See("Je wens staat erbij.")
	p.See("Liever in juni.")
}
