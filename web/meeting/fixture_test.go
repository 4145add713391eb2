package meeting_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/block/contribution"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	meetingweb "leerkring/web/meeting"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	taskweb "leerkring/web/task"
	trajectoryweb "leerkring/web/trajectory"
)

// agreed connects the two blocks, as cmd does.
type agreed struct{ page *agreement.Service }

func (a agreed) Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error) {
	return a.page.Agree(ctx, tx, seen, meetingID, body, now)
}

func (a agreed) CountOf(ctx context.Context, q db.Queryer, trajectoryID, meetingID string) (int, error) {
	return a.page.CountOf(ctx, q, trajectoryID, meetingID)
}

func (a agreed) OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]meeting.Agreed, error) {
	list, err := a.page.OfMeetings(ctx, q, seen, ids)
	var out []meeting.Agreed
	for _, x := range list {
		out = append(out, meeting.Agreed{ID: x.ID, MeetingID: x.MeetingID, Body: x.Body, Kept: string(x.Kept)})
	}
	return out, err
}

// desk is a school with a trajectory in its second stage, its people, and the pages.
type desk struct {
	*roomtest.Site
	t             *testing.T
	d             *db.DB
	clock         *clock.Fake
	trajectories  *trajectory.Service
	contributions *contribution.Service
	agreements    *agreement.Service
	meetings      *meeting.Service
	id            string
	people        map[string]string
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
	w := &desk{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(w.d, w.clock, library)
	schools := school.NewService(w.d, w.clock)
	found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	for name, full := range map[string]string{"lead": "Marieke de Wit", "member": "Thijs Kok", "second": "Samira El Amrani", "third": "Joost Visser", "colleague": "Wim Hofman", "leader": "Ilse Brand", "guest": "Gijs Vreemd"} {
		w.people[name] = must(schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(ctx, admin, found.SchoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	w.id = must(w.trajectories.Begin(ctx, w.who("lead"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Aansluiting klas 3–4", StageID: "verdiep", Open: true}))(t)
	for _, name := range []string{"member", "second", "third"} {
		must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, schools))(t)
	}
	must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people["guest"], Role: trajectory.Guest}, schools))(t)
	w.contributions = contribution.NewService(w.d, w.clock, w.trajectories)
	w.agreements = agreement.NewService(w.trajectories, w.clock)
	w.meetings = meeting.NewService(w.d, w.clock, w.trajectories, agreed{w.agreements})
	w.trajectories.Tells(w.contributions, w.agreements, w.meetings)
	hour := &meetingweb.Room{Trajectories: w.trajectories, Meetings: w.meetings, Agreements: w.agreements, Contributions: w.contributions, Schools: schools}
	tasks := &taskweb.Room{Tasks: task.NewService(w.d, w.clock)}
	w.Site = roomtest.New(t, w.d, w.clock, library, contribution.Texts, agreement.Texts, meeting.Texts, task.Texts, trajectoryweb.Texts, meetingweb.Texts, taskweb.Texts)
	w.Route("POST", "/tasks/{task}", tasks.Settle)
	for pattern, h := range map[string]room.Handler{
		"GET ": hour.List, "POST ": hour.Plan, "GET /new": hour.New, "GET /{meeting}": hour.Show, "POST /{meeting}": hour.Change,
		"GET /{meeting}/prepare": hour.Prepare, "POST /{meeting}/propose": hour.Propose, "POST /{meeting}/items": hour.AddItem, "POST /{meeting}/items/{item}": hour.Item,
		"POST /{meeting}/items/{item}/move": hour.MoveItem, "POST /{meeting}/items/{item}/remove": hour.RemoveItem, "POST /{meeting}/ready": hour.Ready, "POST /{meeting}/cancel": hour.Cancel,
		"POST /{meeting}/begin": hour.Begin, "POST /{meeting}/not-yet": hour.NotYet, "POST /{meeting}/next": hour.Next, "POST /{meeting}/go": hour.Go, "POST /{meeting}/time": hour.Time,
		"POST /{meeting}/take-over": hour.TakeOver, "POST /{meeting}/notes": hour.Note, "POST /{meeting}/notes/{note}/withdraw": hour.Withdraw, "POST /{meeting}/agreements": hour.Agree,
		"POST /{meeting}/tasks": hour.Task, "POST /{meeting}/kept": hour.Kept, "GET /{meeting}/board": hour.Board, "GET /{meeting}/close/form": hour.CloseForm, "POST /{meeting}/close": hour.Close,
	} {
		method, rest := pattern[:4], pattern[4:]
		if method == "GET " {
			method = "GET"
		} else {
			rest = pattern[5:]
		}
		w.Route(method, "/trajectories/{id}/meetings"+rest, h)
	}
	return w
}

func (w *desk) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *desk) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

func (w *desk) hour(id string) meeting.Hour {
	w.t.Helper()
	return must(w.meetings.Hour(w.t.Context(), w.d, w.seen("lead"), id))(w.t)
}

func (w *desk) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *desk) list() string { return "/trajectories/" + w.id + "/meetings" }

