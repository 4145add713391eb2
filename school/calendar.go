package school

import (
	"leerkring/internal/clock"
)

// Period is a holiday, or a busy week in which nothing is asked but what a person asked for.
type Period struct {
	ID     string
	TeamID string // "" for the whole school
	Kind   PeriodKind
	Name   string
	From   clock.Date // first day
	To     clock.Date // last day
}

// PeriodKind tells holidays from busy weeks.
type PeriodKind string

// The kinds of period.
const (
	Holiday PeriodKind = "holiday"
	Busy    PeriodKind = "busy"
)

// Year is one school year.
type Year struct {
	ID       string
	Name     string // 2026–2027
	Starts   clock.Date
	Ends     clock.Date
	SchoolID string
}

// Calendar answers questions about days at one school.
type Calendar struct {
	Periods []Period
	Years   []Year
}

// Holiday returns the holiday that d falls in, and whether there is one.
func (c Calendar) Holiday(d clock.Date) (Period, bool) {
	for _, p := range c.Periods {
		if p.Kind == Holiday && p.From <= d && d <= p.To {
			return p, true
		}
	}
	return Period{}, false
}

// BusyWeek returns the busy period that d falls in for the whole school or one of the
// given teams.
func (c Calendar) BusyWeek(d clock.Date, teams []string) (Period, bool) {
	for _, p := range c.Periods {
		if p.Kind != Busy || d < p.From || p.To < d {
			continue
		}
		if p.TeamID == "" {
			return p, true
		}
		for _, t := range teams {
			if t == p.TeamID {
				return p, true
			}
		}
	}
	return Period{}, false
}

// SchoolDay reports whether there is school on d.
func (c Calendar) SchoolDay(d clock.Date) bool {
	if wd := d.Weekday(); wd == 0 || wd == 6 {
		return false
	}
	_, free := c.Holiday(d)
	return !free
}

// WorkDays counts the days from the day after from up to and including to on which the
// person works and there is school: the time that a part-timer has to react.
func (c Calendar) WorkDays(p Person, from, to clock.Date) int {
	n := 0
	for d := from.Add(1); d <= to && n < 400; d = d.Add(1) {
		if c.SchoolDay(d) && p.Works(d) {
			n++
		}
	}
	return n
}

// NextSchoolDay returns the first day on or after d with school.
func (c Calendar) NextSchoolDay(d clock.Date) clock.Date {
	for range 120 {
		if c.SchoolDay(d) {
			return d
		}
		d = d.Add(1)
	}
	return d
}

// YearOf returns the school year of a day, and whether the school has named it.
func (c Calendar) YearOf(d clock.Date) (Year, bool) {
	for _, y := range c.Years {
		if y.Starts <= d && d <= y.Ends {
			return y, true
		}
	}
	return Year{}, false
}

// NextYear returns the first school year that starts after d.
func (c Calendar) NextYear(d clock.Date) (Year, bool) {
	var next Year
	for _, y := range c.Years {
		if y.Starts > d && (next.Starts == "" || y.Starts < next.Starts) {
			next = y
		}
	}
	return next, next.Starts != ""
}

// SchoolWeeks counts whole weeks with school between two days: how long it has been quiet.
func (c Calendar) SchoolWeeks(from, to clock.Date) int { return c.weeksUpTo(200, from, to) }

// weeksUpTo counts them no further than most.
func (c Calendar) weeksUpTo(most int, from, to clock.Date) int {
	n := 0
	for monday := from.Monday().Add(7); monday.Add(6) <= to && n < most; monday = monday.Add(7) {
		for i := range 5 {
			if c.SchoolDay(monday.Add(i)) {
				n++
				break
			}
		}
	}
	return n
}
