package monitor

import (
	"leerkring/internal/clock"
	"leerkring/school"
)

// weeksAhead are the school weeks from now in which the first three moments fall: close
// together at the start, where it is hardest.
var weeksAhead = [3]int{1, 3, 6}

// searchWeeks is how far the calendar is searched for ordinary weeks: past a summer.
const searchWeeks = 30

// Three proposes days for three short moments in the first six school weeks: on the
// weekday of today, as groups mostly meet then, else on the next day with school of that
// week. Holidays and busy weeks of the school or of one of the teams are passed over and
// not counted.
func Three(cal school.Calendar, today clock.Date, teams []string) []clock.Date {
	var out []clock.Date
	ordinary := 0
	for week := 1; week <= searchWeeks && len(out) < len(weeksAhead); week++ {
		day, ok := schoolDay(cal, today.Add(7*week), teams)
		if !ok {
			continue
		}
		ordinary++
		if ordinary == weeksAhead[len(out)] {
			out = append(out, day)
		}
	}
	return out
}

// schoolDay is the first ordinary day of a week: d itself, the days after it, and then
// those before it. ok is false when the week has none.
func schoolDay(cal school.Calendar, d clock.Date, teams []string) (clock.Date, bool) {
	monday := d.Monday()
	from := d.Days(monday) * -1
	for i := range 5 {
		day := monday.Add((from + i) % 5)
		if from > 4 { // a weekend: begin on Monday
			day = monday.Add(i)
		}
		if _, busy := cal.BusyWeek(day, teams); cal.SchoolDay(day) && !busy {
			return day, true
		}
	}
	return "", false
}

// missing are the days of which no planned moment stands in the same week.
func missing(days []clock.Date, planned []Moment) []clock.Date {
	taken := map[clock.Date]bool{}
	for _, m := range planned {
		if m.State == Planned {
			taken[m.On.Monday()] = true
		}
	}
	var out []clock.Date
	for _, d := range days {
		if !taken[d.Monday()] {
			out = append(out, d)
		}
	}
	return out
}
