package roster

import (
	"context"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/roster"
	"leerkring/school"
)

// mailbox keeps the letters that left.
type mailbox struct{ letters []account.Letter }

func (m *mailbox) Queue(_ context.Context, tx *db.Tx, l account.Letter) error {
	tx.AfterCommit(func() { m.letters = append(m.letters, l) })
	return nil
}

// town is a board with two schools and another board, and who looks after them.
type town struct {
	t          *testing.T
	d          *db.DB
	clock      *clock.Fake
	schools    *school.Service
	accounts   *account.Service
	rosters    *roster.Service
	post       *mailbox
	id, second string
	board      string
	people     map[string]string
	elsewhere  school.Founded
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), post: &mailbox{}, people: map[string]string{}}
	w.schools = school.NewService(d, w.clock)
	var err error
	w.accounts, err = account.NewService(d, w.clock, w.post, account.NewLog(w.clock, []byte("key")), account.Config{BaseURL: "http://localhost"})
	w.ok(err)
	w.rosters = roster.NewService(d, w.clock, w.schools, w.accounts)
	here, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.id, w.board, w.people["admin"] = here.SchoolID, here.BoardID, here.AdminID
	w.elsewhere, err = w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = w.elsewhere.AdminID
	w.second = "01sch00000000000000000000a"
	w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) select $1, board_id, 'De Tweede', sector, language, zone, made_at from school where id = $2`, w.second, w.id)
	for name, full := range map[string]string{"leader": "Ilse Brand", "noor": "Noor Haddad"} {
		w.people[name], err = w.schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.id}))
	_, err = w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Sectie wiskunde")
	w.ok(err)
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

// state is all that a list could touch, as one text.
func (w *town) state() string {
	w.t.Helper()
	list, err := db.All(w.t.Context(), w.d, `select 'p' || id || name || email || state || working_days || version from person
		union all select 's' || person_id || school_id || subject || functions from staff union all select 'm' || team_id || person_id from team_member
		union all select 't' || id || name from team union all select 'r' || person_id || kind || coalesce(school_id, '') || coalesce(team_id, '') from role
		union all select 'e' || person_id || source || key || given || came_at || coalesce(gone_at, '') from roster_entry
		union all select 'l' || id from account_link union all select 'j' || kind || object_id || seq from journal
		union all select 'g' || kind || object_id || seq from security_log order by 1`, db.Str)
	w.ok(err)
	return strings.Join(list, "\n")
}

func (w *town) look(p roster.Proposal) roster.Look {
	w.t.Helper()
	l, err := w.rosters.LookAt(w.t.Context(), w.who("admin"), w.id, p)
	w.ok(err)
	return l
}

// brings looks at a list and does it.
func (w *town) brings(p roster.Proposal) roster.Brought {
	w.t.Helper()
	out, err := w.rosters.BringIn(w.t.Context(), w.who("admin"), w.id, p, w.look(p).Digest, roster.Invitation{Send: true})
	w.ok(err)
	return out
}

func text(s string) roster.Proposal { return roster.Proposal{Text: s} }

// reads reads a file as the page does.
func (w *town) reads(raw []byte) roster.Proposal {
	w.t.Helper()
	s, err := roster.ReadFile(raw)
	w.ok(err)
	return text(s.Text())
}

// refused asserts that an act was refused in a way, and that nothing changed.
func (w *town) refused(want string, act func() error) {
	w.t.Helper()
	before := w.state()
	err := act()
	got := "done"
	if f := errs.FieldsOf(err); errs.IsAbsent(err) {
		got = "absent"
	} else if len(f) > 0 {
		got = f[0].Key
	} else if err != nil {
		got = err.Error()
	}
	if got != want {
		w.t.Errorf("got %q, want %q", got, want)
	}
	if w.state() != before {
		w.t.Error("a refused act changed something")
	}
}

func (w *town) idOf(email string) string {
	w.t.Helper()
	id, err := db.One(w.t.Context(), w.d, `select id from person where email = $1`, db.Str, email)
	w.ok(err)
	return id
}

// breaks makes the next write to a table fail, inside the database.
func (w *town) breaks(table string) {
	w.t.Helper()
	if w.d.Engine() == db.SQLite {
		w.exec(`create trigger broken_` + table + ` before insert on ` + table + ` begin select raise(abort, 'broken'); end`)
		return
	}
	w.exec(`create or replace function broken() returns trigger language plpgsql as 'begin raise exception ''broken''; end'`)
	w.exec(`create trigger broken_` + table + ` before insert on ` + table + ` for each row execute function broken()`)
}

func (w *town) mends(table string) {
	w.t.Helper()
	if w.d.Engine() == db.SQLite {
		w.exec(`drop trigger broken_` + table)
		return
	}
	w.exec(`drop trigger broken_` + table + ` on ` + table)
}
