package session_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web/room/roomtest"
	sessionweb "leerkring/web/session"
)

// table is a school whose people come together, and the pages for it.
type table struct {
	*roomtest.Site
	t          *testing.T
	d          *db.DB
	clock      *clock.Fake
	sessions   *session.Service
	schoolID   string
	trajectory string
	people     map[string]string
	door       *door
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

func newTable(t *testing.T, lang string) *table {
	t.Helper()
	t.Parallel()
	ctx := t.Context()
	library := must(method.Builtin())(t)
	w := &table{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)), people: map[string]string{}}
	trajectories := trajectory.NewService(w.d, w.clock, library)
	schools := school.NewService(w.d, w.clock)
	found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID = found.SchoolID
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	for _, name := range []string{"Marieke de Wit", "Noor Haddad", "Joost Verhagen", "Samira Essaidi", "Thijs Kuiper"} {
		key := strings.ToLower(strings.Fields(name)[0])
		w.people[key] = must(schools.AddStaff(ctx, admin, w.schoolID, school.NewStaff{Name: name, Email: key + "@baken.example", Active: true}))(t)
	}
	w.sessions = session.NewService(w.d, w.clock, trajectories, nil)
	w.trajectory = must(trajectories.Begin(ctx, w.who("marieke"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: "doe", Open: true}))(t)
	w.Site = roomtest.New(t, w.d, w.clock, library, session.Texts, sessionweb.Texts, task.Texts)
	w.Lang = lang
	w.door = &door{}
	rm := &sessionweb.Room{Sessions: w.sessions, Trajectories: trajectories, Schools: schools, Door: w.door}
	w.Route("POST", "/sessions/{id}/process", rm.AnswerProcess)
	w.Route("GET", "/cards", rm.Cards)
	w.Route("POST", "/cards/{id}/ask", rm.AskCard)
	w.Route("POST", "/cards/{id}/tell", rm.TellCard)
	w.Route("POST", "/cards/{id}/keep", rm.KeepCard)
	w.Route("POST", "/cards/{id}/share", rm.ShareCard)
	w.Route("POST", "/cards/{id}/erase", rm.EraseCard)
	w.Route("GET", "/sessions", rm.List)
	w.Route("GET", "/sessions/new", rm.New)
	w.Route("POST", "/sessions", rm.Plan)
	w.Route("GET", "/sessions/{id}", rm.Show)
	w.Route("GET", "/sessions/{id}/board", rm.Board)
	w.Route("POST", "/sessions/{id}/join", rm.Join)
	w.Route("POST", "/sessions/{id}/here", rm.Here)
	w.Route("POST", "/sessions/{id}/leave", rm.Leave)
	w.Route("POST", "/sessions/{id}/begin", rm.Begin)
	w.Route("POST", "/sessions/{id}/next", rm.Next)
	w.Route("POST", "/sessions/{id}/texts", rm.Write)
	w.Route("POST", "/sessions/{id}/stop", rm.Stop)
	w.Route("POST", "/sessions/{id}/role", rm.Role)
	w.Route("POST", "/sessions/{id}/take-over", rm.TakeOver)
	w.Route("POST", "/sessions/{id}/pause", rm.Pause)
	w.Route("POST", "/sessions/{id}/tasks", rm.AddTask)
	w.Route("POST", "/sessions/{id}/texts/{text}/task", rm.TaskOf)
	w.Route("POST", "/sessions/{id}/releases/{release}/task", rm.TaskOfRelease)
	w.Route("POST", "/sessions/{id}/close", rm.Close)
	return w
}

func (w *table) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

var at = regexp.MustCompile(`^/sessions/[0-9a-z]{26}$`)

// plans sets a session up by the form and lets the others come in.
func (w *table) plans(fields ...string) string {
	w.t.Helper()
	r := w.Post(w.people["marieke"], "/sessions", append([]string{"date", "2026-03-19", "time", "15:20",
		"people", w.people["noor"], "people", w.people["joost"], "people", w.people["samira"]}, fields...)...)
	if !at.MatchString(r.Location) {
		w.t.Fatalf("%d %s %v", r.Status, r.Location, r.Err)
	}
	for _, name := range []string{"noor", "joost", "samira"} {
		w.Post(w.people[name], r.Location+"/join", "confirm", "on")
	}
	return r.Location
}

