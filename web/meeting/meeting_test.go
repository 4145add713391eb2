package meeting_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/task"
)

func TestAnHourIsPlannedInAMinute(t *testing.T) {
	w := newDesk(t)
	page := w.Get(w.people["lead"], w.list())
	page.Has(t, "Er staat nog geen uur gepland", `value="2026-03-10"`, `value="15:30"`) // a week on, a day with school
	w.Get(w.people["colleague"], w.list()).Lacks(t, "Plan dit uur")
	if r := w.Get(w.people["colleague"], w.list()+"/new"); !errs.IsAbsent(r.Err) {
		t.Errorf("a colleague plans no hour for another group: %v", r.Err)
	}
	id := w.plan("2026-03-05")
	h := w.hour(id)
	if h.State != meeting.Draft || h.Place != "lokaal 1.08" || !h.StartsAt.Equal(time.Date(2026, 3, 5, 14, 10, 0, 0, time.UTC)) || meeting.Planned(h.Items) != 60 {
		t.Errorf("%+v", h.Meeting)
	}
	w.Get(w.people["lead"], w.list()).Has(t, "do 5 maart, 15.10–16.10 uur, lokaal 1.08", "Maak het af", `value="2026-03-19"`) // two weeks after it
	w.Get(w.people["member"], w.list()).Has(t, "Bekijk de agenda")
	w.Get(w.people["colleague"], w.list()).Has(t, "Er staat nog geen uur gepland")
	if r := w.Get(w.people["lead"], w.list()+"/new"); !strings.HasSuffix(r.Location, id+"/prepare") {
		t.Errorf("the hour that is being made goes on: %s", r.Location)
	}
	for field, fields := range map[string][]string{
		"date":    {"time", "15:10", "minutes", "60", "place", "lokaal 1.08"},
		"time":    {"date", "2026-03-12", "minutes", "60", "place", "lokaal 1.08"},
		"minutes": {"date", "2026-03-12", "time", "15:10", "minutes", "2", "place", "lokaal 1.08"},
		"place":   {"date", "2026-03-12", "time", "15:10", "minutes", "60", "place", "lokaal 1.08" + strings.Repeat("!", 90)},
	} {
		for _, from := range []string{"", "new"} {
			r := w.Post(w.people["lead"], w.list(), append(fields, "from", from)...)
			if r.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s from %q: %d", field, from, r.Status)
			}
			r.Has(t, "Kijk nog even hiernaar", `href="#f-`+field+`"`, "lokaal 1.08")
		}
	}
	if all := must(w.meetings.List(t.Context(), w.d, w.seen("lead")))(t); len(all) != 1 {
		t.Errorf("a refused form made an hour: %d", len(all))
	}
}

var stepper = regexp.MustCompile(`action="(/trajectories/[^"]+/items/[^"/]+)"[^>]*>(?s:.*?)name="minutes" value="(\d+)"(?s:.*?)name="minutes" value="(\d+)"`)

