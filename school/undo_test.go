package school_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/school"
)

// What stood before an opening is there on its own day only: after midnight at the school nobody can
// go back to it, and the sweep takes it out of the row. What the year began with stays.
func TestWhatStoodBeforeAnOpeningGoesWithItsDay(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, y := range []school.Year{{Name: "2025–2026", Starts: "2025-08-18", Ends: "2026-07-17"}, {Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}} {
			w.ok(w.schools.AddYear(t.Context(), w.who("admin"), w.id, y))
		}
		one := func(sql string, args ...any) string {
			t.Helper()
			s, err := db.One(t.Context(), w.d, sql, db.Str, args...)
			w.ok(err)
			return s
		}
		next := one(`select id from school_year where name = $1`, "2026–2027")
		f := w.proposal("Lezen", "")
		w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), f.ID, 1, school.FocusChoice{State: school.Chosen, Reason: "Wij lezen te weinig", KeeperID: w.people["sem"]}))
		open := func(at time.Time) {
			t.Helper()
			w.clock.Set(at)
			again, err := w.schools.OpenYear(t.Context(), w.who("leader"), w.id, next, standing)
			if w.ok(err); again {
				t.Fatal("it was open")
			}
		}
		forgets := func(want int) {
			t.Helper()
			if n, err := w.schools.ForgetUndo(t.Context()); err != nil || n != want {
				t.Errorf("forgot %d, want %d: %v", n, want, err)
			}
		}
		undo := func() error { return w.schools.UndoOpening(t.Context(), w.who("leader"), w.id, next) }
		kept := func() string { return one(`select undo from year_opening where year_id = $1`, next) }
		personal := []string{"Wij lezen te weinig", w.people["sem"], w.people["noor"], w.people["leader"]}

		open(time.Date(2026, 8, 24, 22, 1, 0, 0, time.UTC)) // a minute past midnight at the school
		for _, x := range personal {
			if !strings.Contains(kept(), x) {
				t.Errorf("what stood before lacks %q: %s", x, kept())
			}
		}
		w.clock.Set(time.Date(2026, 8, 25, 21, 59, 0, 0, time.UTC)) // the last minute of its day
		forgets(0)
		w.ok(undo())
		if n := w.count(`select count(*) from year_opening`); n != 0 {
			t.Errorf("%d openings after undoing", n)
		}
		open(time.Date(2026, 8, 25, 21, 59, 30, 0, time.UTC))
		began := one(`select began from year_opening where year_id = $1`, next)

		w.clock.Set(time.Date(2026, 8, 25, 22, 0, 0, 0, time.UTC)) // midnight
		w.refused("school.undo_day", undo)
		forgets(1)
		forgets(0)
		if kept() != "[]" {
			t.Errorf("it kept %s", kept())
		}
		if again := one(`select began from year_opening where year_id = $1`, next); again != began || !strings.Contains(began, f.ID) {
			t.Errorf("what it began with was %s, is %s", began, again)
		}
		for _, x := range personal {
			if n := w.count(`select count(*) from year_opening where began like $1 or undo like $1`, "%"+x+"%"); n != 0 {
				t.Errorf("%q is still in the row", x)
			}
		}
		w.refused("school.undo_day", undo)
	})
}

// A school elsewhere has its own midnight.
func TestWhatStoodBeforeGoesByTheClockOfTheSchool(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`update school set zone = 'America/Curacao' where id = $1`, w.id)
		w.ok(w.schools.AddYear(t.Context(), w.who("admin"), w.id, school.Year{Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}))
		next, err := db.One(t.Context(), w.d, `select id from school_year where name = $1`, db.Str, "2026–2027")
		w.ok(err)
		f := w.proposal("Lezen", "")
		w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), f.ID, 1, school.FocusChoice{State: school.Chosen}))
		w.clock.Set(time.Date(2026, 8, 24, 12, 0, 0, 0, time.UTC))
		_, err = w.schools.OpenYear(t.Context(), w.who("leader"), w.id, next, standing)
		w.ok(err)
		w.clock.Set(time.Date(2026, 8, 25, 3, 59, 0, 0, time.UTC)) // the next day in Amsterdam, not there
		if n, err := w.schools.ForgetUndo(t.Context()); err != nil || n != 0 {
			t.Errorf("before midnight there: forgot %d, %v", n, err)
		}
		w.clock.Set(time.Date(2026, 8, 25, 4, 0, 0, 0, time.UTC))
		if n, err := w.schools.ForgetUndo(t.Context()); err != nil || n != 1 {
			t.Errorf("after midnight there: forgot %d, %v", n, err)
		}
	})
}
