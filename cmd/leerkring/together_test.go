package main

import (
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

// round is a school whose people come together, with the whole program around them.
type round struct {
	t      *testing.T
	h      *house
	clock  *clock.Fake
	school string
	people map[string]string
	at     string // a trajectory of lead and member
}

func newRound(t *testing.T) *round {
	t.Helper()
	t.Parallel()
	return newRoundOn(t, "sqlite:"+dbtest.SQLiteFile(t))
}

func newRoundOn(t *testing.T, database string) *round {
	t.Helper()
	r := &round{t: t, clock: clock.NewFake(time.Date(2026, 3, 16, 8, 0, 0, 0, time.UTC)), people: map[string]string{}} // a Monday
	h, err := build(t.Context(), settings{Database: database, Data: t.TempDir(), BaseURL: "http://localhost:1", Clock: r.clock, Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
	r.ok(err)
	r.h = h
	t.Cleanup(func() {
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	found, err := h.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	r.ok(err)
	r.school, r.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"lead", "member", "anna", "bas", "cato", "colleague"} {
		r.people[name], err = h.schools.AddStaff(t.Context(), r.known("admin").Who, r.school, school.NewStaff{Name: name, Email: name + "@baken.example", Active: true})
		r.ok(err)
	}
	r.at, err = h.trajectories.Begin(t.Context(), r.known("lead").Who, trajectory.Start{SchoolID: r.school, MethodID: "verbetercyclus", Title: "Aansluiting", Open: true})
	r.ok(err)
	_, err = h.trajectories.Invite(t.Context(), r.known("lead").Who, r.at, trajectory.Invitation{PersonID: r.people["member"], Role: trajectory.Member}, h.schools)
	r.ok(err)
	return r
}

func (r *round) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *round) known(name string) school.Known {
	r.t.Helper()
	k, err := school.Knows(r.t.Context(), r.h.db, r.people[name])
	r.ok(err)
	return k
}

func (r *round) week(name string) week.Week {
	r.t.Helper()
	w, err := r.h.weeks.Of(r.t.Context(), r.known(name))
	r.ok(err)
	return w
}

// holds plans a session on Thursday, lets everybody in and begins it.
func (r *round) holds(by string, p session.Plan, people ...string) string {
	r.t.Helper()
	p.SchoolID, p.StartsAt = r.school, time.Date(2026, 3, 16, 14, 10, 0, 0, time.UTC)
	for _, name := range people {
		p.People = append(p.People, r.people[name])
	}
	sessions := r.h.blocks.sessions
	id, err := sessions.Plan(r.t.Context(), r.known(by).Who, p)
	r.ok(err)
	for _, name := range append(people, by) {
		r.ok(sessions.Join(r.t.Context(), r.known(name).Who, id, true))
	}
	r.ok(sessions.Begin(r.t.Context(), r.known(by).Who, id))
	return id
}

// TestATaskOutOfASessionSaysWhereItCameFrom: with a road back for who may still know of it.
func TestATaskOutOfASessionSaysWhereItCameFrom(t *testing.T) {
	r := newRound(t)
	ctx, sessions := t.Context(), r.h.blocks.sessions
	wall := r.holds("lead", session.Plan{MethodID: "weekbord", TrajectoryID: r.at}, "member")
	circle := r.holds("anna", session.Plan{MethodID: "incidentmethode", PresenterID: r.people["bas"]}, "bas", "cato", "colleague")
	r.ok(sessions.AddTask(ctx, r.known("lead").Who, wall, r.people["member"], "Voorbeelden ophalen", "2026-03-20"))
	r.ok(sessions.AddTask(ctx, r.known("lead").Who, wall, r.people["cato"], "De sleutel regelen", "2026-03-20"))
	r.ok(sessions.Close(ctx, r.known("anna").Who, circle))
	text, err := sessions.Write(ctx, r.known("bas").Who, circle, "afronden.eigen", "", 0, "Eerst tellen", "")
	r.ok(err)
	r.ok(sessions.TaskOf(ctx, r.known("bas").Who, circle, text, session.NewTask{Body: "Eerst tellen", DueOn: "2026-03-19"}))
	for name, want := range map[string]week.Ask{
		"member": {Link: "/sessions/" + wall, WhyKey: "week.why_task_session"},
		"cato":   {Link: "/trajectories/" + r.at, WhyKey: "week.why_task"}, // asked, but not of that team
		"bas":    {Link: "/sessions/" + circle, WhyKey: "week.why_task_own"},
	} {
		asks := r.week(name).Asks
		if len(asks) != 1 || asks[0].Link != want.Link || asks[0].WhyKey != want.WhyKey {
			t.Errorf("%s: %+v", name, asks)
		}
	}
	r.ok(sessions.Leave(ctx, r.known("member").Who, wall)) // of the team still
	if a := r.week("member").Asks; a[0].Link != "/sessions/"+wall {
		t.Errorf("%+v", a)
	}
	if asks := r.week("colleague").Asks; len(asks) != 0 {
		t.Errorf("what bas took on stands with somebody else: %+v", asks)
	}
}

// TestTheWeekKnowsWhatATeamHolds: the board of somebody's team stands on its day, also when nobody
// asked them; a circle only with who is in it.
func TestTheWeekKnowsWhatATeamHolds(t *testing.T) {
	r := newRound(t)
	sessions := r.h.blocks.sessions
	plan := func(by, method, at string, people ...string) string {
		t.Helper()
		p := session.Plan{SchoolID: r.school, MethodID: method, TrajectoryID: at, StartsAt: time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)}
		for _, name := range people {
			p.People = append(p.People, r.people[name])
		}
		id, err := sessions.Plan(t.Context(), r.known(by).Who, p)
		r.ok(err)
		return "/sessions/" + id
	}
	events := func(name string) map[string]string {
		t.Helper()
		out := map[string]string{}
		for _, e := range r.week(name).Days[3].Events {
			out[e.Link] = e.NoteKey
		}
		return out
	}
	board := plan("lead", "weekbord", r.at, "anna")
	circle := plan("lead", "incidentmethode", r.at, "bas")
	talk := plan("lead", "consentronde", r.at, "cato")
	for name, want := range map[string]map[string]string{
		"lead":      {board: "", circle: "", talk: ""},
		"anna":      {board: ""},
		"member":    {board: "week.team_board"}, // of the team, and asked to nothing
		"bas":       {circle: ""},
		"cato":      {talk: ""},
		"colleague": {},
	} {
		if got := events(name); !maps.Equal(got, want) {
			t.Errorf("%s has %v, want %v", name, got, want)
		}
	}
	r.ok(sessions.Leave(t.Context(), r.known("anna").Who, strings.TrimPrefix(board, "/sessions/")))
	if got := events("anna"); len(got) != 0 {
		t.Errorf("who said no still has it: %v", got)
	}
	count := func(name string) int {
		k := r.known(name)
		ctx, n := db.Counting(t.Context())
		_, err := r.h.weeks.Of(ctx, k)
		r.ok(err)
		return n()
	}
	few := count("member")
	for range 3 {
		plan("lead", "weekbord", r.at)
	}
	if many := count("member"); many != few {
		t.Errorf("%d queries, then %d", few, many)
	}
}

// TestWhatWasPromisedAtAnEventStandsOnItsDay with who hosted it, and with nobody else.
func TestWhatWasPromisedAtAnEventStandsOnItsDay(t *testing.T) {
	r := newRound(t)
	ctx, sessions := t.Context(), r.h.blocks.sessions
	id, err := sessions.Plan(ctx, r.known("lead").Who, session.Plan{SchoolID: r.school, MethodID: "studiedag", Title: "Feedback", StartsAt: time.Date(2026, 3, 17, 8, 0, 0, 0, time.UTC), Everyone: true})
	r.ok(err)
	pack, _ := r.h.trajectories.Library().Latest("studiedag")
	o := session.Offer{Title: "Kijken in de les", Places: 10, Rounds: pack.Session.Offers.Rounds[:1], Answers: map[string]string{}, FollowOn: "2026-03-19", FollowText: "Tien minuten in het overleg"}
	for _, f := range pack.Session.Offers.Asks {
		o.Answers[f.ID] = "Zo doen we dat"
	}
	offer, err := sessions.Propose(ctx, r.known("anna").Who, id, o)
	r.ok(err)
	days := func(name string) int { return len(r.week(name).Days[3].Events) }
	if days("anna") != 0 {
		t.Error("a proposal is no promise")
	}
	_, err = sessions.OpenReady(ctx, r.known("lead").Who, id)
	r.ok(err)
	for _, name := range []string{"lead", "bas", "colleague"} {
		if days(name) != 0 {
			t.Errorf("%s did not promise anything", name)
		}
	}
	events := r.week("anna").Days[3].Events
	if len(events) != 1 || events[0].Title != "Kijken in de les" || events[0].NoteKey != "week.follow_up" || events[0].Args[1] != "Tien minuten in het overleg" || events[0].Link != "/sessions/"+id+"/offers/"+offer {
		t.Fatalf("%+v", events)
	}
	r.ok(sessions.Cancel(ctx, r.known("lead").Who, id))
	if days("anna") != 0 {
		t.Error("what follows an event that is not held does not stand there")
	}
}
