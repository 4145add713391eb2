package week_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/week"
)

// asks is a source that asks and tells what it is given, and remembers for whom.
type asks struct {
	list    []week.Ask
	happens []week.Happening
	fails   error
	whom    []string
	from    clock.Date
}

func (a *asks) Asks(_ context.Context, k school.Known, _ clock.Date) ([]week.Ask, error) {
	a.whom = append(a.whom, k.Who.ID)
	return a.list, a.fails
}

func (a *asks) Happens(_ context.Context, _ school.Known, from, _ clock.Date) ([]week.Happening, error) {
	a.from = from
	return a.happens, nil
}

// home is a teacher at a school, on a Thursday in March.
type home struct {
	t           *testing.T
	d           *db.DB
	clock       *clock.Fake
	schools     *school.Service
	schoolID    string
	id          string
	rounds, own *asks
	weeks       *week.Service
}

func each(t *testing.T, f func(t *testing.T, h *home)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
		h := &home{t: t, d: d, clock: c, schools: school.NewService(d, c), rounds: &asks{}, own: &asks{}}
		found, err := h.schools.Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"})
		h.ok(err)
		h.schoolID, h.id = found.SchoolID, found.AdminID
		h.weeks = week.NewService(d, c, h.schools, h.rounds, h.own)
		f(t, h)
	})
}

func (h *home) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *home) known() school.Known {
	h.t.Helper()
	k, err := school.Knows(h.t.Context(), h.d, h.id)
	h.ok(err)
	return k
}

func (h *home) week() week.Week {
	h.t.Helper()
	w, err := h.weeks.Of(h.t.Context(), h.known())
	h.ok(err)
	return w
}

func (h *home) period(kind school.PeriodKind, name string, from, to clock.Date) {
	h.t.Helper()
	h.ok(h.schools.AddPeriods(h.t.Context(), h.known().Who, h.schoolID, []school.Period{{Kind: kind, Name: name, From: from, To: to}}))
}

func round(i int) week.Ask {
	return week.Ask{Item: fmt.Sprint("round/", i), Kind: week.Answer, Minutes: 3, LaterOK: true}
}

func TestAWeekAsksFiveThingsAtMost(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		for i := range 7 {
			h.rounds.list = append(h.rounds.list, round(i))
		}
		h.own.list = []week.Ask{{Item: "task/1", Kind: week.Task, Own: true, Minutes: 10}}
		w := h.week()
		if len(w.Asks) != 6 || w.Waiting != 2 || w.Minutes() != 5*3+10 || w.Quiet != "" || w.Monday != "2026-03-16" || w.Today != "2026-03-19" {
			t.Errorf("%d asked, %d waiting: %+v", len(w.Asks), w.Waiting, w)
		}
		if len(h.rounds.whom) != 1 || h.rounds.whom[0] != h.id || h.rounds.from != "2026-03-16" {
			t.Errorf("asked of %v from %s", h.rounds.whom, h.rounds.from)
		}
		h.own.fails = errors.New("broken")
		if _, err := h.weeks.Of(t.Context(), h.known()); !errors.Is(err, h.own.fails) {
			t.Errorf("a source that fails is told: %v", err)
		}
	})
}

func TestNotNowLastsUntilMonday(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		h.rounds.list = []week.Ask{round(0), round(1)}
		h.ok(h.weeks.NotNow(t.Context(), h.known(), "round/0"))
		h.ok(h.weeks.NotNow(t.Context(), h.known(), "round/0")) // pressed twice
		if w := h.week(); len(w.Asks) != 1 || w.Asks[0].Item != "round/1" || w.Waiting != 0 {
			t.Errorf("%+v", w.Asks)
		}
		h.clock.Set(time.Date(2026, 3, 22, 22, 59, 0, 0, time.UTC)) // Sunday, a minute before midnight at school
		if w := h.week(); len(w.Asks) != 1 {
			t.Errorf("on Sunday it is asked again: %+v", w.Asks)
		}
		h.clock.Move(time.Minute)
		if w := h.week(); len(w.Asks) != 2 || w.Monday != "2026-03-23" {
			t.Errorf("on Monday it is not asked: %+v", w.Asks)
		}
		h.clock.Move(7 * 24 * time.Hour)
		h.ok(h.weeks.NotNow(t.Context(), h.known(), "round/1"))
		kept, err := db.All(t.Context(), h.d, `select item from week_later`, db.Str)
		if h.ok(err); len(kept) != 1 || kept[0] != "round/1" {
			t.Errorf("what is over is not forgotten: %v", kept)
		}
		for _, item := range []string{"", string(make([]byte, 121))} {
			h.ok(h.weeks.NotNow(t.Context(), h.known(), item))
		}
		n, err := db.One(t.Context(), h.d, `select count(*) from week_later`, db.Int)
		if h.ok(err); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestQuietDaysAskOnlyWhatIsMineOrCloses(t *testing.T) {
	closing := week.Ask{Item: "decision/1", Kind: week.Decide, Closing: true, DueOn: "2026-03-20"}
	mine := week.Ask{Item: "task/1", Kind: week.Task, Own: true}
	for name, c := range map[string]struct {
		make  func(h *home)
		quiet string
		until clock.Date
	}{
		"holiday": {func(h *home) { h.period(school.Holiday, "Voorjaar", "2026-03-18", "2026-03-20") }, "holiday", "2026-03-20"},
		"busy":    {func(h *home) { h.period(school.Busy, "Toetsweek", "2026-03-16", "2026-03-20") }, "busy", "2026-03-20"},
		"away": {func(h *home) {
			h.ok(h.schools.Update(h.t.Context(), h.known().Who, school.Details{Name: "Noor Haddad", AwayUntil: "2026-04-01"}, "2026-03-19"))
		}, "away", "2026-04-01"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *home) {
				h.rounds.list, h.own.list = []week.Ask{round(0), closing}, []week.Ask{mine}
				c.make(h)
				w := h.week()
				if w.Quiet != c.quiet || w.Until != c.until || len(w.Asks) != 2 || w.Waiting != 1 || w.Asks[0].Item != "decision/1" || w.Asks[1].Item != "task/1" {
					t.Errorf("%+v", w)
				}
			})
		})
	}
}

func TestTheDaysOfAWeek(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		h.period(school.Holiday, "Goede Vrijdag", "2026-03-20", "2026-03-20")
		h.rounds.happens = []week.Happening{
			{Title: "PLG-uur", At: time.Date(2026, 3, 17, 14, 0, 0, 0, time.UTC)},
			{Title: "Laat", At: time.Date(2026, 3, 17, 23, 30, 0, 0, time.UTC)}, // Wednesday at school
			{Title: "Dag", On: "2026-03-19"},
			{Title: "Zaterdag", On: "2026-03-21"},
		}
		w := h.week()
		if len(w.Days) != 5 || w.Days[1].Events[0].Title != "PLG-uur" || w.Days[2].Events[0].Title != "Laat" || !w.Days[3].Today || w.Days[3].Events[0].Title != "Dag" || w.Days[4].Free != "Goede Vrijdag" || len(w.Days[4].Events) != 0 {
			t.Errorf("%+v", w.Days)
		}
	})
}
