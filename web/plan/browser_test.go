//go:build browser

package plan_test

import (
	"strings"
	"testing"

	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/test/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

// comes lets somebody in at a page of the plan.
func (w *desk) comes(address, name, below string, how ...browser.Option) *browser.Person {
	w.t.Helper()
	p := browser.New(w.t, address).Person(name, how...)
	p.Goto("/as/" + w.people[name] + "?to=" + w.page(below))
	return p
}

func TestAccessibilityOfThePlan(t *testing.T) {
	w := newDesk(t)
	address := w.Serve()
	visit := func(name, below, picture string) {
		t.Helper()
		p := w.comes(address, name, below)
		for look, how := range looks {
			p.Look(how...)
			if n := p.Sideways(); n > 0 {
				t.Errorf("%s on %s scrolls sideways by %d", picture, look, n)
			}
			p.Axe()
			p.Picture("plan/" + picture + "-" + look)
		}
	}
	visit("member", "", "first")
	visit("colleague", "", "empty")
	goal, action, core := w.written()
	visit("lead", "", "written")
	visit("member", "/items/"+goal+"/edit", "goal")
	visit("member", "/items/"+action+"/edit", "action")
	visit("member", "/words/form", "words")
	visit("lead", "/edit?section=fixed", "list")
	said(t, w.post("colleague", "/remarks", "section", "goals", "about", "goal/"+goal, "body", "Telt hardop zeggen ook?"), "plan_remark")
	said(t, w.post("guest", "/remarks", "section", "fixed", "about", "plan/"+core, "body", "Dat herken ik."), "plan_remark")
	said(t, w.post("lead", "/talk"), "plan_put_up")
	said(t, w.post("member", "/items/"+goal, "version", "1", "text", "Elke leerling kent de volgende stap."), "plan_changed")
	id := w.propose()
	visit("member", "", "asked")
	if _, err := w.decisions.React(t.Context(), w.who("member"), w.id, id, 0, decision.Say{Choice: decision.Objection, Text: "Zonder inval haal ik dat bezoek niet."}); err != nil {
		t.Fatal(err)
	}
	visit("lead", "", "objection")
	visit("colleague", "", "outside")
	visit("member", "/versions", "versions")
	visit("member", "/versions/1", "version")
	visit("member", "/compare?from=1&to=2", "compare")
	sheet := w.comes(address, "member", "")
	sheet.OnPaper()
	sheet.See("Elke leerling kent de volgende stap.")
	for _, gone := range []string{"Telt hardop zeggen ook?", "Zeg er iets bij", "Pas aan", "Geef je reactie", "Alle versies"} {
		sheet.NotSee(gone)
	}
	sheet.Paper("plan/paper")
}

// Two people have the same goal before them, in two tabs; the second to send it in sees
// both texts, and makes one of them. Nothing is lost on the way.
func TestTwoTabsOneGoal(t *testing.T) {
	w := newDesk(t)
	goal := w.add("lead", plan.Goal{Text: "Elke leerling hoort één volgende stap."})
	address := w.Serve()
	daan, noor := w.comes(address, "lead", "/items/"+goal+"/edit"), w.comes(address, "member", "/items/"+goal+"/edit", browser.NoScript)
	noor.Fill("Wat willen jullie bereiken?", "Elke leerling schrijft één volgende stap op.")
	noor.Fill("Wat levert dat op, denken we?", "Minder wachten na de toets.")
	daan.Fill("Wat willen jullie bereiken?", "Elke leerling hoort elke week één volgende stap.")
	daan.Click("Bewaar")
	daan.See("Elke leerling hoort elke week één volgende stap.")
	noor.Click("Bewaar")
	noor.See("Daan Peters paste deze tekst ook aan. Beide versies zijn bewaard.")
	noor.See("Elke leerling schrijft één volgende stap op.")
	noor.See("Elke leerling hoort elke week één volgende stap.")
	noor.Picture("plan/two-tabs")
	daan.Goto(w.page(""))
	daan.NotSee("schrijft") // until she says so, his words stand
	noor.Fill("Wat willen jullie bereiken?", "Elke leerling schrijft elke week één volgende stap op.")
	noor.Click("Zet dit in het plan")
	noor.See("Elke leerling schrijft elke week één volgende stap op.")
	noor.Goto(w.page("/items/" + goal + "/edit"))
	if got := noor.Value("Wat levert dat op, denken we?"); !strings.HasPrefix(got, "Minder wachten") {
		t.Errorf("what only she changed went along: %q", got)
	}
	noor.Click("eerdere teksten")
	for _, text := range []string{"Elke leerling hoort één volgende stap.", "Elke leerling schrijft één volgende stap op.", "Elke leerling hoort elke week één volgende stap."} {
		noor.See(text)
	}
}
