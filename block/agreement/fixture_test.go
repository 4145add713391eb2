package agreement_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// town is a school with one trajectory, and a person for every role towards it.
type town struct {
	t            *testing.T
	ctx          context.Context
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	schools      *school.Service
	pages        *agreement.Service
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
	w.pages = agreement.NewService(w.trajectories, w.clock)
	w.trajectories.Tells(w.pages)
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
	w.id, w.other = w.begin("borg"), w.begin("borg")
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

func (w *town) view(name string) agreement.View {
	w.t.Helper()
	v, err := w.pages.Show(w.ctx, w.d, w.seen(name))
	w.ok(err)
	return v
}

// line proposes an agreement and settles it.
func (w *town) line(kind agreement.Kind, body string) string {
	w.t.Helper()
	id, err := w.pages.Propose(w.ctx, w.who("member"), w.id, agreement.Line{Kind: kind, Body: body})
	w.ok(err)
	w.ok(w.pages.Settle(w.ctx, w.who("lead"), w.id, id))
	return id
}

// agreed settles an agreement in an hour, as the block for meetings does.
func (w *town) agreed(name, meeting, body string) (id string, err error) {
	w.t.Helper()
	err = w.trajectories.Act(w.ctx, w.who(name), w.id, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		var err error
		id, err = w.pages.Agree(w.ctx, tx, seen, meeting, body, now)
		return err
	})
	return id, err
}

func (w *town) words(base int, title string) {
	w.t.Helper()
	w.ok(clean(w.pages.Say(w.ctx, w.who("member"), w.id, base, agreement.Words{Title: title, Sentence: "Er is iemand die hen kent.", Steps: []string{"drukte op de gang", "wij staan er"}})))
}

func (w *town) care(base int, c agreement.Care) {
	w.t.Helper()
	w.ok(clean(w.pages.Arrange(w.ctx, w.who("member"), w.id, base, c)))
}

// whole is a page with all that it needs; second keeps it alive, colleague stands in.
func (w *town) whole() (core string) {
	w.t.Helper()
	w.words(0, "Rust in de pauze")
	core = w.line(agreement.Core, "Wij staan bij de deur als de bel gaat.")
	w.line(agreement.Room, "Hoe je groet.")
	w.care(0, agreement.Care{CaretakerID: w.people["second"], Hours: "een uur per maand", StandInID: w.people["colleague"], ReviewOn: today.Add(90), Meeting: "teamoverleg", Often: "drie keer per jaar", BuddyID: w.people["member"]})
	return core
}

func clean(clash *writing.Clash, err error) error {
	if clash != nil {
		return fmt.Errorf("clash %+v", clash)
	}
	return err
}

func (w *town) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	w.ok(w.trajectories.Edit(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false}))
}

// dump is all that this room keeps, with versions and the journal: a refusal leaves it as it was.
func (w *town) dump() string {
	w.t.Helper()
	all := ""
	for _, q := range []string{
		`select trajectory_id || words || care || coalesce(caretaker_id, '') || coalesce(stand_in_id, '') || coalesce(review_on, '') || cast(words_version as text) || cast(care_version as text) from agreement_page order by trajectory_id`,
		`select id || kind || body || quality || state || cast(version as text) from agreement order by id`,
		`select agreement_id || asked_on || kept from agreement_kept order by agreement_id, asked_on`,
		`select trajectory_id || cast(number as text) || body from agreement_version order by trajectory_id, number`,
		`select trajectory_id || person_id from agreement_read order by trajectory_id, person_id`,
		`select id || body || answer from agreement_remark order by id`,
		`select trajectory_id || item_id || done_on from agreement_care_done order by trajectory_id, item_id`,
		`select id || held_on from agreement_check order by id`,
		`select id || body from agreement_evaluation order by id`,
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
