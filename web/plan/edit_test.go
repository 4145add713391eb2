package plan_test

import (
	"strings"
	"testing"

	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/block/plan"
	"leerkring/why"
	"leerkring/writing"
)

func TestEveryFormOpensInBothLanguages(t *testing.T) {
	w := newDesk(t)
	goal, action, core := w.written()
	page := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t)
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		for _, k := range plan.Kinds {
			if r := w.get("member", "/items/new?kind="+string(k)); r.Status != 200 || !strings.Contains(r.Body, `name="kind" value="`+string(k)+`"`) {
				t.Errorf("new %s: %d %v", k, r.Status, r.Err)
			}
		}
		for _, id := range []string{goal, action, core, page.Room[0].ID, page.Hearings[0].ID, page.Looks[0].ID} {
			if r := w.get("second", "/items/"+id+"/edit"); r.Status != 200 {
				t.Errorf("edit %s: %d %v", id, r.Status, r.Err)
			}
		}
		for _, sec := range []string{"goals", "actions", "fixed", "told", "looks"} {
			w.get("member", "/edit?section="+sec).Has(t, "/items/new?kind=")
		}
		w.get("member", "/words/form").Has(t, `value="pilot" checked`, "Kees, in 3A", `value="main_lines" checked`)
	}
	w.Lang = ""
	if r := w.get("member", "/edit?section=why"); r.Location != w.page("/words/form") {
		t.Error("the plan's own words have a form of their own", r.Location)
	}
	w.get("member", "/items/"+action+"/edit").Has(t, `value="2026-04-13"`, `value="`+goal+`" selected`, "Iedereen in leerjaar 3")
	w.get("member", "/items/"+page.Room[0].ID+"/edit").Has(t, `name="pace" value="on" checked`)
	w.get("member", "/items/new?kind=action&goal="+goal).Has(t, `value="`+goal+`" selected`)
}

func TestSomethingIsAddedAndChanged(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	r := w.post("member", "/items", "kind", "action", "text", " ", "who", "Kees", "from_on", "2026-05-01", "to_on", "31-2-2026", "owner", w.people["second"])
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "Deze dag vinden we niet in de kalender.", `value="Kees"`, `value="2026-05-01"`, `value="`+w.people["second"]+`" selected`, `href="#f-to_on"`)
	w.post("member", "/items", "kind", "action", "text", "Iets", "from_on", "2026-05-02", "to_on", "2026-05-01").Has(t, "De laatste dag ligt vóór de eerste.")
	r = w.post("member", "/items", "kind", "room", "text", "Je tempo", "pace", "on", "then", "again")
	said(t, r, "plan_added")
	if !strings.HasPrefix(r.Location, w.page("/items/new?kind=room")) {
		t.Error("one more, as was asked:", r.Location)
	}
	said(t, w.post("member", "/items", "kind", "hearing", "who", "Leerlingen", "what", "Waarom we dit doen", "on", "21-4-2026"), "plan_added")
	version := w.version("second", goal)
	r = w.post("second", "/items/"+goal, "version", version, "text", strings.Repeat("te lang ", 60))
	if r.Status != 422 || w.hidden(r, "version") != version {
		t.Error("what was typed belongs to the version that was read", r.Status)
	}
	said(t, w.post("second", "/items/"+goal, "version", version, "text", "Elke leerling hoort wat de volgende stap is.", "result", "minder wachten"), "plan_changed")
	w.get("lead", "").Has(t, "Elke leerling hoort wat de volgende stap is.", "minder wachten", "En dat levert op")
}

func TestTwoWhoWriteAtOnceAreBothKept(t *testing.T) {
	w := newDesk(t)
	_, action, _ := w.written()
	goal := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t).Goals[1].ID
	mine, theirs := w.version("member", action), w.version("lead", action)
	said(t, w.post("lead", "/items/"+action, "version", theirs, "text", "Elke week eindigt één les met een stap", "who", "Iedereen in leerjaar 3", "from_on", "2026-04-13", "goal", goal), "plan_changed")
	r := w.post("member", "/items/"+action, "version", mine, "text", "Elke les eindigt met een eigen stap", "owner", w.people["second"], "who", "Iedereen in leerjaar 3", "from_on", "2026-04-13", "goal", goal)
	said(t, r, "plan_beside")
	merge := w.get("member", "/items/"+action+"/edit")
	merge.Has(t, "Daan Peters paste deze tekst ook aan.", "eigen", "week", "Kees Bakker", "(nog leeg)", "Zet dit in het plan", "/let-go/"+action, `name="from_on" value="2026-04-13"`)
	merge.Lacks(t, w.people["second"]+"\n")
	w.get("second", "/items/"+action+"/edit").Lacks(t, "eigen stap") // it is the member's to put in or let go
	w.get("lead", "").Has(t, "Elke week eindigt één les")
	said(t, w.post("member", "/items/"+action, "version", w.hidden(merge, "version"), "text", "Elke week één eigen stap", "who", "Iedereen in leerjaar 3", "from_on", "2026-04-13", "goal", goal), "plan_changed")
	after := w.get("member", "/items/"+action+"/edit")
	after.Has(t, "Elke week één eigen stap", "eerdere teksten", "en later samengevoegd.")
	after.Lacks(t, "paste deze tekst ook aan")
}

