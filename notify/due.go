package notify

import (
	"time"

	"leerkring/internal/clock"
	"leerkring/school"
)

// When the mail goes, on the wall of the school.
const (
	Hour   = 7
	Minute = 30
	// lastHour is in the evening of the day after: later, it is no longer news.
	lastHour = 20
)

// DayOf is the day of a week on which a person gets the mail: the first that they work.
func DayOf(p school.Person, monday clock.Date) clock.Date {
	for i := range 5 {
		if d := monday.Add(i); p.Works(d) {
			return d
		}
	}
	return monday
}

// Window is from when until when the mail of a day is true.
func Window(day clock.Date, zone *time.Location) (from, until time.Time) {
	return day.At(Hour, Minute, zone), day.Add(1).At(lastHour, 0, zone)
}

// days are the days whose mail is true now: none before half past seven and in weekends.
func days(now time.Time, zone *time.Location) []clock.Date {
	today := clock.On(now, zone)
	var out []clock.Date
	for _, d := range []clock.Date{today.Add(-1), today} {
		from, until := Window(d, zone)
		if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday || now.Before(from) || now.After(until) {
			continue
		}
		out = append(out, d)
	}
	return out
}

// Gets reports whether a person gets mail on a day of school at all.
func Gets(p school.Person, cal school.Calendar, day, today clock.Date) bool {
	if p.State != school.Active || p.Away(day) || p.Away(today) || DayOf(p, day.Monday()) != day {
		return false
	}
	_, free := cal.Holiday(day)
	_, now := cal.Holiday(today)
	return !free && !now
}
