package condition_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	conditionweb "leerkring/web/condition"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/week"
)

const today clock.Date = "2026-03-19"

// desk is a school with a trajectory, its people, and the pages.
type desk struct {
	*roomtest.Site
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	conditions   *condition.Service
	room         *conditionweb.Room
	id           string
	people       map[string]string
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	ctx := t.Context()
	library := must(method.Builtin())(t)
	w := &desk{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(w.d, w.clock, library)
	schools := school.NewService(w.d, w.clock)
	found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	for name, full := range map[string]string{"lead": "Daan Postma", "member": "Thijs Kok", "second": "Samira El Amrani", "colleague": "Wim Hofman", "leader": "Ilse Brand", "timetabler": "Petra Vos"} {
		w.people[name] = must(schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(ctx, admin, found.SchoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	w.id = must(w.trajectories.Begin(ctx, w.who("lead"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", Open: true}))(t)
	for _, name := range []string{"member", "second"} {
		must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, schools))(t)
	}
	w.conditions = condition.NewService(w.trajectories, w.clock)
	w.room = &conditionweb.Room{Trajectories: w.trajectories, Conditions: w.conditions, Schools: schools}
	w.Site = roomtest.New(t, w.d, w.clock, library, condition.Texts, trajectoryweb.Texts, conditionweb.Texts)
	for _, r := range routes(w.room) {
		w.Route(r.method, r.pattern, r.handler)
	}
	return w
}

type route struct {
	method, pattern string
	action          access.Action
	handler         room.Handler
}

func routes(c *conditionweb.Room) []route {
	return []route{
		{"GET", "/trajectories/{id}/conditions", access.Read, c.Show},
		{"POST", "/trajectories/{id}/conditions", access.Create, c.Add},
		{"POST", "/trajectories/{id}/conditions/waive", access.Promise, c.Waive},
		{"GET", "/conditions/{condition}", access.Read, c.One},
		{"POST", "/conditions/{condition}", access.Edit, c.Edit},
		{"POST", "/conditions/{condition}/ask", access.Edit, c.Ask},
		{"POST", "/conditions/{condition}/answer", access.Promise, c.Promise},
		{"POST", "/conditions/{condition}/mark", access.Settle, c.Mark},
		{"POST", "/conditions/{condition}/remove", access.Remove, c.Remove},
		{"POST", "/conditions/{condition}/restore", access.Edit, c.Restore},
	}
}

func (w *desk) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *desk) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

func (w *desk) page() string { return "/trajectories/" + w.id + "/conditions" }

var hour = condition.Words{Kind: condition.Timetable, Text: "Donderdag het achtste uur vrij", Essential: true, SharedTime: true, By: "2026-04-10"}

func (w *desk) ask(words condition.Words, whom string) string {
	w.t.Helper()
	defer w.clock.Move(time.Minute)
	return must(w.conditions.Add(w.t.Context(), w.who("member"), w.id, condition.New{Words: words, AskedID: w.people[whom], Says: "Lukt dat?"}))(w.t)
}

func TestAnEmptyPageTeachesTheFirstStep(t *testing.T) {
	w := newDesk(t)
	w.Get(w.people["member"], w.page()).Has(t, "Hier komt wat jullie nodig hebben", "wanneer kunnen jullie er allemaal zijn?", "Zonder dit kan het plan niet beginnen", "Petra Vos")
	w.Get(w.people["colleague"], w.page()).Lacks(t, "data-draft=")
	w.Lang = "en"
	w.Get(w.people["member"], w.page()).Has(t, "Start with the hour", "Thursday, period eight")
}

func TestFromAskedToArranged(t *testing.T) {
	w := newDesk(t)
	me := w.people["member"]
	r := w.Post(me, w.page(), "form", "add", "text", "", "kind", "timetable", "essential", "on", "asked", w.people["timetabler"], "words", "Lukt dat?")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Wat is er nodig? Eén zin is genoeg.", `id="f-text"`, "Lukt dat?")
	if !regexp.MustCompile(`name="essential" value="on" checked`).MatchString(r.Body) || !strings.Contains(r.Body, `value="`+w.people["timetabler"]+`" selected`) {
		t.Error("what was chosen stays chosen")
	}
	r = w.Post(me, w.page(), "form", "add", "text", hour.Text, "kind", "timetable", "essential", "on", "shared_time", "on", "by", "10-4-2026", "asked", w.people["timetabler"], "words", "Lukt dat?")
	if r.Status != 303 || !strings.Contains(r.Location, "condition_asked") {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(me, r.Location).Has(t, "Gevraagd. Het staat klaar", hour.Text, "het plan wacht hierop", "vast uur samen", "Petra Vos is gevraagd. Graag vóór", "Lukt dat?", "Het plan wacht op: "+hour.Text)
	list := must(w.conditions.Read(t.Context(), w.d, w.seen("lead")))(t).Conditions
	at := "/conditions/" + list[0].ID

	petra := w.people["timetabler"]
	w.Get(petra, at).Has(t, "Wat kun je zeggen?", "Ja, dat komt er", "Nee, dat gaat niet", `name="step" value="1"`, "Thijs Kok vroeg het aan Petra Vos")
	w.Get(petra, w.page()).Has(t, "Geef antwoord")
	w.Get(me, at).Lacks(t, "Wat kun je zeggen?")
	r = w.Post(petra, at+"/answer", "form", "answer", "step", "1", "to", "refused", "words", "", "due", "")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Waarom niet? Met één zin kan de groep iets anders bedenken.", `id="f-words"`)
	if r = w.Post(petra, at+"/answer", "form", "answer", "step", "1", "to", "promised", "words", "Na de meivakantie.", "due", "2026-03-25"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(me, w.page()).Has(t, "toegezegd", "Petra Vos, vóór", "Na de meivakantie.", "Het is er", "Nog niet gelukt")
	w.Get(me, w.page()).Lacks(t, "Het plan wacht op")
	w.Get(petra, at).Has(t, "Verander je antwoord")
	r = w.Post(petra, at+"/answer", "form", "answer", "step", "1", "to", "later", "words", "Toch later.", "due", "2026-05-01")
	if r.Status != 409 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Iemand schreef hier net iets bij.", "Toch later.", `name="step" value="2"`)

	w.clock.Move(10 * 24 * time.Hour)
	w.Get(me, w.page()).Has(t, "De dag is voorbij. Is het er gekomen?")
	if r = w.Post(me, at+"/mark", "step", "2"); r.Status != 422 {
		t.Errorf("marking nothing: %+v", r)
	}
	if r = w.Post(me, at+"/mark", "step", "2", "kept", "no", "words", "Er staat een toets op."); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], at).Has(t, "nog niet gelukt", "Er staat een toets op.", "Vraag het opnieuw, of aan een ander")
	if r = w.Post(w.people["lead"], at+"/ask", "form", "ask", "step", "3", "asked", ""); r.Status != 422 {
		t.Errorf("asking nobody: %+v", r)
	} else {
		r.Has(t, "Aan wie vraag je het?", `id="f-asked"`)
	}
	if r = w.Post(w.people["lead"], at+"/ask", "form", "ask", "step", "3", "asked", w.people["leader"], "words", "Kan het op dinsdag?"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	if r = w.Post(w.people["leader"], at+"/answer", "form", "answer", "step", "4", "to", "later", "due", "2026-04-15"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	if r = w.Post(me, at+"/mark", "step", "5", "kept", "yes"); r.Status != 303 || !strings.Contains(r.Location, "condition_marked_yes") {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		w.Get(me, w.page()).Has(t, hour.Text)
		w.Get(w.people["leader"], at).Has(t, "Er staat een toets op.", "Kan het op dinsdag?")
		w.Get(w.people["colleague"], at).Lacks(t, `name="step"`)
	}
}

// Each state has its sentence in both languages, on all pages.
func TestEveryStateHasItsWords(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	leader := w.who("leader")
	for _, a := range []condition.Answer{{To: condition.Promised}, {To: condition.Promised, Due: "2026-03-20"}, {To: condition.Refused, Words: "Er zijn geen uren."}, {To: condition.Later, Due: "2026-04-01"}} {
		id := w.ask(condition.Words{Kind: condition.Budget, Text: "Iets voor " + string(a.To)}, "leader")
		if err := w.conditions.Promise(ctx, leader, id, 1, a); err != nil {
			t.Fatal(err)
		}
	}
	for _, kept := range []bool{true, false} {
		id := w.ask(condition.Words{Kind: condition.Skill, Text: "Scholing", Essential: !kept}, "leader")
		if err := w.conditions.Mark(ctx, w.who("lead"), id, 1, true, ""); err != nil {
			t.Fatal(err)
		}
		if !kept {
			if err := w.conditions.Mark(ctx, w.who("lead"), id, 2, false, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, k := range condition.Kinds {
		must(w.conditions.Add(ctx, w.who("lead"), w.id, condition.New{Words: condition.Words{Kind: k, Text: "Soort " + string(k)}}))(t)
	}
	list := must(w.conditions.Read(ctx, w.d, w.seen("lead")))(t).Conditions
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		for _, name := range []string{"lead", "leader", "colleague"} {
			w.Get(w.people[name], w.page()).Has(t, "Soort mandate")
			for _, v := range list {
				w.Get(w.people[name], "/conditions/"+v.ID).Has(t, v.Text)
			}
		}
	}
}

// Who is asked from outside a closed trajectory finds that one page.
func TestAskedFromOutside(t *testing.T) {
	w := newDesk(t)
	id := w.ask(hour, "timetabler")
	seen := w.seen("lead")
	if err := w.trajectories.Edit(t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title}); err != nil {
		t.Fatal(err)
	}
	petra := w.people["timetabler"]
	if r := w.Get(petra, w.page()); !errs.IsAbsent(r.Err) {
		t.Errorf("the list is not hers: %+v", r)
	}
	w.Get(petra, "/conditions/"+id).Has(t, hour.Text, "Geef antwoord", "Wie meedoet ziet dit.", "De schoolleiding ziet dit ook.", "Jij ook, want het is aan jou gevraagd.")
	w.Get(petra, "/conditions/"+id).Lacks(t, "/trajectories/"+w.id, "Pas aan wat hier staat", "Haal dit weg")
	w.Get(w.people["lead"], "/conditions/"+id).Has(t, "Petra Vos is gevraagd en ziet dit ook.")
	w.Get(w.people["lead"], w.page()).Has(t, "Wie iets gevraagd is, ziet alleen dat.")
	if r := w.Get(w.people["colleague"], "/conditions/"+id); !errs.IsAbsent(r.Err) {
		t.Errorf("a colleague: %+v", r)
	}
	if r := w.Post(petra, "/conditions/"+id+"/answer", "form", "answer", "step", "1", "to", "promised"); r.Status != 303 || !strings.HasPrefix(r.Location, "/conditions/"+id) {
		t.Error(r.Status, r.Err, r.Location)
	}
}

func TestALeaderLetsThePlanBegin(t *testing.T) {
	w := newDesk(t)
	w.ask(hour, "leader")
	w.Get(w.people["leader"], w.page()).Has(t, "Laat het plan toch beginnen", "Het plan wacht op")
	w.Get(w.people["lead"], w.page()).Lacks(t, "Laat het plan toch beginnen")
	if r := w.Post(w.people["leader"], w.page()+"/waive", "reason", ""); r.Status != 422 {
		t.Error(r.Status, r.Err, r.Location)
	} else {
		r.Has(t, "Waarom kan het plan toch beginnen?")
	}
	if r := w.Post(w.people["leader"], w.page()+"/waive", "reason", "Wij oefenen in de pauze."); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], w.page()).Has(t, "Wij oefenen in de pauze.", "Ilse Brand", "Nog open: "+hour.Text)
	w.Get(w.people["leader"], w.page()).Lacks(t, "Laat het plan toch beginnen")
	if r := w.Post(w.people["lead"], w.page()+"/waive", "reason", "Ik vind van wel."); !errs.IsAbsent(r.Err) {
		t.Errorf("a lead lets it begin: %+v", r)
	}
}

func TestTwoPeopleChangedTheWords(t *testing.T) {
	w := newDesk(t)
	id := w.ask(hour, "leader")
	at := "/conditions/" + id
	words := func(text, by, version string) []string {
		return []string{"form", "edit", "version", version, "text", text, "kind", "timetable", "by", by, "essential", "on", "shared_time", "on"}
	}
	if r := w.Post(w.people["second"], at, words(hour.Text, "2026-05-01", "1")...); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	// Another part: both changes stand.
	if r := w.Post(w.people["member"], at, words("Dinsdag het achtste uur vrij", "2026-04-10", "1")...); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	got := must(w.conditions.One(t.Context(), w.d, w.who("lead"), id))(t)
	if got.Text != "Dinsdag het achtste uur vrij" || got.By != "2026-05-01" || !got.Essential {
		t.Fatalf("%+v", got.Words)
	}
	// The same part: both are shown.
	r := w.Post(w.people["second"], at, words("Woensdag het eerste uur vrij", "2026-06-01", "2")...)
	if r.Status != 409 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Wat jij schreef", "Wat er nu staat", "Woensdag", "Dinsdag", `name="version" value="3"`)
	if r = w.Post(w.people["second"], at, words("Dinsdag of woensdag, het achtste uur", "2026-06-01", "3")...); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	if r = w.Post(w.people["second"], at, words("", "", "4")...); r.Status != 422 {
		t.Error(r.Status, r.Err, r.Location)
	}
	if r = w.Post(w.people["member"], at+"/remove", "version", "4"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], w.page()).Has(t, "Eén ding weggehaald", "Dinsdag of woensdag", "Zet terug")
	if r = w.Post(w.people["lead"], at+"/restore"); r.Status != 303 {
		t.Error(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], at).Has(t, "Dinsdag of woensdag")
}

func TestWhatComesToSomebodysWeek(t *testing.T) {
	w := newDesk(t)
	id := w.ask(hour, "leader")
	asks := func(name string) []week.Ask {
		t.Helper()
		return must(conditionweb.Week{Conditions: w.conditions}.Asks(t.Context(), must(school.Knows(t.Context(), w.d, w.people[name]))(t), today))(t)
	}
	got := asks("leader")
	if len(got) != 1 || got[0].Kind != week.Promise || got[0].Link != "/conditions/"+id || got[0].Voice != hour.Text || got[0].DueOn != hour.By || !got[0].LaterOK || got[0].Own || got[0].WhyKey != "condition.week_why_essential" {
		t.Errorf("%+v", got)
	}
	if len(asks("lead")) != 0 {
		t.Error("each is asked for the own work only")
	}
	if err := w.conditions.Promise(t.Context(), w.who("leader"), id, 1, condition.Answer{To: condition.Promised, Due: "2026-03-24"}); err != nil {
		t.Fatal(err)
	}
	if got = asks("leader"); len(got) != 1 || !got[0].Own || got[0].DueOn != "2026-03-24" || got[0].Kind != week.Task {
		t.Errorf("%+v", got)
	}
	for _, lang := range []string{"nl", "en"} {
		texts := w.House.Catalog.Texts(lang, nil, nil)
		for _, key := range []string{"week_ask", "week_why", "week_why_essential", "week_do", "week_promised", "week_why_promised", "week_do_promised"} {
			if !texts.Has("condition." + key) {
				t.Errorf("no %s in %s", key, lang)
			}
		}
	}
	if h, err := (conditionweb.Week{}).Happens(t.Context(), school.Known{}, today, today); h != nil || err != nil {
		t.Errorf("%v %v", h, err)
	}
}

func TestThePartOfThePlan(t *testing.T) {
	w := newDesk(t)
	w.Route("GET", "/part/{who}", func(r *room.Request) error {
		c, err := w.room.Part(r, w.seen(r.Path("who")))
		if err != nil || c == nil {
			return err
		}
		return r.Render(200, c)
	})
	w.Get(w.people["lead"], "/part/lead").Has(t, "Begin met het uur", "Schrijf op wat nodig is")
	if r := w.Get(w.people["colleague"], "/part/colleague"); r.Body != "" || r.Err != nil {
		t.Errorf("nothing to show to who adds nothing: %+v", r)
	}
	w.ask(hour, "leader")
	few := w.Counting(func() {
		w.Get(w.people["colleague"], "/part/colleague").Has(t, hour.Text, "gevraagd", "Ilse Brand is gevraagd.", w.page())
	})
	page := w.Counting(func() { w.Get(w.people["lead"], w.page()) })
	for range 6 {
		w.ask(hour, "timetabler")
	}
	many := w.Counting(func() { w.Get(w.people["colleague"], "/part/colleague") })
	if full := w.Counting(func() { w.Get(w.people["lead"], w.page()) }); fmt.Sprint(few, page) != fmt.Sprint(many, full) {
		t.Errorf("%d and %d queries with little, %d and %d with much", few, page, many, full)
	}
}

func TestADraftComesBack(t *testing.T) {
	w := newDesk(t)
	id := w.ask(hour, "leader")
	must(w.House.Drafts.Save(t.Context(), w.people["leader"], condition.DraftKey(w.id, id), map[string]string{"words": "Ik vraag het na"}))(t)
	must(w.House.Drafts.Save(t.Context(), w.people["leader"], condition.DraftKey(w.id, ""), map[string]string{"text": "Half af"}))(t)
	w.Get(w.people["leader"], "/conditions/"+id).Has(t, "Ik vraag het na")
	w.Get(w.people["leader"], w.page()).Has(t, "Half af")
	w.Get(w.people["lead"], w.page()).Lacks(t, "Half af")
}

// The map of routes has a row in the rights for each page.
func TestEveryRouteIsGuarded(t *testing.T) {
	t.Parallel()
	var all []access.Route
	for _, r := range routes(&conditionweb.Room{}) {
		all = append(all, access.Route{Method: r.method, Pattern: r.pattern, Action: r.action, Kind: access.Condition})
	}
	for _, wrong := range access.CheckRoutes(all) {
		t.Error(wrong)
	}
}