func TestTheTextThatStandsMayStay(t *testing.T) {
	w := newDesk(t)
	w.written()
	old := w.hidden(w.get("member", "/words/form"), "version")
	said(t, w.post("lead", "/words", "version", old, "why", "Zes van de tien weten het niet."), "plan_changed")
	r := w.post("member", "/words", "version", old, "why", "Bijna niemand weet het.", "keep", "Fouten maken mag hier.", "strategy", "whole", "detail", "main_lines")
	said(t, r, "plan_beside")
	w.get("member", "/words/form").Has(t, "Zes", "Bijna niemand", "Laat staan wat er staat", "Iedereen")
	said(t, w.post("member", "/let-go/"+w.id), "plan_let_go")
	w.get("member", "/words/form").Lacks(t, "Laat staan wat er staat")
	w.get("colleague", "").Has(t, "Zes van de tien weten het niet.")
}

func TestWhatIsTypedIsThereAgain(t *testing.T) {
	w := newDesk(t)
	goal, _, _ := w.written()
	for key, body := range map[string]writing.Body{
		plan.DraftKey("goal", goal): {"text": "Half getypt doel"}, plan.DraftKey("core", w.id): {"text": "Half getypte regel"}, plan.DraftKey("plan", w.id): {"why": "Half getypt waarom"},
		"plan/remark/" + w.id + "/goals": {"body": "Half getypte reactie"},
	} {
		must(w.House.Drafts.Save(t.Context(), w.people["member"], key, body))(t)
	}
	w.get("member", "/items/"+goal+"/edit").Has(t, "Half getypt doel")
	w.get("member", "/items/new?kind=core").Has(t, "Half getypte regel")
	w.get("member", "/words/form").Has(t, "Half getypt waarom")
	w.get("member", "").Has(t, "Half getypte reactie")
	w.get("second", "").Lacks(t, "Half getypte reactie")
}

func TestASectionIsPutInOrder(t *testing.T) {
	w := newDesk(t)
	goal, _, core := w.written()
	list := w.get("lead", "/edit?section=goals")
	list.Has(t, "Zet lager: Elke leerling hoort één volgende stap.", "Haal weg: Leerlingen stellen zelf een vraag.")
	w.get("member", "/edit?section=goals").Lacks(t, "Haal weg: Elke leerling") // it is the lead's
	if r := w.post("member", "/items/"+goal+"/move", "section", "goals", "to", "2"); r.Status != 303 {
		t.Error(r.Status, r.Err)
	}
	if got := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t).Goals[1].ID; got != goal {
		t.Error("it did not move")
	}
	if r := w.post("lead", "/items/"+core+"/remove", "section", "fixed", "version", "9"); r.Status != 409 {
		t.Error("nobody takes away words that they have not read", r.Status)
	} else {
		r.Has(t, "Een collega veranderde dit net.", "Dit doet iedereen")
	}
	said(t, w.post("lead", "/items/"+core+"/remove", "section", "fixed", "version", "1"), "plan_removed")
	w.get("colleague", "").Lacks(t, "Feedback gaat over het werk.")
	w.get("member", "/edit?section=fixed").Has(t, "Eén weggehaald", "Zet terug: Feedback gaat over het werk.")
	said(t, w.post("second", "/items/"+core+"/restore", "section", "fixed"), "plan_restored")
	w.get("colleague", "").Has(t, "Feedback gaat over het werk.")
}

func TestAGoalShowsWhatItRestsOn(t *testing.T) {
	w := newDeskIn(t, "verken")
	goal, action, _ := w.written()
	w.get("lead", "").Has(t, "Hier staat nog niet waar dit op steunt.", "#grounds")
	w.get("member", "/items/"+goal+"/edit").Has(t, "Er is nog niets om uit te kiezen.")
	source := must(w.evidence.Add(t.Context(), w.who("member"), w.id, evidence.New{Item: evidence.Source{Title: "Lesbezoeken in leerjaar 3", Of: evidence.OwnData, Strength: evidence.Indication}}))(t)
	finding := must(w.evidence.Add(t.Context(), w.who("lead"), w.id, evidence.New{Item: evidence.Finding{Text: "Leerlingen wachten tot na de toets"}}))(t)
	if err := w.evidence.Cite(t.Context(), w.who("lead"), w.id, evidence.FindingKind, finding, []string{source}, nil); err != nil {
		t.Fatal(err)
	}
	voice := must(w.contributions.Add(t.Context(), w.who("second"), w.id, contribution.Answer{ElementID: "f1.q1", Words: contribution.Words{Body: "Als het alleen voor de vorm is."}}))(t)
	w.get("member", "/items/"+goal+"/edit").Has(t, "Leerlingen wachten tot na de toets", "Lesbezoeken in leerjaar 3", "Als het alleen voor de vorm is.", "Kees Bakker")
	if r := w.post("member", "/items/"+goal+"/grounds", "grounds", "person/"+w.people["lead"]); r.Status != 422 {
		t.Error(r.Status)
	}
	said(t, w.post("member", "/items/"+goal+"/grounds", "grounds", "finding/"+finding, "grounds", "contribution/"+voice), "plan_grounded")
	page := w.get("colleague", "")
	page.Has(t, "Dit plan steunt op", "één bevinding, één bron en één stem", "Dit spreekt ervoor", "Lesbezoeken in leerjaar 3", "/contributions/"+voice)
	w.get("member", "/items/"+goal+"/edit").Has(t, `value="finding/`+finding+`" checked`, `value="contribution/`+voice+`" checked`)
	links := must(why.All(t.Context(), w.d, w.id))(t)
	if n := len(links.From("goal", goal).Is(why.Answers)); n != 2 {
		t.Errorf("%d links: what lies behind a finding is not cited by itself", n)
	}
	if n := len(links.From("action_item", action).Is(why.Serves)); n != 1 {
		t.Errorf("%d", n)
	}
	said(t, w.post("member", "/items", "kind", "goal", "text", "Nog een doel", "grounds", "finding/"+finding), "plan_added")
}
