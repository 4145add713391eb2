package decision_test

import (
	"regexp"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	decisionweb "leerkring/web/decision"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
)

// desk is a school with a trajectory in the stage of deciding, its people, and the pages.
type desk struct {
	*roomtest.Site
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	schools      *school.Service
	trajectories *trajectory.Service
	plans        *plan.Service
	decisions    *decision.Service
	id           string
	people       map[string]string
	admin        access.Who
}

var names = map[string]string{"lead": "Daan Peters", "member": "Noor Haddad", "second": "Kees Bakker", "colleague": "Wim Hofman", "leader": "Ilse Brandsma"}

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
	w.schools = school.NewService(w.d, w.clock)
	found := must(w.schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	w.admin = admin
	for name, full := range names {
		w.people[name] = must(w.schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := w.schools.Appoint(ctx, admin, found.SchoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(w.schools.Found(ctx, school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	w.id = must(w.trajectories.Begin(ctx, w.who("lead"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: "besluit", Open: true}))(t)
	for _, name := range []string{"member", "second"} {
		must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, w.schools))(t)
	}
	w.people["guest"] = must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest, EndsOn: "2026-07-01"}, w.schools))(t)
	must(0, w.d.Write(ctx, func(tx *db.Tx) error { // the guest came in
		_, err := db.Exec(ctx, tx, `update person set state = 'active' where id = $1`, w.people["guest"])
		return err
	}))(t)
	w.wire(library)
	return w
}

// wire connects the blocks as the house does, and puts the pages under their routes.
func (w *desk) wire(library *method.Library) {
	w.plans = plan.NewService(w.trajectories, w.clock)
	w.decisions = decision.NewService(w.trajectories, w.clock, w.plans)
	d := &decisionweb.Room{Trajectories: w.trajectories, Decisions: w.decisions, Plans: w.plans}
	w.Site = roomtest.New(w.t, w.d, w.clock, library, plan.Texts, decision.Texts, trajectoryweb.Texts, decisionweb.Texts)
	for _, r := range []struct {
		method, pattern string
		handler         room.Handler
	}{
		{"GET", "", d.List}, {"GET", "/new", d.New}, {"POST", "", d.Open}, {"GET", "/{decision}", d.Show}, {"POST", "/{decision}/reaction", d.React}, {"POST", "/{decision}/solved", d.Solved}, {"POST", "/{decision}/unsolved", d.Unsolved},
		{"GET", "/{decision}/reactions/{reaction}", d.Past}, {"POST", "/{decision}/reactions/{reaction}/answer", d.Answer}, {"POST", "/{decision}/reactions/{reaction}/owner", d.TakeUp}, {"POST", "/{decision}/close", d.Close}, {"POST", "/{decision}/word", d.Hear},
	} {
		w.Route(r.method, "/trajectories/{id}/decisions"+r.pattern, r.handler)
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

// page is the address of the decisions, or of something below them.
func (w *desk) page(below string) string { return "/trajectories/" + w.id + "/decisions" + below }

func (w *desk) get(name, below string) roomtest.Reply {
	w.t.Helper()
	return w.Get(w.people[name], w.page(below))
}

func (w *desk) post(name, below string, fields ...string) roomtest.Reply {
	w.t.Helper()
	return w.Post(w.people[name], w.page(below), fields...)
}

// written is a plan that can be put up.
func (w *desk) written() string {
	w.t.Helper()
	return must(w.plans.Add(w.t.Context(), w.who("lead"), w.id, plan.Goal{Text: "Elke leerling hoort één volgende stap."}))(w.t)
}

// propose puts words of its own to somebody.
func (w *desk) propose(audience decision.Audience) string {
	w.t.Helper()
	return must(w.decisions.Open(w.t.Context(), w.who("lead"), w.id, decision.Proposal{Title: "Kijken we in mei bij elkaar?", Body: "In tweetallen, één les.", Audience: audience, ClosesOn: "2026-04-02"}))(w.t)
}

// react gives a reaction and returns its id.
func (w *desk) react(name, id string, choice decision.Choice, text string) string {
	w.t.Helper()
	base := 0
	if v, _, err := w.decisions.One(w.t.Context(), w.who(name), w.id, id); err == nil && v.Mine != nil {
		base = v.Mine.Version
	}
	if _, err := w.decisions.React(w.t.Context(), w.who(name), w.id, id, base, decision.Say{Choice: choice, Text: text}); err != nil {
		w.t.Fatal(err)
	}
	return w.reaction(name, id)
}

// reaction is the id of what somebody said.
func (w *desk) reaction(name, id string) string {
	w.t.Helper()
	v, _, err := w.decisions.One(w.t.Context(), w.who(name), w.id, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v.Mine.ID
}

func (w *desk) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title}); err != nil {
		w.t.Fatal(err)
	}
}

// said fails unless a form went through and the next page tells so.
func said(t *testing.T, r roomtest.Reply, key string) {
	t.Helper()
	if r.Status != 303 || !regexp.MustCompile(`[?&]said=`+key+`(#|$)`).MatchString(r.Location) {
		t.Errorf("want %s, got %d %s %v", key, r.Status, r.Location, r.Err)
	}
}
