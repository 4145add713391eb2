package enter

import (
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/docread"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

const today = clock.Date("2025-11-19")

// town is a school with a team on its way, everybody around it, and another board.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	walks    *trajectory.Service
	plans    *plan.Service
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
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2025, 11, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	packs, err := method.Builtin()
	w.ok(err)
	schools := school.NewService(d, w.clock)
	w.walks = trajectory.NewService(d, w.clock, packs)
	w.plans = plan.NewService(w.walks, w.clock)
	here, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	there, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.schoolID, w.people["admin"], w.people["outsider"] = here.SchoolID, here.AdminID, there.AdminID
	for _, name := range []string{"lead", "member", "colleague"} {
		w.people[name], err = schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Fatima " + name, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	w.id, err = w.walks.Begin(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Lezen", Open: true})
	w.ok(err)
	w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, w.id, w.people["member"], w.clock.Now())
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

// state is all that a plan could touch, as one text.
func (w *town) state() string {
	w.t.Helper()
	return w.lines(`select 'i' || id || kind || version || coalesce(removed_at, '') from plan_item union all select 'l' || id || state || body from plan_line
		union all select 'q' || id from plan_paper union all select 'o' || trajectory_id || state || revision from plan
		union all select 'v' || count(*) from text_version union all select 'w' || count(*) from why_link union all select 'j' || kind || object_id || seq from journal
		union all select 't' || id || title || state from trajectory union all select 'p' || id || name || email || state || version from person
		union all select 'm' || trajectory_id || person_id || role from participant union all select 'r' || person_id || kind from role order by 1`)
}

// reads is what a file would become.
func reads(t testing.TB, raw []byte) takeover.Proposal {
	t.Helper()
	text, err := docread.File(raw)
	if err != nil {
		t.Fatal(err)
	}
	return takeover.Place(docread.FromPlain(text), today)
}

// stands is what the plan holds for somebody.
func (w *town) stands(by string) (plan.Standing, error) {
	seen, err := w.walks.Reach(w.t.Context(), w.d, w.who(by), w.id)
	if err != nil {
		return plan.Standing{}, err
	}
	return w.plans.Stands(w.t.Context(), w.d, seen)
}

// takes takes a file over into the plan as it is proposed.
func (w *town) takes(by string, raw []byte) plan.TakenOver {
	w.t.Helper()
	stands, err := w.stands(by)
	w.ok(err)
	out, err := w.plans.TakeOver(w.t.Context(), w.who(by), w.id, takeover.Paper("Leesplan", takeover.Settle(reads(w.t, raw).Lines, takeover.Terms{Stands: stands})))
	w.ok(err)
	return out
}

// counts tells how many lines go where, in short.
func counts(p takeover.Proposal) map[takeover.Target]int {
	out := map[takeover.Target]int{}
	for _, l := range p.Lines {
		out[l.To]++
	}
	return out
}
