package school

import (
	"slices"
	"strings"
	"time"

	"leerkring/internal/clock"
)

// Turn is where a school stands between one school year and the next. Every day in it is
// read off from the calendar of the school.
type Turn struct {
	From Year // the year that runs, or that ended last; without ID when the school named none
	To   Year // the year that comes after it; without ID when it is not named yet

	WishesOn, ChoosingOn, HandingOn clock.Date // first days of the steps
	LastDay                         clock.Date // of From with school
	FirstDay                        clock.Date // of To with school
	Step                            Step
	Late                            bool // the year runs for weeks and was not opened
}

// Step is what is up between two school years.
type Step int

// The steps, in their order.
const (
	YearRuns Step = iota
	Wishes        // for timetable and hours
	Choosing      // which focus points and trajectories go on
	Handing       // over leads, care and open agreements
	Opening       // the new year
	Begun
)

// How many days before the last school day a step begins, and how long after the first one a
// year that nobody opened is late. In most calendars that is in March, in May and at the end of June.
const (
	wishesBefore   = 126
	choosingBefore = 70
	handingBefore  = 20
	lateAfter      = 14
)

// TurnOf finds the turn that a school is in. opened tells which years were opened; began is
// the day on which the school came here: a year that ran by then needs no opening. A year
// that was forgotten can be opened until the wishes for the next one are asked.
func TurnOf(c Calendar, opened func(yearID string) bool, began, today clock.Date) Turn {
	years := slices.Clone(c.Years)
	slices.SortStableFunc(years, func(a, b Year) int { return strings.Compare(string(a.Starts), string(b.Starts)) })
	year := func(i int) Year {
		if i < 0 || i >= len(years) {
			return Year{}
		}
		return years[i]
	}
	at := -1
	for i, y := range years {
		if y.Starts <= today {
			at = i
		}
	}
	next := c.turn(year(at), year(at+1), opened, today)
	if at >= 0 && began < years[at].Starts && !opened(years[at].ID) && today < next.WishesOn {
		return c.turn(year(at-1), years[at], opened, today)
	}
	return next
}

func (c Calendar) turn(from, to Year, opened func(string) bool, today clock.Date) Turn {
	t := Turn{From: from, To: to}
	end, start := from.Ends, to.Starts
	switch {
	case end == "" && start == "":
		end = usualEnd(today)
		start = end.Add(1)
	case end == "":
		end = start.Add(-1)
	case start == "":
		start = end.Add(1)
	}
	t.LastDay, t.FirstDay = c.lastSchoolDay(end), c.NextSchoolDay(start)
	t.WishesOn, t.ChoosingOn, t.HandingOn = t.LastDay.Add(-wishesBefore).Monday(), t.LastDay.Add(-choosingBefore).Monday(), t.LastDay.Add(-handingBefore).Monday()
	switch {
	case to.ID != "" && opened(to.ID):
		t.Step = Begun
	case today > t.LastDay:
		t.Step, t.Late = Opening, today > t.FirstDay.Add(lateAfter)
	case today >= t.HandingOn:
		t.Step = Handing
	case today >= t.ChoosingOn:
		t.Step = Choosing
	case today >= t.WishesOn:
		t.Step = Wishes
	}
	return t
}

// usualEnd is the last day of a year in a school that named none.
func usualEnd(today clock.Date) clock.Date {
	day := today.Time()
	year := day.Year()
	if day.Month() >= time.August {
		year++
	}
	return clock.Date(time.Date(year, time.July, 15, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

// lastSchoolDay returns the last day on or before d with school: a year ends in a holiday.
func (c Calendar) lastSchoolDay(d clock.Date) clock.Date {
	day := d
	for range 120 {
		if c.SchoolDay(day) {
			return day
		}
		day = day.Add(-1)
	}
	return d
}

// MayOpen reports whether the coming year can be opened: it has a name, and choosing for it
// has begun.
func (t Turn) MayOpen(today clock.Date) bool {
	return t.To.ID != "" && t.Step != Begun && today >= t.ChoosingOn
}

// Asks reports whether leads are asked how their teams go on: from the choosing on, until
// the last school day.
func (t Turn) Asks() bool { return t.From.ID != "" && (t.Step == Choosing || t.Step == Handing) }

// Wants is what the turn wants now of who leads the school: Choosing while a focus point that is
// chosen or running has no answer for the year to come, Opening when that year can be opened
// and has its name, else YearRuns.
func (t Turn) Wants(points []FocusPoint) Step {
	switch {
	case t.Step == Opening && t.To.ID != "":
		return Opening
	case t.Asks() && slices.ContainsFunc(points, func(f FocusPoint) bool {
		return (f.State == Chosen || f.State == Running) && f.After.Choice == Undecided
	}):
		return Choosing
	}
	return YearRuns
}
