package plan_test

import (
	"regexp"
	"strings"
	"testing"

	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/errs"
)

func TestVersionsTellWhatChangedAndWhy(t *testing.T) {
	w := newDesk(t)
	goal, action, core := w.written()
	w.get("member", "/versions").Has(t, "Nog geen versies")
	said(t, w.post("lead", "/talk"), "plan_put_up")
	w.get("colleague", "").Has(t, "Versie 1 van 19 maart.", "Besproken")
	said(t, w.post("member", "/items/"+action, "version", "1", "text", "Elke les eindigt met een stap", "who", "Iedereen in leerjaar 3", "owner", w.people["second"], "to_on", "2026-06-01", "goal", goal), "plan_changed")
	said(t, w.post("lead", "/items/"+core+"/remove", "section", "fixed", "version", "1"), "plan_removed")
	said(t, w.post("lead", "/items", "kind", "room", "text", "Met welke klas je begint.", "pace", "on"), "plan_added")
	said(t, w.post("lead", "/words", "version", "1", "why", "Vijf van de tien weten het niet.", "strategy", "whole"), "plan_changed")
	page := w.get("colleague", "")
	page.Has(t, "Na versie 1 zijn er 4 dingen veranderd.", "veranderd na versie 1", "nieuw na versie 1", "/compare?from=1&amp;to=0")
	since := w.get("colleague", "/compare?from=1&to=0")
	since.Has(t, "Wat er anders is dan in versie 1", "<mark>", "Actie 1", "Kees Bakker", "13 april", "1 juni", "Feedback gaat over het werk.", "weggehaald", "eigen tempo", "Eerst een paar", "Iedereen")
	since.Lacks(t, w.people["second"], "2026-06-01")
	r := w.post("lead", "/talk", "reason", "")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "Wat is er anders dan in versie 1, en waarom?", `href="#f-reason"`)
	said(t, w.post("lead", "/talk", "reason", "Actie 1 heeft nu een trekker."), "plan_put_up")
	w.get("member", "").Has(t, "Versie 2 van 19 maart.", "Actie 1 heeft nu een trekker.", "Vergelijk met versie 1", "veranderd in versie 2")
	w.get("guest", "/versions").Has(t, "Versie 2", "Versie 1", "Op tafel gelegd op 19 maart.", "Actie 1 heeft nu een trekker.", "Daan Peters")
	first := w.get("colleague", "/versions/1")
	first.Has(t, "Versie 1: Feedback in elke les", "Feedback gaat over het werk.", "Vier van de tien", "Naar het plan van nu")
	first.Lacks(t, "Pas aan", "Zeg er iets bij", "Waar dit op steunt")
	w.get("colleague", "/versions/2").Has(t, "Vijf van de tien", "Kees Bakker", "Vergelijk met versie 1")
	w.Lang = "en"
	w.get("colleague", "/compare?from=1&to=2").Has(t, "From version 1 to version 2", "taken away")
	w.Lang = ""
	w.get("colleague", "/compare?from=2&to=0").Has(t, "Er is niets anders.")
	for _, below := range []string{"/compare?from=8&to=9", "/versions/9", "/versions/9999999999999999999", "/versions/-1"} {
		if r := w.get("colleague", below); !errs.IsAbsent(r.Err) {
			t.Error(below, r.Status, r.Err)
		}
	}
	if r := w.get("colleague", "/compare?from=9999999999999999999&to="); r.Location != w.page("/versions") {
		t.Error("there is nothing to begin from", r.Status, r.Location)
	}
}

// propose puts the plan to the group.
func (w *desk) propose() string {
	w.t.Helper()
	number := must(w.plans.PutUp(w.t.Context(), w.who("lead"), w.id, plan.ToDecision, "Na de bespreking."))(w.t)
	return must(w.decisions.Open(w.t.Context(), w.who("lead"), w.id, decision.Proposal{Title: "Beginnen we na de meivakantie?", PlanNumber: number, Audience: decision.PLG, ClosesOn: "2026-04-02"}))(w.t)
}

func TestADecisionStandsBesideThePlan(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	id := w.propose()
	page := w.get("member", "")
	page.Has(t, "Kun je hiermee verder, Noor?", "Ja, akkoord", "Ja, met een wens", "Nee, ik heb een bezwaar", "0 van de 3 collega", "tot 2 april", "/decisions/"+id+"/reaction", `name="from" value="plan"`)
	if regexp.MustCompile(`name="choice"[^>]*checked`).MatchString(page.Body) {
		t.Error("nothing is chosen beforehand")
	}
	if n := strings.Count(page.Body, "btn--primary"); n != 1 {
		t.Errorf("%d filled buttons", n)
	}
	outside := w.get("colleague", "")
	outside.Lacks(t, "Kun je hiermee verder", "van de 3 collega", "/decisions/"+id)
	if _, err := w.decisions.React(t.Context(), w.who("member"), w.id, id, 0, decision.Say{Choice: decision.Objection, Text: "Zonder inval haal ik dat bezoek niet."}); err != nil {
		t.Fatal(err)
	}
	w.get("lead", "").Has(t, "Zonder inval haal ik dat bezoek niet.", "Lees en antwoord", "1 bezwaar", "Kun je hiermee verder, Daan?")
	mine := w.get("member", "")
	mine.Has(t, "Jij zei", "Voor mij is het opgelost", "Verander je reactie")
	if n := strings.Count(mine.Body, "Zonder inval haal ik dat bezoek niet."); n != 2 { // what one said, and the field to change it
		t.Errorf("one's own words stand %d times", n)
	}
	w.get("lead", "").Lacks(t, "Je reactie gaat over versie 1.")
	said(t, w.post("member", "/items/"+goal, "version", "1", "text", "Elke leerling kent de volgende stap."), "plan_changed")
	w.get("lead", "").Has(t, "Je reactie gaat over versie 1.", "/versions/1")
}

func TestASettledPlanIsAdjustedWithAReason(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	id := w.propose()
	if err := w.decisions.Close(t.Context(), w.who("lead"), w.id, id, decision.Closing{Outcome: decision.Agreed, Reason: "De groep is er klaar voor.", Knowingly: true}); err != nil {
		t.Fatal(err)
	}
	page := w.get("lead", "")
	page.Has(t, "Vastgesteld", "Besluit over versie 1, 19 maart: akkoord.", "Lees het besluit", "Dit plan geldt.", "Alle besluiten")
	page.Lacks(t, "Stel bij", "Kun je hiermee verder")
	w.get("colleague", "").Has(t, "Besluit over versie 1, 19 maart: akkoord.")
	w.get("member", "/versions").Has(t, "geldt nu")
	said(t, w.post("member", "/items/"+goal, "version", "1", "text", "Elke leerling kent de volgende stap."), "plan_changed")
	w.get("lead", "").Has(t, "Stel bij", "Vraag een besluit over de verandering")
	w.get("member", "").Lacks(t, "Stel bij")
	r := w.post("lead", "/adjust", "reason", "", "decided_by", "")
	if r.Status != 422 {
		t.Fatal(r.Status)
	}
	r.Has(t, "Waarom stellen jullie bij?", "Wie besloot dit?")
	said(t, w.post("lead", "/adjust", "reason", "Weekpuls liet zien dat ‘hoort’ te weinig was.", "decided_by", "de PLG, op 14 mei"), "plan_adjusted")
	w.get("colleague", "").Has(t, "Versie 2 van 19 maart.", "Besloten door de PLG, op 14 mei.", "Weekpuls liet zien")
	w.get("colleague", "/versions").Has(t, "Bijgesteld op 19 maart.")
}
