package decision_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

// town is a school with a trajectory that touches one team, and a person for every role.
type town struct {
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	decisions    *decision.Service
	plan         *plans
	schoolID     string
	teamID       string
	id           string // the trajectory
	other        string // another trajectory of the same school
	people       map[string]string
}

// plans stands in for the room of plans: it keeps what it was told.
type plans struct {
	mu   sync.Mutex
	told []settled
	err  error
}

type settled struct {
	ref     why.Ref
	number  int
	outcome string
}

func (p *plans) Settled(_ context.Context, _ *db.Tx, _ trajectory.Seen, ref why.Ref, number int, outcome string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, settled{ref, number, outcome})
	return p.err
}

const (
	today = clock.Date("2026-03-19")
	until = clock.Date("2026-04-02")
)

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

// staff are colleagues of the school; those in the team are touched by the trajectory.
var (
	staff  = []string{"lead", "member", "second", "coach", "colleague", "away", "elsewhere", "leader"}
	inTeam = []string{"lead", "member", "colleague", "away"}
)

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}, plan: &plans{}}
	w.trajectories = trajectory.NewService(d, w.clock, must(method.Builtin())(t))
	w.decisions = decision.NewService(w.trajectories, w.clock, w.plan)
	w.trajectories.Tells(w.decisions)
	schools := school.NewService(d, w.clock)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	w.teamID = must(schools.AddTeam(t.Context(), w.who("admin"), w.schoolID, school.Stream, "vmbo-t"))(t)
	for _, name := range append([]string{"guest", "stranger"}, staff...) {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	for _, name := range inTeam {
		w.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, w.teamID, w.people[name])
	}
	for _, name := range []string{"guest", "stranger"} { // from outside
		w.exec(`delete from staff where person_id = $1`, w.people[name])
		w.exec(`update person set guest = true where id = $1`, w.people[name])
	}
	w.exec(`update person set away_until_on = '2026-06-01' where id = $1`, w.people["away"])
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	start := trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", Open: true, TeamIDs: []string{w.teamID}}
	w.id = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	w.other = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	for name, role := range map[string]string{"member": "member", "second": "member", "guest": "guest", "coach": "begeleider"} {
		w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, w.id, w.people[name], role, w.clock.Now())
	}
	w.freeze(w.id, 1)
	return w
}

// freeze makes a plan version that a proposal can be about.
func (w *town) freeze(trajectoryID string, number int) {
	w.t.Helper()
	if number == 1 {
		w.exec(`insert into plan (trajectory_id, state, made_by, made_at) values ($1, 'to_decision', 'x', $2)`, trajectoryID, w.clock.Now())
	}
	w.exec(`insert into plan_version (trajectory_id, number, frozen_for, revision, body, made_by, made_at) values ($1, $2, 'decision', 1, '{}', 'x', $3)`, trajectoryID, number, w.clock.Now())
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	if err := w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
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

func (w *town) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *town) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

func (w *town) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false, TeamIDs: seen.TeamIDs}); err != nil {
		w.t.Fatal(err)
	}
}

func proposal(audience decision.Audience) decision.Proposal {
	return decision.Proposal{Title: "Beginnen we na de meivakantie?", Body: "Versie 1 van het plan.", PlanNumber: 1, Audience: audience, ClosesOn: until}
}

func (w *town) open(p decision.Proposal) string {
	w.t.Helper()
	return must(w.decisions.Open(w.t.Context(), w.who("lead"), w.id, p))(w.t)
}

func (w *town) react(name, id string, choice decision.Choice, text string) {
	w.t.Helper()
	base := 0
	if v, _, err := w.decisions.One(w.t.Context(), w.who(name), w.id, id); err == nil && v.Mine != nil {
		base = v.Mine.Version
	}
	clash, err := w.decisions.React(w.t.Context(), w.who(name), w.id, id, base, decision.Say{Choice: choice, Text: text})
	if err != nil || clash != nil {
		w.t.Fatal(name, err, clash)
	}
}

func (w *town) view(name, id string) decision.View {
	w.t.Helper()
	v, _, err := w.decisions.One(w.t.Context(), w.who(name), w.id, id)
	if err != nil {
		w.t.Fatal(name, err)
	}
	return v
}

func (w *town) close(id string, c decision.Closing) {
	w.t.Helper()
	if err := w.decisions.Close(w.t.Context(), w.who("lead"), w.id, id, c); err != nil {
		w.t.Fatal(err)
	}
}

// later turns the hands to the last day on which people were asked.
func (w *town) later() { w.clock.Set(time.Date(2026, 4, 2, 14, 0, 0, 0, time.UTC)) }

func (w *town) kinds() []string {
	w.t.Helper()
	list := must(journal.Trajectory(w.t.Context(), w.d, w.id, 1000))(w.t)
	out := make([]string, len(list))
	for i, e := range list {
		out[len(list)-1-i] = e.Kind
	}
	return out
}

// state is everything that this room keeps, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	texts := must(db.All(w.t.Context(), w.d, `
		select id || coalesce(outcome, '-') || reason || title || coalesce(closed_at, '') || coalesce(tally, '') from decision
		union all select decision_id || person_id from decision_asked
		union all select id || choice || body || version || answer || answer_version || coalesce(owner_id, '') || coalesce(due_on, '') || coalesce(solved_at, '') || coalesce(unsolved_at, '') from decision_reaction
		union all select id || kept || body from text_version
		union all select from_id || to_id || relation from why_link
		union all select kind || object_id from journal order by 1`, db.Str))(w.t)
	all := ""
	for _, s := range texts {
		all += s + "\n"
	}
	return all
}

func key(err error) string {
	f := errs.FieldsOf(err)
	if len(f) == 0 {
		return ""
	}
	return f[0].Key
}
