package decision_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Until when people can react is never before somebody who works one day a week has had two.
func TestPartTimersHaveDaysOfTheirOwn(t *testing.T) {
	w := newDesk(t)
	w.get("lead", "/new").Has(t, `value="2026-03-30"`, "Vanaf ma 23 maart heeft iedereen in de groep en de teams die het raakt 2 eigen werkdagen gehad.")
	must(0, w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update person set working_days = '[3]' where id = $1`, w.people["second"])
		return err
	}))(t)
	w.get("lead", "/new").Has(t, `value="2026-04-01"`, "Vanaf wo 1 april")
}

func TestAProposalIsPutToPeople(t *testing.T) {
	w := newDesk(t)
	w.get("member", "").Has(t, "Hier komt wat jullie besluiten")
	w.get("member", "").Lacks(t, "/decisions/new")
	w.get("lead", "").Has(t, w.page("/new"))
	w.get("lead", "/new").Has(t, "Vraag een besluit", `value="plg" checked`, "Gijs Vreemd", "Tot wanneer kunnen ze reageren?", `value="2026-03-30"`) // ten days on, and no weekend
	r := w.post("lead", "", "about", "", "title", "", "audience", "everybody", "closes_on", "")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "Kies tot wanneer collega’s kunnen reageren.", `href="#f-closes_on"`)
	r = w.post("lead", "", "title", "Ja", "audience", "plg", "closes_on", "2026-03-30")
	r.Has(t, "Gebruik 3 tot 120 tekens.")
	w.post("lead", "", "title", "Kijken we bij elkaar?", "audience", "plg", "closes_on", "2025-03-30").Has(t, "Kies een laatste dag", "Kijken we bij elkaar?")
	r = w.post("lead", "", "title", "Kijken we bij elkaar?", "body", "In mei, in tweetallen.", "audience", "plg", "guests", w.people["guest"], "closes_on", "2-4-2026")
	said(t, r, "decision_opened")
	path := strings.TrimPrefix(strings.Split(r.Location, "?")[0], w.page(""))
	w.get("guest", path).Has(t, "Kun je hiermee verder, Gijs?")
	w.get("member", "").Has(t, "Kijken we bij elkaar?", "ligt voor tot")
	if r := w.get("member", "/new"); !errs.IsAbsent(r.Err) {
		t.Error("a member does not open decisions", r.Status)
	}
	if r := w.get("outsider", path); !errs.IsAbsent(r.Err) {
		t.Error(r.Status, r.Err)
	}
}

func TestADecisionAboutThePlanFreezesItsVersion(t *testing.T) {
	w := newDesk(t)
	w.post("lead", "", "about", "plan", "title", "Gaan we verder?", "audience", "plg", "closes_on", "2026-04-02").Has(t, "Er staat nog niets in het plan.")
	goal := w.written()
	w.get("lead", "/new?about=plan").Has(t, "Gaan we verder met ‘Feedback in elke les’?", "Wat er nu staat, wordt versie 1.")
	r := w.post("lead", "", "about", "plan", "title", "Gaan we verder?", "audience", "plg", "closes_on", "2026-04-02")
	said(t, r, "decision_opened")
	if !strings.HasPrefix(r.Location, "/trajectories/"+w.id+"/plan") {
		t.Error("one goes on to the plan", r.Location)
	}
	seen := w.seen("lead")
	view := must(w.decisions.Page(t.Context(), w.d, seen))(t).AboutPlan()
	if view == nil || view.PlanNumber != 1 {
		t.Fatal("it is about version 1", view)
	}
	if r := w.get("lead", "/new?about=plan"); r.Status != 303 || !strings.Contains(r.Location, view.ID) {
		t.Error("one decision about the plan at a time", r.Status, r.Location)
	}
	said(t, w.post("lead", "", "about", "plan", "title", "Nog een keer?", "audience", "plg", "closes_on", "2026-04-02"), "decision_runs")
	w.get("member", "/"+view.ID).Has(t, "Lees versie 1 van het plan", "/plan/versions/1")
	said(t, w.post("lead", "/"+view.ID+"/close", "outcome", "not_now", "reason", "Eerst de toetsweek."), "decision_closed")
	if clash, err := w.plans.Edit(t.Context(), w.who("member"), w.id, goal, 1, plan.Goal{Text: "Elke leerling kent de volgende stap."}); err != nil || clash != nil {
		t.Fatal(err, clash)
	}
	w.get("lead", "/new?after="+view.ID).Has(t, "wordt versie 2", "Wat is er anders, en waarom?", `value="Gaan we verder?"`)
	r = w.post("lead", "", "after", view.ID, "title", "Gaan we nu verder?", "audience", "plg", "closes_on", "2026-04-02")
	r.Has(t, "Wat is er anders dan in versie 1, en waarom?")
	said(t, w.post("lead", "", "after", view.ID, "title", "Gaan we nu verder?", "audience", "plg", "closes_on", "2026-04-02", "reason", "Het doel is scherper."), "decision_opened")
	w.get("colleague", "/"+view.ID).Has(t, "Nu niet", "Eerst de toetsweek.", "Hierna besloten jullie dit")
}

func TestReactionsAreGivenChangedAndAnswered(t *testing.T) {
	w := newDesk(t)
	id := w.propose(decision.PLG)
	page := w.get("member", "/"+id)
	page.Has(t, "Kun je hiermee verder, Noor?", "In tweetallen, één les.", "Nog niet gehoord", `name="version" value="0"`, "0 van de 3")
	if regexp.MustCompile(`name="choice"[^>]*checked`).MatchString(page.Body) {
		t.Error("nothing is chosen beforehand")
	}
	r := w.post("member", "/"+id+"/reaction", "version", "0", "choice", "", "text", "Hm")
	if r.Status != 422 {
		t.Fatal(r.Status)
	}
	r.Has(t, "Kies een van de antwoorden die hier staan.", "Hm")
	w.post("member", "/"+id+"/reaction", "version", "0", "choice", "wish", "text", "").Has(t, "Wat is je wens? Eén zin is genoeg.", `value="wish" checked`)
	said(t, w.post("member", "/"+id+"/reaction", "version", "0", "choice", "objection", "text", "Zonder inval lukt het niet."), "decision_objection")
	said(t, w.post("second", "/"+id+"/reaction", "version", "0", "choice", "wish", "text", "Liever in juni."), "decision_wish")
	r = w.post("lead", "/"+id+"/reaction", "version", "0", "choice", "agree", "text", "Ik begin alvast.", "from", "plan")
	said(t, r, "decision_agree")
	if !strings.HasPrefix(r.Location, "/trajectories/"+w.id+"/plan?") {
		t.Error("back to the plan, where the form stood", r.Location)
	}
	page = w.get("lead", "/"+id)
	page.Has(t, "Eén bezwaar", "Eén wens", "Eén collega is akkoord", "Ik begin alvast.", "Zeg wie het oppakt", "nog geen antwoord", "3 van de 3")
	objection := w.reaction("member", id)
	w.get("member", "/"+id).Lacks(t, "Zeg wie het oppakt")
	w.post("lead", "/"+id+"/reactions/"+objection+"/owner", "owner", "", "due_on", "").Has(t, "Kies wie dit oppakt.", "Kies een dag.")
	said(t, w.post("lead", "/"+id+"/reactions/"+objection+"/owner", "owner", w.people["second"], "due_on", "2026-03-27"), "decision_taken_up")
	w.get("member", "/"+id).Has(t, "Kees Bakker pakt dit op vóór vr 27 maart.")
	w.post("second", "/"+id+"/reactions/"+objection+"/answer", "to", "1", "version", "0", "text", "").Has(t, "Wat deden jullie ermee?")
	said(t, w.post("second", "/"+id+"/reactions/"+objection+"/answer", "to", "1", "version", "0", "text", "Petra zoekt inval."), "decision_answered")
	w.get("lead", "/"+id).Has(t, "Petra zoekt inval.", "Noor leest het antwoord nog", "Pas het antwoord aan")
	r = w.post("lead", "/"+id+"/reactions/"+objection+"/answer", "to", "1", "version", "0", "text", "We schuiven het op.")
	if r.Status != 409 {
		t.Error("two who answer at once are both shown", r.Status, r.Err)
	}
	r.Has(t, "Petra", "We schuiven het op.", `name="to" value="1"`)
	said(t, w.post("member", "/"+id+"/reaction", "version", "1", "choice", "objection", "text", "Zonder inval lukt het niet, ook niet in juni."), "decision_objection")
	w.get("lead", "/"+id).Has(t, "de reactie veranderde na het antwoord", "/reactions/"+objection)
	if r := w.post("second", "/"+id+"/reactions/"+objection+"/answer", "to", "1", "version", "1", "text", "Nog eens."); r.Status != 409 {
		t.Error("one answers what one has read", r.Status)
	} else {
		r.Has(t, "Nog eens.", "Lees die eerst")
	}
	w.get("guest", "/"+id+"/reactions/"+objection).Lacks(t, "Zonder inval")
	w.get("second", "/"+id+"/reactions/"+objection).Has(t, "ook niet in juni", "Zonder inval lukt het niet.", "Petra zoekt inval.", "Nee, ik heb een bezwaar")
	r = w.post("member", "/"+id+"/reaction", "version", "1", "choice", "wish", "text", "Op mijn telefoon.")
	if r.Status != 409 {
		t.Error("two devices at once", r.Status)
	}
	r.Has(t, "Op mijn telefoon.", "ook niet in juni", `name="choice" value="wish"`)
	w.get("member", "/"+id).Lacks(t, "Lost dit je bezwaar op?")
	said(t, w.post("second", "/"+id+"/reactions/"+objection+"/answer", "to", "2", "version", "1", "text", "Petra vond inval, ook in juni."), "decision_answered")
	w.get("member", "/"+id).Has(t, "Lost dit je bezwaar op?", "Nog niet", "Voor mij is het opgelost", "/"+id+"/unsolved")
	w.get("lead", "/"+id).Has(t, "leest het antwoord nog", "nog niet zei of het antwoord genoeg is")
	w.get("lead", "/"+id).Lacks(t, "Lost dit je bezwaar op?", "/"+id+"/unsolved")
	said(t, w.post("member", "/"+id+"/unsolved", "from", "plan"), "decision_unsolved")
	w.get("member", "/"+id).Has(t, "Zeg erbij wat er nog nodig is.")
	w.get("member", "/"+id).Lacks(t, "Lost dit je bezwaar op?")
	w.get("lead", "/"+id).Has(t, "nog niet opgelost, zegt Noor", "We weten dat er nog één bezwaar openstaat")
	said(t, w.post("member", "/"+id+"/solved", "from", ""), "decision_solved")
	w.get("lead", "/"+id).Has(t, "opgelost")
	if r := w.post("second", "/"+id+"/solved"); r.Status != 422 {
		t.Error("a wish is no objection", r.Status)
	}
}

func TestADecisionIsClosedOnce(t *testing.T) {
	w := newDesk(t)
	id := w.propose(decision.School)
	w.react("member", id, decision.Objection, "Zonder inval lukt het niet.")
	w.get("lead", "/"+id).Has(t, "Sluit dit besluit", "Akkoord, onder een voorwaarde", "We weten dat er nog één bezwaar openstaat")
	w.get("member", "/"+id).Lacks(t, "Sluit dit besluit")
	r := w.post("lead", "/"+id+"/close", "outcome", "agreed", "reason", "")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "Er staat nog één bezwaar open.", `id="f-knowingly"`, `value="agreed" checked`)
	w.post("lead", "/"+id+"/close", "outcome", "").Has(t, "Kies een van de antwoorden")
	w.post("lead", "/"+id+"/close", "outcome", "agreed_subject_to", "subject_to", "", "subject_who", "").Has(t, "Onder welke voorwaarde? Schrijf die in één zin.", "Wie zorgt daarvoor? Schrijf een naam.")
	w.post("lead", "/"+id+"/close", "outcome", "no", "reason", "").Has(t, "Nee is ook een goed besluit.")
	if err := w.decisions.TakeUp(t.Context(), w.who("lead"), w.id, id, w.react("member", id, decision.Objection, "Zonder inval lukt het niet."), w.people["second"], "2026-03-27"); err != nil {
		t.Fatal(err)
	}
	said(t, w.post("lead", "/"+id+"/close", "outcome", "agreed_subject_to", "subject_to", "Inval is geregeld.", "subject_who", "Petra", "reason", "De rest wil door.", "knowingly", "on"), "decision_closed")
	for _, name := range []string{"member", "colleague"} {
		page := w.get(name, "/"+id)
		page.Has(t, "Akkoord, onder een voorwaarde", "Inval is geregeld.", "Petra zorgt daarvoor.", "De rest wil door.", "De groep sloot bewust", "Vastgelegd door Daan Peters")
		page.Lacks(t, "Geef je reactie", "Sluit dit besluit")
	}
	lead := w.get("lead", "/"+id)
	lead.Has(t, "Maak een nieuw voorstel", "/new?after="+id, "Dit wacht nog op een ja")
	w.get("member", "/"+id).Lacks(t, "Dit wacht nog op een ja")
	today := string(w.seen("lead").Today())
	w.post("lead", "/"+id+"/word", "agreed", "yes", "text", "", "heard_on", today).Has(t, "Schrijf in één zin wat zij zeiden.")
	said(t, w.post("lead", "/"+id+"/word", "agreed", "yes", "text", "Petra vond de inval.", "heard_on", today), "decision_heard")
	w.get("colleague", "/"+id).Has(t, "akkoord, en de voorwaarde is rond", "Petra vond de inval.", "Ja op")
	w.get("lead", "/"+id).Lacks(t, "Dit wacht nog op een ja")
	for _, below := range []string{"/reaction", "/close"} {
		if r := w.post("lead", "/"+id+below, "outcome", "no", "reason", "Toch niet", "choice", "agree", "version", "0"); r.Status != 409 {
			t.Errorf("%s after the end: %d", below, r.Status)
		}
	}
	w.get("colleague", "").Has(t, "Kijken we in mei bij elkaar?", "akkoord, en de voorwaarde is rond", "De rest wil door.")
}

func TestEveryEndReadsAsAnEnd(t *testing.T) {
	w := newDesk(t)
	for outcome, want := range map[string]string{"agreed": "Akkoord", "not_now": "Nu niet", "no": "Nee", "withdrawn": "Ingetrokken"} {
		id := w.propose(decision.PLG)
		said(t, w.post("lead", "/"+id+"/close", "outcome", outcome, "reason", "Daarom dus.", "knowingly", "on"), "decision_closed")
		w.get("member", "/"+id).Has(t, "<h2>"+want+"</h2>", "Daarom dus.")
	}
	w.Lang = "en"
	w.get("leader", "").Has(t, "agreed", "not now", "withdrawn")
}

func TestWhoWasAskedCanAnswerAlsoWhenTheDoorCloses(t *testing.T) {
	w := newDesk(t)
	id := w.propose(decision.School)
	plg := w.propose(decision.PLG)
	if r := w.get("colleague", "/"+plg); !errs.IsAbsent(r.Err) {
		t.Error("who was not asked sees a decision once it is closed", r.Status)
	}
	w.closeIn()
	page := w.get("colleague", "/"+id)
	page.Has(t, "Kun je hiermee verder, Wim?")
	page.Lacks(t, `href="/trajectories/`+w.id+`"`)
	said(t, w.post("colleague", "/"+id+"/reaction", "version", "0", "choice", "agree"), "decision_agree")
	w.get("lead", "/new").Lacks(t, "Alle collega’s</span>")
	if r := w.get("colleague", ""); !errs.IsAbsent(r.Err) {
		t.Error("the list is below the trajectory", r.Status)
	}
}

func TestTheListCostsAsManyQueriesHoweverLongItIs(t *testing.T) {
	w := newDesk(t)
	first := w.propose(decision.PLG)
	list, page := w.Counting(func() { w.get("lead", "") }), w.Counting(func() { w.get("lead", "/"+first) })
	for range 6 {
		w.propose(decision.PLG)
		w.clock.Move(time.Minute)
	}
	for _, name := range []string{"member", "second"} {
		w.react(name, first, decision.Wish, "Liever in juni.")
	}
	if n := w.Counting(func() { w.get("lead", "") }); n > list {
		t.Errorf("list: %d, then %d", list, n)
	}
	if n := w.Counting(func() { w.get("lead", "/"+first) }); n > page || n > 14 {
		t.Errorf("page: %d, then %d", page, n)
	}
}

func TestTeamsAreOfferedWhenSomeAreTouched(t *testing.T) {
	w := newDesk(t)
	w.get("lead", "/new").Lacks(t, `value="teams"`)
	seen := w.seen("lead")
	team := must(w.schools.AddTeam(t.Context(), w.admin, seen.SchoolID, "stream", "vmbo-t"))(t)
	if err := w.trajectories.Edit(t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: true, TeamIDs: []string{team}}); err != nil {
		t.Fatal(err)
	}
	w.get("lead", "/new").Has(t, `value="teams" checked`)
}
