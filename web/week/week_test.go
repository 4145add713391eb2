package week_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/web/room/roomtest"
	taskweb "leerkring/web/task"
	weekweb "leerkring/web/week"
	"leerkring/week"
)

// asks is a room that asks the same of everybody.
type asks []week.Ask

func (a asks) Asks(context.Context, school.Known, clock.Date) ([]week.Ask, error) { return a, nil }

func (a asks) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return []week.Happening{{At: time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC), Title: "Aansluiting klas 3–4", Place: "lokaal 1.08", NoteKey: "week.hour_bring", Args: []any{"what", "werk van één leerling"}, Link: "/trajectories", Meets: true}}, nil
}

const taskID = "06eb5v7pg1h2wtk7q855kdymfc"

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func newSite(t *testing.T, a asks) (*roomtest.Site, string) {
	t.Helper()
	t.Parallel()
	d, c := dbtest.SQLite(t), clock.NewFake(time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC))
	schools := school.NewService(d, c)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(t.Context(), d, found.AdminID))(t).Who
	id := must(schools.AddStaff(t.Context(), admin, found.SchoolID, school.NewStaff{Name: "Samira El Amrani", Email: "samira@baken.example", Active: true}))(t)
	site := roomtest.New(t, d, c, must(method.Builtin())(t), week.Texts, task.Texts, weekweb.Texts, taskweb.Texts)
	rm := &weekweb.Room{Weeks: week.NewService(d, c, schools, a), Schools: schools}
	site.Route("GET", "/week", rm.Show)
	site.Route("POST", "/week/later", rm.Later)
	return site, id
}

func TestATaskIsSettledWhereItStands(t *testing.T) {
	site, samira := newSite(t, asks{
		{Item: "task/" + taskID, Kind: week.Task, TextKey: "week.ask_task", Voice: "haalt drie voorbeelden op", WhyKey: "week.why_task", DoKey: "week.do_task", Minutes: 10, DueOn: "2026-03-20", Own: true, Link: "/trajectories/x/meetings/y", SettleURL: "/tasks/" + taskID},
		{Item: "meeting/1", Kind: week.Prepare, TextKey: "week.ask_hour", Args: []any{"title", "Aansluiting"}, WhyKey: "week.why_hour", DoKey: "week.do_hour", Minutes: 5, DueOn: "2026-03-19", LaterOK: true, Link: "/prepare"},
	})
	page := site.Get(samira, "/week")
	page.Has(t, "haalt drie voorbeelden op", `action="/tasks/`+taskID+`"`, `value="done"`, "Gedaan", `href="/trajectories/x/meetings/y"`, "Graag vóór vr 20 maart",
		"Maak het PLG-uur van ‘Aansluiting’ af", "Niet nu", "lokaal 1.08, neem mee: werk van één leerling", "15.10 uur", "Volgende bijeenkomst", "do 19 maart")
	if n := strings.Count(page.Body, "btn--primary"); n != 1 {
		t.Errorf("%d filled buttons", n)
	}
	site.Lang = "en"
	site.Get(samira, "/week").Has(t, "Done", "Finish the PLC hour of ‘Aansluiting’")
}

// Of what is somebody's own the week says that it is there, and that only they see it.
func TestWhatIsSomebodysOwnStandsFolded(t *testing.T) {
	site, samira := newSite(t, asks{{Item: "cards", Kind: week.Own, TextKey: "week.ask_own", WhyKey: "week.why_own", DoKey: "week.do_own", Link: "/cards", Minutes: 3, LaterOK: true, Private: true}})
	site.Get(samira, "/week").Has(t, "Er staat iets van jezelf klaar", "Alleen jij ziet dit.", `href="/cards"`, "Niet nu")
	site.Lang = "en"
	site.Get(samira, "/week").Has(t, "Something of your own is ready", "Only you see this.")
	site.Post(samira, "/week/later", "item", "cards")
	site.Get(samira, "/week").Lacks(t, "Something of your own")
}

func TestAThumbSlips(t *testing.T) {
	site, samira := newSite(t, nil)
	for query, back := range map[string]bool{
		"?task=" + taskID + "&said=task_done":    true,
		"?task=" + taskID + "&said=task_dropped": true,
		"?task=" + taskID + "&said=task_open":    false,
		"?task=" + taskID + "&said=later":        false,
		"?task=javascript:alert&said=later":      false,
		"":                                       false,
		"?said=task_done&task=" + taskID + "x":   false,
	} {
		page := site.Get(samira, "/week"+query)
		if strings.Contains(page.Body, "Toch nog open") != back {
			t.Errorf("%q: a way back is offered: %v", query, !back)
		}
	}
}

func TestWhoIsAloneBringsPeopleIn(t *testing.T) {
	t.Parallel()
	d, c := dbtest.SQLite(t), clock.NewFake(time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC))
	schools := school.NewService(d, c)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	site := roomtest.New(t, d, c, must(method.Builtin())(t), week.Texts, task.Texts, weekweb.Texts, taskweb.Texts)
	site.Route("GET", "/week", (&weekweb.Room{Weeks: week.NewService(d, c, schools), Schools: schools}).Show)
	site.Get(found.AdminID, "/week").Has(t, "Je bent hier nog alleen", `href="/admin/people/new"`)
	samira := must(schools.AddStaff(t.Context(), must(school.Knows(t.Context(), d, found.AdminID))(t).Who, found.SchoolID, school.NewStaff{Name: "Samira El Amrani", Email: "samira@baken.example", Active: true}))(t)
	for _, id := range []string{found.AdminID, samira} {
		site.Get(id, "/week").Has(t, "Deze week vraagt niemand iets van je", `href="/trajectories"`)
	}
}