func TestAnHourIsMadeInFiveMinutes(t *testing.T) {
	w := newDesk(t)
	w.last()
	w.voices()
	id := w.plan("2026-03-19")
	path, lead := w.list()+"/"+id, w.people["lead"]
	page := w.Get(lead, path+"/prepare")
	page.Has(t, "60 van 60 minuten", "Het PLG-uur van donderdag", "Eén ronde langs wat we op do 5 maart afspraken.",
		"Joost bracht op di 17 maart een ander geluid in. Daar is nog niet over gepraat.", "Dit staat nog open voor de volgende fase.",
		"We geven elke week één les met de drie vragen.", "Samira: haalt drie voorbeelden van goed werk op", "Taak, vóór di 17 maart",
		"Nog niet gehoord", "Alleen wie meedoet aan deze ronde ziet dit", "Zet klaar voor donderdag", "Alleen wie meedoet ziet dit")
	steps := stepper.FindAllStringSubmatch(page.Body, -1)
	if len(steps) != 4 || strings.Count(page.Body, `class="btn btn--primary"`) != 1 {
		t.Fatalf("%d steppers, %d filled buttons", len(steps), strings.Count(page.Body, `class="btn btn--primary"`))
	}
	r := w.Post(lead, steps[1][1], "minutes", steps[1][3])
	if !strings.Contains(r.Location, "/prepare#item-") {
		t.Errorf("a press comes back to where it was: %s", r.Location)
	}
	w.Get(lead, path+"/prepare").Has(t, "65 van 60 minuten", "Dat is 5 minuten te veel.")
	w.Post(lead, steps[2][1], "minutes", steps[2][2])
	w.Get(lead, path+"/prepare").Has(t, "60 van 60 minuten")

	item := w.hour(id).Items[2]
	form := []string{"form", "item-" + item.ID, "was", item.Question, "part", "learn"}
	if r := w.Post(lead, steps[2][1], append(form, "element", "f2.q1")...); r.Err != nil || r.Status != http.StatusSeeOther {
		t.Errorf("another question of the stage: %d %v", r.Status, r.Err)
	}
	r = w.Post(lead, steps[2][1], append(form, "question", "Mijn eigen vraag?")...)
	if r.Status != http.StatusConflict {
		t.Errorf("the page showed an older question: %d", r.Status)
	}
	r.Has(t, "Mijn eigen vraag?")
	now := w.hour(id).Items[2]
	w.Post(lead, steps[2][1], "form", "item-"+item.ID, "was", now.Question, "part", "decide", "question", "Mijn eigen vraag?", "element", "f2.q3")
	if got := w.hour(id).Items[2]; got.Question != "Mijn eigen vraag?" || got.ElementID != "" || got.Part != meeting.Decide || got.Minutes != item.Minutes {
		t.Errorf("own words go before a question of the stage: %+v", got)
	}
	w.Post(lead, steps[2][1], "form", "item-"+item.ID, "was", "Mijn eigen vraag?", "part", "learn", "element", "f9.q9").Has(t, "Kies een van de antwoorden")
	w.Post(lead, path+"/items/"+item.ID+"/move", "to", "earlier")
	w.Post(lead, path+"/items", "from", "prepare", "form", "add", "question", "", "part", "organise", "minutes", "5").Has(t, "Waar praten jullie over?")
	w.Post(lead, path+"/items", "from", "prepare", "form", "add", "question", "Wie regelt de zaal?", "part", "organise", "minutes", "5")
	items := w.hour(id).Items
	if items[1].ID != item.ID || items[4].Question != "Wie regelt de zaal?" {
		t.Errorf("%+v", items)
	}
	w.Post(lead, path+"/items/"+items[4].ID+"/remove")
	w.Post(lead, path+"/propose", "from", "prepare")
	if got := w.hour(id).Items; len(got) != 4 || slices.ContainsFunc(got, func(i meeting.Item) bool { return i.Question == "Mijn eigen vraag?" }) {
		t.Errorf("a fresh proposal: %+v", got)
	}

	h := w.hour(id)
	change := []string{"from", "prepare", "form", "plan", "version", "1", "date", "2026-03-19", "time", "15:10", "minutes", "60", "place", "2.14", "bring", "Werk van één leerling",
		"host", w.people["lead"], "keeper", w.people["member"], "timer", "", "guests", w.people["guest"]}
	w.Post(lead, path, change...)
	w.Get(lead, path+"/prepare").Has(t, "2.14", "Werk van één leerling", "Thijs")
	w.Post(w.people["member"], path, change...).Has(t, "Iemand anders paste dit net aan")
	if h.Version != 1 {
		t.Errorf("steps make no version: %d", h.Version)
	}
	if r := w.Get(w.people["colleague"], path); !errs.IsAbsent(r.Err) {
		t.Error("a colleague sees nothing of it yet")
	}
	w.Post(lead, path+"/ready", "from", "prepare")
	shown1 := w.Get(w.people["colleague"], path)
	shown1.Has(t, "Zo kom je voorbereid binnen", "Een collega bracht een ander geluid in.")
	shown1.Lacks(t, "Joost", "Nog niet gehoord")
	w.Get(w.people["guest"], path).Has(t, "Zo loopt het uur")
	for _, name := range []string{"colleague", "guest"} {
		if r := w.Get(w.people[name], path+"/prepare"); !errs.IsAbsent(r.Err) {
			t.Errorf("%s does not make the hour: %v", name, r.Err)
		}
	}
}

