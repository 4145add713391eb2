package school_test

import (
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/school"
)

// town has two boards: one with a school, an admin, a leader and two teachers, and one
// with a school and an admin of its own.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	schools  *school.Service
	board    string
	id       string
	otherID  string
	people   map[string]string
	otherOne school.Founded
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.schools = school.NewService(d, w.clock)
	here, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.board, w.id, w.people["admin"] = here.BoardID, here.SchoolID, here.AdminID
	w.otherOne, err = w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed", Sector: school.Flanders}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.otherID, w.people["outsider"] = w.otherOne.SchoolID, w.otherOne.AdminID
	for _, name := range []string{"leader", "noor", "sem"} {
		w.people[name] = w.add(name)
	}
	w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.id}))
	return w
}

func (w *town) add(name string) string {
	w.t.Helper()
	id, err := w.schools.AddStaff(w.t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true})
	w.ok(err)
	return id
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) known(name string) school.Known {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k
}

func (w *town) who(name string) access.Who { w.t.Helper(); return w.known(name).Who }

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}))
}

func (w *town) count(sql string, args ...any) int {
	w.t.Helper()
	n, err := db.One(w.t.Context(), w.d, sql, db.Int, args...)
	w.ok(err)
	return n
}

// state is everything that this room keeps, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	list, err := db.All(w.t.Context(), w.d, `
		select id || name || email || state || version || language || theme || working_days || coalesce(away_until_on, '') || guest from person
		union all select person_id || school_id || subject || functions from staff
		union all select team_id || person_id from team_member
		union all select id || name || kind from team
		union all select id || person_id || kind from role
		union all select id || name from school_year
		union all select id || name || kind from calendar_period
		union all select id || body || position from vision_line
		union all select id || state || title || body || version || coalesce(keeper_id, '') || coalesce(vision_line_id, '') from focus_point
		union all select kind || object_id || seq from journal order by 1`, db.Str)
	w.ok(err)
	all := ""
	for _, s := range list {
		all += s + "\n"
	}
	return all
}

// refused asserts that an act was refused in a way, and that nothing changed.
func (w *town) refused(want string, act func() error) {
	w.t.Helper()
	before := w.state()
	err := act()
	if got := refusal(err); got != want {
		w.t.Errorf("got %q (%v), want %q", got, err, want)
	}
	if w.state() != before {
		w.t.Error("a refused act changed something")
	}
}

// refusal is «absent», or the text key of the first field.
func refusal(err error) string {
	switch {
	case err == nil:
		return "done"
	case errs.IsAbsent(err):
		return "absent"
	}
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return "fault: " + err.Error()
}

// last is the newest entry of the journal about an object.
func (w *town) last(kind, id string) journal.Entry {
	w.t.Helper()
	list, err := journal.Of(w.t.Context(), w.d, kind, id)
	w.ok(err)
	if len(list) == 0 {
		w.t.Fatalf("the journal says nothing about %s %s", kind, id)
	}
	return list[len(list)-1]
}

// vision adds a sentence to the vision of the school.
func (w *town) vision(body string) string {
	w.t.Helper()
	id, err := w.schools.AddVisionLine(w.t.Context(), w.who("leader"), w.id, body)
	w.ok(err)
	return id
}

// proposal makes a candidate focus point of the school.
func (w *town) proposal(title, trajectoryID string) school.FocusPoint {
	w.t.Helper()
	var f school.FocusPoint
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) (err error) {
		f, err = school.ProposeFocus(w.t.Context(), tx, w.who("noor"), school.NewFocus{SchoolID: w.id, TrajectoryID: trajectoryID, Title: title},
			journal.Entry{At: w.clock.Now(), ActorID: w.people["noor"]})
		return err
	}))
	return f
}

func newID() string { return ident.At(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)) }

func runEach(t *testing.T, f func(t *testing.T, w *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

// runEmpty runs f on databases in which nobody is.
func runEmpty(t *testing.T, f func(t *testing.T, d *db.DB, s *school.Service)) {
	t.Helper()
	t.Run("empty", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			f(t, d, school.NewService(d, clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))))
		})
	})
}