var made = regexp.MustCompile(`/meetings/([a-z0-9]+)`)

// plan plans an hour by the form, and gives its id.
func (w *desk) plan(day string) string {
	w.t.Helper()
	reply := w.Post(w.people["lead"], w.list(), "date", day, "time", "15:10", "minutes", "60", "place", "lokaal 1.08")
	m := made.FindStringSubmatch(reply.Location)
	if m == nil {
		w.t.Fatalf("no hour was made: %d %v %s", reply.Status, reply.Err, reply.Body)
	}
	return m[1]
}

// last is an hour of the 5th of March that settled things, so that the next one looks back.
func (w *desk) last() {
	w.t.Helper()
	ctx := w.t.Context()
	id := w.plan("2026-03-05")
	w.ok(w.meetings.PutReady(ctx, w.who("lead"), w.id, id))
	w.clock.Set(time.Date(2026, 3, 5, 14, 10, 0, 0, time.UTC))
	w.ok(w.meetings.Begin(ctx, w.who("lead"), w.id, id))
	item := w.hour(id).Items[0]
	must(w.meetings.AddNote(ctx, w.who("member"), w.id, id, meeting.NewNote{ItemID: item.ID, Body: "In zeven van de acht klassen."}))(w.t)
	w.clock.Move(25 * time.Minute)
	w.ok(w.meetings.AddAgreement(ctx, w.who("lead"), w.id, id, "We geven elke week één les met de drie vragen."))
	w.ok(w.meetings.AddTask(ctx, w.who("lead"), w.id, id, w.people["second"], "haalt drie voorbeelden van goed werk op", "2026-03-17"))
	w.ok(w.meetings.Close(ctx, w.who("lead"), w.id, id, []string{w.people["lead"], w.people["member"]}))
	w.clock.Set(time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC))
}

// voices are a round in which somebody brought another sound and somebody is still awaited.
func (w *desk) voices() {
	w.t.Helper()
	ctx := w.t.Context()
	must(w.contributions.Open(ctx, w.who("lead"), w.id, contribution.NewRound{ElementID: "f2.q2", Form: contribution.Named, Audience: contribution.Team, ClosesOn: "2026-03-27"}))(w.t)
	must(w.contributions.Add(ctx, w.who("third"), w.id, contribution.Answer{ElementID: "f2.q2", Words: contribution.Words{Body: "Bij mij schuurt het niet. Ik zie niet waarom we dit doen.", OtherSound: true}}))(w.t)
	must(w.contributions.Add(ctx, w.who("member"), w.id, contribution.Answer{ElementID: "f2.q2", Words: contribution.Words{Body: "De start van de les is rustig. Dat wil ik houden."}}))(w.t)
}
