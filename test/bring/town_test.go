package bring

import (
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/bring"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// town is a school with a team on its way, everybody around it, and another board.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	walks    *trajectory.Service
	boards   *bring.Service
	schoolID string
	id       string // the trajectory
	people   map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	packs, err := method.Builtin()
	w.ok(err)
	schools := school.NewService(d, w.clock)
	w.walks = trajectory.NewService(d, w.clock, packs)
	w.boards = bring.NewService(w.walks, agreement.NewService(w.walks, w.clock))
	here, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	there, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.schoolID, w.people["admin"], w.people["outsider"] = here.SchoolID, here.AdminID, there.AdminID
	for name, full := range map[string]string{"lead": "Noor Haddad", "member": "Sem de Boer", "colleague": "Anna V.", "leader": "Ilse Brand", "guest": "Gijs Vreemd", "coach": "Cas Oud"} {
		w.people[name], err = schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	w.ok(schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}))
	w.id, err = w.walks.Begin(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true})
	w.ok(err)
	for name, role := range map[string]trajectory.Role{"member": trajectory.Member, "guest": trajectory.Guest, "coach": trajectory.Coach} {
		w.exec(`insert into participant (trajectory_id, person_id, role, ends_on, joined_at) values ($1, $2, $3, '2026-12-31', $4)`, w.id, w.people[name], string(role), w.clock.Now())
	}
	return w
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k.Who
}

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

func (w *town) lines(sql string, args ...any) string {
	w.t.Helper()
	list, err := db.All(w.t.Context(), w.d, sql, db.Str, args...)
	w.ok(err)
	return strings.Join(list, "\n")
}

// state is all that a board could touch, as one text.
func (w *town) state() string {
	w.t.Helper()
	return w.lines(`select 't' || id || owner_id || body || state || coalesce(due_on, '') || version from task
		union all select 'a' || id || body || state || on_page || version from agreement union all select 'g' || trajectory_id || words_version || changed from agreement_page
		union all select 'b' || source || kind || object_id || rest from brought union all select 'v' || count(*) from text_version
		union all select 'j' || kind || object_id || seq from journal union all select 'p' || id || name || email || state || version from person
		union all select 'm' || trajectory_id || person_id || role from participant union all select 'r' || person_id || kind from role
		union all select 's' || person_id || school_id from staff order by 1`)
}

func (w *town) read(raw []byte) bring.Board {
	w.t.Helper()
	b, err := bring.ReadFile(raw)
	w.ok(err)
	return b
}

func (w *town) look(by string, b bring.Board, c bring.Choices) bring.Look {
	w.t.Helper()
	l, _, err := w.boards.LookAt(w.t.Context(), w.who(by), w.id, b, c)
	w.ok(err)
	return l
}

// brings looks at a board and takes it over.
func (w *town) brings(by string, b bring.Board, c bring.Choices) bring.Brought {
	w.t.Helper()
	out, err := w.boards.Bring(w.t.Context(), w.who(by), w.id, b, c, w.look(by, b, c).Digest)
	w.ok(err)
	return out
}

// refused asserts that an act was refused in a way, and that nothing changed.
func (w *town) refused(want string, act func() error) {
	w.t.Helper()
	before := w.state()
	err := act()
	if got := said(err); got != want {
		w.t.Errorf("got %q, want %q", got, want)
	}
	if w.state() != before {
		w.t.Error("a refused act changed something")
	}
}

func said(err error) string {
	switch f := errs.FieldsOf(err); {
	case errs.IsAbsent(err):
		return "absent"
	case len(f) > 0:
		return f[0].Key
	case err != nil:
		return err.Error()
	}
	return "done"
}

// breaks makes the next write to a table fail, inside the database, when a condition holds.
func (w *town) breaks(table, when string) {
	w.t.Helper()
	if w.d.Engine() == db.SQLite {
		w.exec(`create trigger broken_` + table + ` before insert on ` + table + ` when ` + when + ` begin select raise(abort, 'broken'); end`)
		return
	}
	w.exec(`create or replace function broken() returns trigger language plpgsql as 'begin raise exception ''broken''; end'`)
	w.exec(`create trigger broken_` + table + ` before insert on ` + table + ` for each row when (` + when + `) execute function broken()`)
}

func (w *town) mends(table string) {
	w.t.Helper()
	if w.d.Engine() == db.SQLite {
		w.exec(`drop trigger broken_` + table)
		return
	}
	w.exec(`drop trigger broken_` + table + ` on ` + table)
}
