package condition_test

import (
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// town is a school with two trajectories, and a person for every role towards the first.
type town struct {
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	conditions   *condition.Service
	schoolID     string
	id           string // the trajectory
	other        string // another trajectory of the same school
	people       map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(d, w.clock, must(method.Builtin())(t))
	schools := school.NewService(d, w.clock)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"lead", "member", "second", "colleague", "leader", "timetabler"} {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	start := trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", Open: true}
	w.id = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	start.Title = "Lezen in elk vak"
	w.other = must(w.trajectories.Begin(t.Context(), w.who("lead"), start))(t)
	for _, name := range []string{"member", "second"} {
		must(w.trajectories.Invite(t.Context(), w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, schools))(t)
	}
	w.people["guest"] = must(w.trajectories.Invite(t.Context(), w.who("lead"), w.id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest}, schools))(t)
	w.exec(`update person set state = 'active'`)
	w.conditions = condition.NewService(w.trajectories, w.clock)
	w.trajectories.Tells(w.conditions)
	return w
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

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	if err := w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}); err != nil {
		w.t.Fatal(err)
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

// closeIn leaves the trajectory to its group.
func (w *town) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false}); err != nil {
		w.t.Fatal(err)
	}
}

// add names a condition and moves the clock on, so that what comes later is later.
func (w *town) add(name string, n condition.New) string {
	w.t.Helper()
	defer w.clock.Move(time.Minute)
	return must(w.conditions.Add(w.t.Context(), w.who(name), w.id, n))(w.t)
}

func (w *town) page(name string) condition.Page {
	w.t.Helper()
	return must(w.conditions.Read(w.t.Context(), w.d, w.seen(name)))(w.t)
}

func (w *town) one(name, id string) condition.One {
	w.t.Helper()
	return must(w.conditions.One(w.t.Context(), w.d, w.who(name), id))(w.t)
}

func (w *town) asked(name string, today clock.Date) []condition.Ask {
	w.t.Helper()
	return must(w.conditions.AskedOf(w.t.Context(), w.who(name), today))(w.t)
}

func (w *town) facts() trajectory.Facts {
	w.t.Helper()
	return must(w.conditions.Facts(w.t.Context(), w.d, w.seen("lead")))(w.t)
}

// last is the newest entry of the journal of the trajectory.
func (w *town) last() journal.Entry {
	w.t.Helper()
	list := must(journal.Trajectory(w.t.Context(), w.d, w.id, 1))(w.t)
	return list[0]
}

// state is everything that this room keeps, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	texts := must(db.All(w.t.Context(), w.d, `
		select id || body || state || step || version || coalesce(asked_id, '') || coalesce(due_on, '') || coalesce(open_since_on, '') || coalesce(removed_at, '') from condition
		union all select condition_id || number || state || words || said_by from condition_step
		union all select id || reason || conditions from condition_waiver
		union all select id || kept || body from text_version
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