func TestPeopleAreCalledTogether(t *testing.T) {
	w := newTable(t, "nl")
	w.Get(w.people["marieke"], "/sessions").Has(t, "Er staat nog niets klaar", "We willen", "Incidentmethode")
	w.Get(w.people["marieke"], "/sessions/new?method=incidentmethode").Has(t, "Noor Haddad", "Alleen wie je vraagt, ziet dit", "Liever niet als", "Samen 75 minuten")
	if r := w.Get(w.people["marieke"], "/sessions/new?method=verbetercyclus"); r.Location != "/sessions" {
		t.Error(r.Location)
	}
	r := w.Post(w.people["marieke"], "/sessions", "method", "incidentmethode", "title", "Een lastig moment", "date", "2025-01-01", "time", "15:20", "people", w.people["noor"])
	if r.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that has gone: %d", r.Status)
	}
	r.Has(t, "Kijk nog even hiernaar", `href="#f-date"`, "Een lastig moment", "checked")
	path := w.plans("method", "incidentmethode", "title", "Een lastig moment")
	w.Get(w.people["marieke"], path).Has(t, "Jullie zijn met 4", "inbrenger", "is er", "Wat je hier hoort")
	w.Get(w.people["noor"], "/sessions").Has(t, "Incidentmethode: Een lastig moment", "je doet mee")
	if r := w.Get(w.people["thijs"], path); !errs.IsAbsent(r.Err) {
		t.Error("somebody who was not asked finds it")
	}
}

// What was typed stays in the form that is refused; nobody reads another's card too early.
func TestASessionRunsByItsPages(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "incidentmethode")
	host := w.people["marieke"]
	w.Post(host, path+"/begin")
	page := w.Get(host, path)
	page.Has(t, "Incident kiezen", "stap 1 van 10", "Hier houden we ons aan", "Wie brengt iets in?", "data-live-kind=\"running\"")
	w.Post(host, path+"/next", "step", "0").Has(t, "Wie brengt iets in? Spreek dat eerst af.")
	r := w.Post(w.people["noor"], path+"/texts", "form", "text-kiezen.zin", "field", "kiezen.zin", "step", "0", "body", strings.Repeat("lang ", 500))
	if r.Status != http.StatusUnprocessableEntity && !errs.IsAbsent(r.Err) {
		t.Errorf("too long: %d", r.Status)
	}
	w.Post(w.people["joost"], path+"/leave")
	if r := w.Get(w.people["joost"], path); !errs.IsAbsent(r.Err) {
		t.Error("who went away still reads along")
	}
	w.Get(host, path).Has(t, "Joost is er") // the way back in, by who leads
	w.Post(host, path+"/here", "person", w.people["joost"], "here", "yes", "confirm", "on")
	w.Get(w.people["joost"], path).Has(t, "Incident kiezen")
	w.Post(w.people["samira"], path+"/stop")
	w.Get(w.people["noor"], path).Has(t, "Even stoppen.", "Wie het vroeg, is niet te zien")
	w.Get(w.people["noor"], path).Lacks(t, "Samira vroeg")
	board := w.Get(host, path+"/board")
	board.Has(t, "Terug naar je eigen bladzijde")
	board.Lacks(t, "Alleen jij ziet dit", "<textarea")
	w.Post(host, path+"/close")
	w.Get(w.people["joost"], path).Has(t, "Je eigen kaart", "za 18 april", "Mag er iets verder?")
}

// Who leads went away: everybody reads it, and who may lead finds one button in sight. Who brings
// something in is not asked.
func TestSomebodyElseGoesOnLeading(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "incidentmethode")
	w.Post(w.people["marieke"], path+"/role", "role", method.RolePresenter, "person", w.people["joost"])
	w.Get(w.people["joost"], path).Lacks(t, "Leid jij het gesprek")
	w.Post(w.people["marieke"], path+"/begin")
	w.Get(w.people["noor"], path).Has(t, "Marieke leidt het gesprek.", "<title>Incident kiezen, Incidentmethode")
	w.Post(w.people["marieke"], path+"/leave")
	gone := w.Get(w.people["noor"], path)
	gone.Has(t, "Marieke leidde dit en is weg.", `class="voet__weg"`, "Leid jij het gesprek")
	gone.Lacks(t, "Marieke leidt het gesprek.")
	presents := w.Get(w.people["joost"], path)
	presents.Has(t, "Marieke leidde dit en is weg.")
	presents.Lacks(t, "Leid jij het gesprek")
	w.Post(w.people["noor"], path+"/take-over")
	w.Get(w.people["noor"], path).Has(t, "Jij leidt het gesprek.")
	w.Get(w.people["samira"], path).Has(t, "Noor leidt het gesprek.")
}

