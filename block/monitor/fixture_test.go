package monitor_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// town is a school with one trajectory, and a person for every role towards it.
type town struct {
	t            *testing.T
	ctx          context.Context
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	schools      *school.Service
	monitor      *monitor.Service
	schoolID     string
	id, other    string // the trajectory, and another one of the same school
	people       map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

// A Thursday afternoon.
var start = time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)

const today = clock.Date("2026-03-19")

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, ctx: t.Context(), d: d, clock: clock.NewFake(start), people: map[string]string{}}
	packs, err := method.Builtin()
	w.ok(err)
	w.trajectories = trajectory.NewService(d, w.clock, packs)
	w.schools = school.NewService(d, w.clock)
	w.monitor = monitor.NewService(w.trajectories, w.schools, w.clock)
	w.trajectories.Tells(w.monitor)
	found, err := w.schools.Found(w.ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"lead", "member", "second", "colleague", "leader", "guest", "coach"} {
		w.people[name], err = w.schools.AddStaff(w.ctx, w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	w.ok(w.schools.Appoint(w.ctx, w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}))
	elsewhere, err := w.schools.Found(w.ctx, school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = elsewhere.AdminID
	w.id, w.other = w.begin("doe"), w.begin("doe")
	w.exec(`delete from staff where person_id = $1`, w.people["guest"])
	w.exec(`update person set guest = true where id = $1`, w.people["guest"])
	for name, role := range map[string]string{"member": "member", "second": "member", "guest": "guest", "coach": "begeleider"} {
		w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, w.id, w.people[name], role, w.clock.Now())
	}
	return w
}

func (w *town) begin(stage string) string {
	w.t.Helper()
	id, err := w.trajectories.Begin(w.ctx, w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: stage, Open: true})
	w.ok(err)
	return id
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	w.ok(w.d.Write(w.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(w.ctx, tx, sql, args...)
		return err
	}))
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.ctx, w.d, w.people[name])
	w.ok(err)
	return k.Who
}

func (w *town) seen(name string) trajectory.Seen {
	w.t.Helper()
	seen, err := w.trajectories.Reach(w.ctx, w.d, w.who(name), w.id)
	w.ok(err)
	return seen
}

func (w *town) page(name string) monitor.Page {
	w.t.Helper()
	p, err := w.monitor.Page(w.ctx, w.d, w.seen(name))
	w.ok(err)
	return p
}

func (w *town) one(name, id string) monitor.View {
	w.t.Helper()
	v, err := w.monitor.One(w.ctx, w.d, w.seen(name), id)
	w.ok(err)
	return v
}

func (w *town) follow(kind monitor.Kind, body string) string {
	w.t.Helper()
	id, err := w.monitor.Follow(w.ctx, w.who("member"), w.id, monitor.NewIndicator{Kind: kind, Body: body, Unit: "lessen"})
	w.ok(err)
	return id
}

func (w *town) moment(on clock.Date) string {
	w.t.Helper()
	id, err := w.monitor.Arrange(w.ctx, w.who("member"), w.id, monitor.NewMoment{On: on})
	w.ok(err)
	return id
}

func (w *town) hold(name, id string, base int, t monitor.Telling) {
	w.t.Helper()
	clash, err := w.monitor.Hold(w.ctx, w.who(name), w.id, id, base, t)
	w.ok(err)
	if clash != nil {
		w.t.Fatalf("clash %+v", clash)
	}
}

func (w *town) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	w.ok(w.trajectories.Edit(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false}))
}

// dump is all that this block keeps, with versions and the journal: a refusal leaves it as it was.
func (w *town) dump() string {
	w.t.Helper()
	all := ""
	for _, q := range []string{
		`select id || kind || body || unit || cast(version as text) || coalesce(retired_at, '') from indicator order by id`,
		`select id || planned_on || question || state || word || coalesce(held_on, '') || told || cast(version as text) || cast(told_version as text) from monitor_moment order by id`,
		`select id || kept || body from text_version order by id`,
		`select kind || object_id || actor_id from journal order by seq`,
	} {
		rows, err := db.All(w.ctx, w.d, q, db.Str)
		w.ok(err)
		raw, err := json.Marshal(rows)
		w.ok(err)
		all += string(raw) + "\n"
	}
	return all
}

// absent runs an act that must be refused as if nothing were there, and leave nothing.
func (w *town) absent(what string, act func() error) {
	w.t.Helper()
	w.left(what, act, errs.IsAbsent)
}

// refused runs an act that must be refused with this text, and leave nothing.
func (w *town) refused(what, key string, act func() error) {
	w.t.Helper()
	w.left(what, act, func(err error) bool { return keyOf(err) == key })
}

func (w *town) left(what string, act func() error, is func(error) bool) {
	w.t.Helper()
	before := w.dump()
	if err := act(); !is(err) {
		w.t.Errorf("%s: %v", what, err)
	}
	if after := w.dump(); after != before {
		w.t.Errorf("%s left something behind:\n%s\n%s", what, before, after)
	}
}

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return ""
}

// log returns the newest kinds of the trajectory's journal, oldest first.
func (w *town) log(n int) (out []string) {
	w.t.Helper()
	list, err := journal.Trajectory(w.ctx, w.d, w.id, n)
	w.ok(err)
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i].Kind)
	}
	return out
}
