package plan_test

import (
	"strings"
	"testing"

	"leerkring/block/plan"
	"leerkring/internal/errs"
)

func TestAnEmptyPlanTeachesTheFirstStep(t *testing.T) {
	w := newDesk(t)
	w.get("member", "").Has(t, "Een eerste plan op tafel", `name="goal-1"`, `name="what-1-3"`, `data-draft="plan/draft/`+w.id, "Zet het eerste plan neer", "Nog een doel")
	r := w.get("colleague", "")
	r.Has(t, "Hier komt het plan", "Kijk waar de groep staat")
	r.Lacks(t, "<textarea", "Zet het eerste plan neer")
	w.Lang = "en"
	w.get("member", "").Has(t, "A first plan on the table")
}

func TestAFirstPlanTakesOneForm(t *testing.T) {
	w := newDesk(t)
	r := w.post("member", "", "goal-1", "", "noticed-1", "we zien het", "what-1-1", "", "who-1-1", "Kees", "core", "Vast ding")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "Wat willen jullie bereiken? Eén zin is genoeg.", "Wat gaan jullie doen? Eén regel is genoeg.", `href="#f-what-1-1"`, `value="Kees"`, "Vast ding")
	if r := w.post("member", "", "why", " "); r.Status != 422 {
		t.Error("an empty form is no plan", r.Status)
	}
	r = w.post("member", "", "core", strings.Repeat("nog een\n", 13))
	r.Has(t, "Hier passen 12 regels.")
	said(t, w.post("member", "", "why", "Vier van de tien weten het niet.", "goal-1", "", "what-1-1", "Zomaar iets doen", "goal-2", "Leerlingen vragen zelf.", "what-2-1", "Vragen oefenen", "who-2-1", "Mentoren",
		"core", "- Feedback over het werk\n\n• Eén keer kijken", "room", "De vorm"), "plan_begun")
	page := w.get("colleague", "")
	page.Has(t, "Vier van de tien", "Leerlingen vragen zelf.", "Voor doel 1", "Nog niet bij een doel", "Mentoren", "Feedback over het werk", "Eén keer kijken", "Inval bij lesbezoek")
	page.Lacks(t, "• Eén keer")
	if r := w.post("second", "", "why", "Ook een plan"); r.Status != 409 {
		t.Error("the second plan does not take the place of the first", r.Status)
	} else {
		r.Has(t, "Er staat al iets in het plan.")
	}
}

func TestThePlanReadsAsAPaper(t *testing.T) {
	w := newDesk(t)
	goal, action, _ := w.written()
	page := w.get("member", "")
	page.Has(t, "Waarom dit plan", "Doelen", "Acties", "Tijdpad", "Vast en vrij", "Wat is nodig", "Wie hoort wat", "Terugkijken",
		"Fouten maken mag hier.", "We merken het aan: leerlingen die het zelf kunnen zeggen", "We sluiten af met één vraag.", "Waarom doel 1?", "Pas doel 1 aan", "/items/"+goal+"/edit", "/items/"+action+"/edit",
		"vanaf 13 april", "tot en met 10 april", "4–29 mei, in de mentorles", "Kees Bakker", "geen extra tijd", "Nog zonder dag", "We beginnen met een paar: Kees, in 3A.", "in grote lijnen", "20 april", "dag nog kiezen",
		"Daan en Noor schreven dit", "Dit is nog een kladversie.", "Alle collega’s op school zien dit")
	page.Lacks(t, "Leg het op tafel") // that is for the lead
	w.get("lead", "").Has(t, "Leg het op tafel", "/decisions/new?about=plan")
	outside := w.get("colleague", "")
	outside.Has(t, "Elke leerling hoort", "Zeg er iets bij")
	outside.Lacks(t, "Pas aan", "/items/")
	if n := strings.Count(outside.Body, `class="btn btn--primary"`); n > 0 {
		t.Errorf("%d filled buttons for who only reads", n)
	}
	w.Lang = "en"
	w.get("lead", "").Has(t, "Why goal 1?", "from 13 April", "Put it on the table")
}