func TestAnHourIsHeld(t *testing.T) {
	w := newDesk(t)
	w.last()
	id := w.plan("2026-03-19")
	path := w.list() + "/" + id
	lead, member, colleague := w.people["lead"], w.people["member"], w.people["colleague"]
	w.Post(lead, path+"/ready")
	w.Get(member, path+"/board").Has(t, "Hier praten we zo over", "Ik leid dit uur")
	w.clock.Set(time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC))
	if r := w.Post(lead, path+"/begin", "from", "board"); !strings.HasSuffix(r.Location, "/board") {
		t.Errorf("begun on the board, it stays there: %s", r.Location)
	}
	items := w.hour(id).Items
	board := w.Get(lead, path+"/board")
	board.Has(t, `data-seconds="600"`, `data-started-at="2026-03-19T14:10:00Z"`, "10:00", "Wat lukte er, en wat nog niet?", "Wij doen altijd", "Eén iemand doet", "Naar vraag 1", "2 minuten",
		"We geven elke week één les met de drie vragen.", "gelukt", `class="bord"`, `aria-current="step"`)
	w.Get(member, path+"/board").Lacks(t, "Naar vraag 1", "Sluit af")
	shown2 := w.Get(member, path)
	shown2.Has(t, "Deel 1 van 4, delen", "Wat breng je in?", "Ik leid dit uur")
	shown2.Lacks(t, "Naar vraag 1")
	w.Get(colleague, path).Lacks(t, "Wat breng je in?", "Neem terug")

	said := w.Post(member, path+"/notes", "form", "note", "item", items[0].ID, "note", "In acht klassen.")
	if said.Location != path {
		t.Errorf("%s %v", said.Location, said.Err)
	}
	if r := w.Post(member, path+"/notes", "from", "board", "form", "note", "item", items[0].ID, "note", "Van Joost.", "said_by", w.people["third"]); !strings.HasSuffix(r.Location, "/board?field=note") {
		t.Errorf("the keeper writes on: %s", r.Location)
	}
	w.Get(member, path+"/board?field=note").Has(t, "autofocus", "Joost", "In acht klassen.")
	w.Post(member, path+"/notes", "form", "note", "item", items[0].ID, "note", " ").Has(t, "Schrijf eerst op wat je wilt inbrengen")
	w.Post(lead, path+"/kept", "from", "board", "agreement", w.hour(id).Previous.Agreed[0].ID, "kept", "partly")
	w.Get(lead, path).Has(t, "deels")

	w.clock.Move(12 * time.Minute)
	w.Get(lead, path+"/board").Has(t, "+2:00")
	w.Post(lead, path+"/next", "item", items[0].ID)
	w.Post(lead, path+"/next", "item", items[0].ID)
	w.Post(lead, path+"/time", "item", items[1].ID, "minutes", "2")
	if h := w.hour(id); h.CurrentID != items[1].ID || h.Items[1].Minutes != items[1].Minutes+2 {
		t.Errorf("one step, and two minutes more: %+v", h.Items)
	}
	w.Post(lead, path+"/go", "item", items[3].ID)
	shown3 := w.Get(lead, path)
	shown3.Has(t, "Deel 4 van 4, besluiten", "Sluit af")
	shown3.Lacks(t, "Naar vraag")
	w.Post(lead, path+"/next", "item", items[3].ID).Has(t, "Dit was het laatste onderdeel")
	w.Post(lead, path+"/not-yet").Has(t, "Er is al iets opgeschreven")

	w.Post(member, path+"/agreements", "form", "agreement", "agreement", "laten eerst een voorbeeld zien.")
	w.Post(member, path+"/agreements", "form", "agreement", "agreement", "Wij beginnen op tijd")
	w.Post(member, path+"/agreements", "form", "agreement", "agreement", "").Has(t, "Kijk nog even hiernaar", `id="f-agreement"`)
	w.Post(member, path+"/tasks", "form", "task", "owner", "", "task", "vraagt het na", "due", "2026-03-26").Has(t, "Kies één collega die dit doet", "vraagt het na")
	w.Post(member, path+"/tasks", "form", "task", "owner", lead, "task", "vraagt het na", "due", "").Has(t, "Kies een dag die nog komt")
	w.Post(member, path+"/tasks", "form", "task", "owner", lead, "task", "vraagt het na", "due", "2026-03-26")
	h := w.hour(id)
	if len(h.Agreed) != 2 || h.Agreed[0].Body != "We laten eerst een voorbeeld zien." || h.Agreed[1].Body != "Wij beginnen op tijd" || len(h.Tasks) != 1 {
		t.Errorf("%+v %+v", h.Agreed, h.Tasks)
	}

	if r := w.Get(member, path+"/close/form"); !errs.IsAbsent(r.Err) {
		t.Errorf("a member does not close: %v", r.Err)
	}
	shown4 := w.Get(lead, path+"/close/form")
	shown4.Has(t, "Wie waren er?", "We laten eerst een voorbeeld zien.")
	shown4.Lacks(t, "Wat is de volgende stap?", "Gijs")
	w.Post(lead, path+"/close", "from", "close", "present", lead, "present", member)
	minutes := w.Get(colleague, path)
	minutes.Has(t, "Verslag", "Dit zeiden we", "In acht klassen.", "Waar de tijd heen ging", "12 min delen", "Marieke en Thijs", "We laten eerst een voorbeeld zien.", "vóór do 26 maart", "loopt")
	minutes.Lacks(t, "Gedaan", "Wij …", "Neem terug")
	w.Get(lead, path).Has(t, "Gedaan", "Plan het volgende uur", "Ik dacht later nog aan iets")
	mine := w.hour(id).Tasks[0]
	if r := w.Post(lead, "/tasks/"+mine.ID, "state", "done", "back", path); r.Location != path+"?said=task_done" {
		t.Errorf("settled where it stands: %s %v", r.Location, r.Err)
	}
	if r := w.Post(member, "/tasks/"+mine.ID, "state", "dropped"); !errs.IsAbsent(r.Err) {
		t.Errorf("somebody else's task: %v", r.Err)
	}
	if r := w.Post(lead, "/tasks/"+mine.ID, "state", "open", "back", "https://elders.example/"); r.Location != "/week?task="+mine.ID+"&said=task_open" {
		t.Errorf("back in this house only: %s", r.Location)
	}
	if t2 := w.hour(id).Tasks[0]; t2.State != task.Open {
		t.Errorf("%+v", t2)
	}
	w.Get(lead, path+"/board").Has(t, "Dit spraken we af")
	w.Get(lead, w.list()).Has(t, "Eerdere uren")
}

