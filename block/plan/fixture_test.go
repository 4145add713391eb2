package plan_test

import (
	"context"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/plan"
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

// town is a school with one trajectory, and a person for every role towards it.
type town struct {
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	plans        *plan.Service
	schoolID     string
	id           string // the trajectory
	other        string // another trajectory of the same school
	people       map[string]string
}

// cites answers for a kind as the room that keeps it would.
func cites(kind string, known map[why.Ref]string) plan.Belong {
	return func(_ context.Context, _ db.Queryer, seen trajectory.Seen, ids []string) error {
		for _, id := range ids {
			if known[why.Ref{Kind: kind, ID: id}] != seen.ID {
				return errs.Absent()
			}
		}
		return nil
	}
}

var (
	finding = why.Ref{Kind: "finding", ID: "finding-1"}
	source  = why.Ref{Kind: "evidence", ID: "evidence-1"}
	against = why.Ref{Kind: "evidence", ID: "evidence-2"}
	voice   = why.Ref{Kind: "contribution", ID: "contribution-1"}
	foreign = why.Ref{Kind: "finding", ID: "finding-of-another-team"}
)

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	packs := must(method.Builtin())(t)
	w.trajectories = trajectory.NewService(d, w.clock, packs)
	schools := school.NewService(d, w.clock)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"lead", "member", "second", "colleague", "leader"} {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	start := trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", Open: true}
	w.id = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	w.other = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	w.people["guest"] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Gijs Vreemd", Email: "gijs@elders.example", Active: true}))(t)
	w.exec(`delete from staff where person_id = $1`, w.people["guest"])
	w.exec(`update person set guest = true where id = $1`, w.people["guest"])
	for name, role := range map[string]string{"member": "member", "second": "member", "guest": "guest"} {
		w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, w.id, w.people[name], role, w.clock.Now())
	}
	w.plans = plan.NewService(w.trajectories, w.clock)
	known := map[why.Ref]string{finding: w.id, source: w.id, against: w.id, voice: w.id, foreign: w.other}
	for _, kind := range []string{"finding", "evidence", "contribution"} {
		w.plans.Cites(kind, cites(kind, known))
	}
	w.trajectories.Tells(w.plans)
	return w
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

func (w *town) closeIn() {
	w.t.Helper()
	seen := must(w.trajectories.Reach(w.t.Context(), w.d, w.who("lead"), w.id))(w.t)
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) add(name string, item plan.Item, grounds ...why.Ref) string {
	w.t.Helper()
	return must(w.plans.Add(w.t.Context(), w.who(name), w.id, item, grounds...))(w.t)
}

func (w *town) page(name string) plan.Page {
	w.t.Helper()
	seen := must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
	return must(w.plans.Page(w.t.Context(), w.d, seen))(w.t)
}

func (w *town) facts() trajectory.Facts {
	w.t.Helper()
	seen := must(w.trajectories.Reach(w.t.Context(), w.d, w.who("lead"), w.id))(w.t)
	return must(w.plans.Facts(w.t.Context(), w.d, seen))(w.t)
}

// link makes a step of the chain that another room would make.
func (w *town) link(from why.Ref, r why.Relation, to why.Ref) {
	w.t.Helper()
	if err := w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		return why.Add(w.t.Context(), tx, why.Link{From: from, Relation: r, To: to, TrajectoryID: w.id, MadeBy: w.people["lead"], MadeAt: w.clock.Now()})
	}); err != nil {
		w.t.Fatal(err)
	}
}

// kinds are the entries of the journal of the trajectory, oldest first.
func (w *town) kinds() []string {
	w.t.Helper()
	list := must(journal.Trajectory(w.t.Context(), w.d, w.id, 1000))(w.t)
	out := make([]string, len(list))
	for i, e := range list {
		out[len(list)-1-i] = e.Kind
	}
	return out
}

// state is everything that the rooms of a plan keep, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	texts := must(db.All(w.t.Context(), w.d, `
		select body || state || standing || revision || version from plan
		union all select id || body || position || version || coalesce(removed_at, '') from plan_item
		union all select frozen_for || number || body from plan_version
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