// What a screen reader is told of: the step with its minutes, and whose turn it is; never the clock.
func TestAStepIsSaidOnce(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "incidentmethode")
	host := w.people["marieke"]
	w.Post(host, path+"/role", "role", method.RolePresenter, "person", w.people["joost"])
	w.Post(host, path+"/begin")
	says := func() []string {
		var out []string
		for _, m := range regexp.MustCompile(`data-live-say="([^"]+)"`).FindAllStringSubmatch(w.Get(w.people["joost"], path).Body, -1) {
			out = append(out, m[1])
		}
		return out
	}
	first := says()
	if len(first) != 2 || first[0] != "Nieuwe stap: Incident kiezen. 5 minuten." || !strings.HasSuffix(first[1], "aan de beurt.") {
		t.Fatalf("it says %q", first)
	}
	w.clock.Move(30 * time.Second)
	if again := says(); strings.Join(again, "") != strings.Join(first, "") {
		t.Errorf("half a minute later it says %q", again)
	}
	w.Post(host, path+"/next", "step", "0")
	if got := says(); strings.Join(got, "|") != "Nieuwe stap: Situatie vertellen. 5 minuten.|Jij bent aan de beurt." {
		t.Errorf("the next step says %q", got)
	}
	w.Post(host, path+"/pause", "step", "1")
	if got := says(); len(got) != 3 || got[1] != "De klok staat stil. Neem de tijd die nodig is." {
		t.Errorf("paused it says %q", got)
	}
}

func TestTheBoardOfATeam(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "weekbord", "trajectory", w.trajectory)
	host := w.people["marieke"]
	w.Post(host, path+"/begin")
	w.Get(host, path).Has(t, "Feedback in elke les", "Wat lukte", "Deze week", "Mee bezig", "Sleep een kaart", `data-queue="`)
	w.Post(w.people["noor"], path+"/texts", "form", "text-lukte.kaart", "field", "lukte.kaart", "body", "Twee leerlingen hielpen elkaar.")
	w.Get(host, path).Has(t, "Twee leerlingen hielpen elkaar.")
	w.Post(host, path+"/tasks", "form", "task", "task", "Voorbeelden ophalen", "owner", w.people["samira"], "due", "").Has(t, "Voorbeelden ophalen", "Kies een dag die nog komt")
	w.Post(host, path+"/tasks", "form", "task", "task", "Voorbeelden ophalen", "owner", w.people["samira"], "due", "2026-03-26")
	w.Post(host, path+"/close")
	w.Get(w.people["noor"], path).Has(t, "Voorbeelden ophalen", "Samira, vóór do 26 maart", "Dit hoort bij het werk")
}

func TestThePagesSpeakEnglish(t *testing.T) {
	w := newTable(t, "en")
	path := w.plans("method", "troika")
	w.Get(w.people["noor"], path).Has(t, "You are in", "We keep to this")
	w.Post(w.people["marieke"], path+"/begin")
	w.Get(w.people["noor"], path).Has(t, "round 1")
}

// A page of a session does a constant number of queries, however many people and texts it has.
func TestAPageOfASessionDoesAConstantNumberOfQueries(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "weekbord", "trajectory", w.trajectory)
	w.Post(w.people["marieke"], path+"/begin")
	look := func() int { return w.Counting(func() { w.Get(w.people["marieke"], path) }) }
	few := look()
	for _, name := range []string{"noor", "joost", "samira"} {
		w.Post(w.people[name], path+"/texts", "form", "text-lukte.kaart", "field", "lukte.kaart", "body", "Er lukte iets.")
		w.Post(w.people["marieke"], path+"/tasks", "form", "task", "task", "Iets doen", "owner", w.people[name], "due", "2026-03-26")
	}
	if many := look(); many != few {
		t.Errorf("%d queries, then %d", few, many)
	}
}