func TestOneNextStepIsAsked(t *testing.T) {
	w := newDesk(t)
	id := w.plan("2026-03-05")
	path, lead := w.list()+"/"+id, w.people["lead"]
	w.Post(lead, path+"/begin")
	w.Get(lead, path+"/close/form").Has(t, "Wat is de volgende stap?")
	bad := w.Post(lead, path+"/close", "from", "close", "form", "close", "task", "vraagt het na", "owner", "", "due", "2026-03-12", "present", lead)
	bad.Has(t, "Kies één collega die dit doet", "vraagt het na")
	if w.hour(id).State != meeting.Live {
		t.Error("a refused step does not close the hour")
	}
	w.Post(lead, path+"/close", "from", "close", "form", "close", "task", "vraagt het na", "owner", lead, "due", "2026-03-12", "present", lead)
	if h := w.hour(id); h.State != meeting.Closed || len(h.Tasks) != 1 {
		t.Errorf("%s %+v", h.State, h.Tasks)
	}
	other := w.plan("2026-03-19")
	w.Post(lead, w.list()+"/"+other+"/begin")
	w.Post(lead, w.list()+"/"+other+"/close", "from", "close", "form", "close", "present", lead)
	w.Get(lead, w.list()+"/"+other).Has(t, "Dit uur heeft nog geen volgende stap")
	third := w.plan("2026-04-02")
	if r := w.Post(lead, w.list()+"/"+third+"/cancel"); !strings.HasPrefix(r.Location, w.list()+"?") {
		t.Errorf("called off, back to the list: %s", r.Location)
	}
	w.Get(lead, w.list()+"/"+third).Has(t, "Dit uur gaat niet door")
	if r := w.Get(lead, w.list()+"/"+third+"/board"); r.Location != w.list()+"/"+third {
		t.Errorf("what is off has no board: %s", r.Location)
	}
}

func TestPagesInEnglish(t *testing.T) {
	w := newDesk(t)
	w.last()
	w.voices()
	w.Lang = "en"
	id := w.plan("2026-03-19")
	path, lead := w.list()+"/"+id, w.people["lead"]
	w.Get(lead, w.list()).Has(t, "Earlier hours")
	w.Get(lead, path+"/prepare").Has(t, "60 of 60 minutes", "The PLC hour of Thursday")
	w.Get(lead, path).Has(t, "15:10")
	w.Post(lead, path+"/begin")
	w.Get(lead, path).Has(t, "What do you bring in?")
	w.Get(lead, path+"/board").Has(t, "We always")
	w.Get(lead, path+"/close/form").Has(t, "What is the next step?")
	w.Post(lead, path+"/close")
	w.Get(lead, path).Has(t, "This we said")
}

// A page asks the database as often with much on it as with little.
func TestQueriesDoNotGrow(t *testing.T) {
	w := newDesk(t)
	w.last()
	id := w.plan("2026-03-19")
	path, lead := w.list()+"/"+id, w.people["lead"]
	pages := map[string]string{"list": w.list(), "prepare": path + "/prepare", "agenda": path}
	count := func() map[string]int {
		out := map[string]int{}
		for name, target := range pages {
			out[name] = w.Counting(func() { w.Get(lead, target) })
		}
		return out
	}
	few := count()
	for range 3 {
		w.plan("2026-04-02")
		w.ok(w.meetings.AddItem(t.Context(), w.who("lead"), w.id, id, meeting.NewItem{Part: meeting.Learn, Question: "Nog een vraag?", Minutes: 5}))
		must(w.meetings.AddNote(t.Context(), w.who("member"), w.id, id, meeting.NewNote{ItemID: w.hour(id).Items[0].ID, Body: "Iets"}))(t)
		w.ok(w.meetings.AddTask(t.Context(), w.who("member"), w.id, id, lead, "iets doen", "2026-03-26"))
	}
	if many := count(); !maps.Equal(few, many) {
		t.Errorf("%v with little, %v with much", few, many)
	}
}