func TestWhoSeesThePlan(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	for _, name := range []string{"lead", "member", "guest", "colleague", "leader"} {
		if r := w.get(name, ""); r.Status != 200 {
			t.Errorf("%s: %d %v", name, r.Status, r.Err)
		}
	}
	absent := func(name, method, below string, fields ...string) {
		t.Helper()
		r := w.get(name, below)
		if method == "POST" {
			r = w.post(name, below, fields...)
		}
		if !errs.IsAbsent(r.Err) {
			t.Errorf("%s %s %s: %d %v", name, method, below, r.Status, r.Err)
		}
	}
	for _, below := range []string{"", "/versions", "/compare?from=1&to=0", "/edit?section=goals", "/items/" + goal + "/edit", "/words/form", "/items/new?kind=goal"} {
		absent("outsider", "GET", below)
	}
	for _, name := range []string{"colleague", "leader", "guest"} {
		for _, below := range []string{"/edit?section=goals", "/items/" + goal + "/edit", "/words/form", "/items/new?kind=goal"} {
			absent(name, "GET", below)
		}
		absent(name, "POST", "/items/"+goal, "text", "Anders", "version", "1")
		absent(name, "POST", "/items", "kind", "core", "text", "Erbij")
		absent(name, "POST", "/words", "why", "Anders", "version", "1")
		absent(name, "POST", "/talk")
	}
	absent("member", "POST", "/talk")
	absent("member", "GET", "/items/new?kind=dream")
	absent("member", "GET", "/items/"+w.people["lead"]+"/edit")
	absent("member", "GET", "/edit?section=path")
	absent("member", "GET", "/versions/7")
	absent("member", "GET", "/versions/x")
	w.closeIn()
	absent("colleague", "GET", "")
	if r := w.get("leader", ""); r.Status != 200 {
		t.Error("a leader reads the plan of a closed trajectory", r.Status)
	}
}

func TestRemarksStandBesideWhatTheyAreAbout(t *testing.T) {
	w := newDesk(t)
	goal, _, core := w.written()
	r := w.post("colleague", "/remarks", "section", "goals", "about", "goal/"+goal, "body", " ")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, `href="#remark-goals"`, `id="remark-goals-error"`)
	if r := w.post("colleague", "/remarks", "section", "goals", "about", "trajectory/"+w.id, "body", "Iets"); r.Status != 422 {
		t.Error("one cannot react to what is no part of the plan", r.Status)
	}
	said(t, w.post("colleague", "/remarks", "section", "goals", "about", "goal/"+goal, "body", "Telt hardop zeggen ook?"), "plan_remark")
	said(t, w.post("guest", "/remarks", "section", "fixed", "about", "plan/"+core, "body", "Dat herken ik van elders."), "plan_remark")
	page := w.get("member", "")
	page.Has(t, "Telt hardop zeggen ook?", "Doel 1, 19 maart", "Dat herken ik van elders.", "vast: Feedback gaat over het werk", "Antwoord aan Wim")
	reactions := must(w.contributions.Reactions(t.Context(), w.d, w.seen("member"), "goal", goal))(t)[goal]
	if r := w.post("member", "/remarks/"+reactions[0].ID, "body", ""); r.Status != 422 {
		t.Error(r.Status)
	} else {
		r.Has(t, `href="#reply-`+reactions[0].ID)
	}
	said(t, w.post("lead", "/remarks/"+reactions[0].ID, "body", "Ja, dat telt."), "plan_reply")
	if _, err := w.contributions.Settle(t.Context(), w.who("lead"), w.id, reactions[0].ID, 0, "taken", "Staat nu bij vrij."); err != nil {
		t.Fatal(err)
	}
	w.get("colleague", "").Has(t, "Ja, dat telt.", "Staat nu bij vrij.", "gedaan")
	for range 4 {
		said(t, w.post("second", "/remarks", "section", "goals", "about", "goal/"+goal, "body", "Nog een gedachte."), "plan_remark")
	}
	w.get("lead", "").Has(t, "Nog 2 reacties")
}

func TestAPlanCostsAsManyQueriesHoweverLongItIs(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	said(t, w.post("colleague", "/remarks", "section", "goals", "about", "goal/"+goal, "body", "Telt hardop zeggen ook?"), "plan_remark")
	count := func(name string) int { return w.Counting(func() { w.get(name, "") }) }
	few := map[string]int{"lead": count("lead"), "colleague": count("colleague")}
	for range 9 {
		w.add("lead", plan.Goal{Text: "Nog een doel."})
		action := w.add("member", plan.Action{Text: "Nog een actie", OwnerID: w.people["member"]})
		said(t, w.post("second", "/remarks", "section", "actions", "about", "action_item/"+action, "body", "Wie dan?"), "plan_remark")
	}
	w.post("lead", "/talk")
	for name, n := range few {
		if many := count(name); many > n+3 { // remarks on a second kind are one read more
			t.Errorf("%s: %d queries for a short plan, %d for a long one", name, n, many)
		}
		if n > 32 {
			t.Errorf("%s: %d queries", name, n)
		}
	}
}
