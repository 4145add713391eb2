package school

import (
	"leerkring/internal/clock"
)

// ReactDays is how many working days of their own people have to react to what is asked of
// them, unless somebody knowingly chooses otherwise.
const ReactDays = 2

// reactWithin bounds how far ahead a day for everybody is looked for: who works no day at
// all, or is away for months, holds nobody up.
const reactWithin = 28

// ReactBy returns the first school day, no earlier than the day given, by which each of these people
// has had ReactDays working days of their own with school after today. Who is away is
// counted from the day of return; who has no such days within four weeks is not waited for.
func (c Calendar) ReactBy(people []Person, today, noEarlier clock.Date) clock.Date {
	by := noEarlier
	for _, p := range people {
		if d := c.reactBy(p, today); d > by {
			by = d
		}
	}
	return c.NextSchoolDay(by)
}

// reactBy is the day on which one person has had the time to react; "" when that takes too long.
func (c Calendar) reactBy(p Person, today clock.Date) clock.Date {
	n := 0
	for d, last := today.Add(1), today.Add(reactWithin); d <= last; d = d.Add(1) {
		if c.SchoolDay(d) && p.Works(d) && !p.Away(d) {
			if n++; n == ReactDays {
				return d
			}
		}
	}
	return ""
}

// LastDay returns the last day from today up to and including due on which the person works
// and there is school: until then it is asked of this person. A due day behind us, and one
// before which the person does not work any more, stay as they are.
func (c Calendar) LastDay(p Person, today, due clock.Date) clock.Date {
	for d, n := due, 0; d >= today && n < reactWithin; d, n = d.Add(-1), n+1 {
		if c.SchoolDay(d) && p.Works(d) {
			return d
		}
	}
	return due
}

// HasDay reports whether the person works on one of the days from the first to the last, both
// included: who does not was asked in vain, and is not counted as unheard. What is asked in a
// weekend only is asked of everybody.
func (p Person) HasDay(from, to clock.Date) bool {
	weekday := false
	for d, n := from, 0; d <= to && n < 7; d, n = d.Add(1), n+1 {
		if p.Works(d) {
			return true
		}
		weekday = weekday || Person{}.Works(d)
	}
	return !weekday
}
