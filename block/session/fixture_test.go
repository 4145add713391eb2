package session_test

import (
	"context"
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
	"leerkring/trajectory"
)

// town is a school with people who hold a session together.
type town struct {
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	sessions     *session.Service
	schoolID     string
	trajectory   string // of the lead, with member in it
	people       map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

var afternoon = time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(afternoon.Add(-48 * time.Hour)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(d, w.clock, must(method.Builtin())(t))
	schools := school.NewService(d, w.clock)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"host", "anna", "bas", "cato", "daan", "eva", "leader", "lead", "member", "colleague"} {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	w.trajectory = must(w.trajectories.Begin(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: "doe", Open: true}))(t)
	w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, w.trajectory, w.people["member"], w.clock.Now())
	w.sessions = session.NewService(d, w.clock, w.trajectories, nil)
	w.trajectories.Tells(w.sessions)
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

// who is somebody as the rights see them now.
func (w *town) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *town) ids(names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, w.people[n])
	}
	return out
}

func (w *town) ctx() context.Context { return w.t.Context() }

// circle plans an incident method with five colleagues and the host, and lets all come in.
func (w *town) circle() string {
	w.t.Helper()
	id := must(w.sessions.Plan(w.ctx(), w.who("host"), session.Plan{SchoolID: w.schoolID, MethodID: "incidentmethode", Title: "Intervisie", StartsAt: afternoon,
		PresenterID: w.people["anna"], People: w.ids("bas", "cato", "daan", "eva")}))(w.t)
	for _, name := range []string{"host", "anna", "bas", "cato", "daan"} {
		w.ok(w.sessions.Join(w.ctx(), w.who(name), id, true))
	}
	return id
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) refused(err error, want string) {
	w.t.Helper()
	got := ""
	switch {
	case errs.IsAbsent(err):
		got = "absent"
	case err != nil:
		for _, f := range errs.FieldsOf(err) {
			got = f.Key
		}
		if got == "" {
			got = err.Error()
		}
	}
	if got != want {
		w.t.Errorf("refused with %q, want %q", got, want)
	}
}

func (w *town) view(name, id string) session.View {
	w.t.Helper()
	return must(w.sessions.View(w.ctx(), w.who(name), id))(w.t)
}

// to moves the session to a stage.
func (w *town) to(id, stage string) {
	w.t.Helper()
	for {
		v := w.view("host", id)
		if v.At().Stage.ID == stage {
			return
		}
		w.ok(w.sessions.Next(w.ctx(), w.who("host"), id, v.Step))
	}
}
