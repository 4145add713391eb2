package i18n

import (
	"strconv"
	"strings"
	"time"

	"leerkring/internal/clock"
)

// Keys of the names of days and months, made once: a list of dates asks for many.
var (
	dayShort, dayLong [7]string
	monthLong         [13]string
)

func init() {
	for i, name := range []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		dayShort[i], dayLong[i] = "date.short."+name, "date.long."+name
	}
	for m := time.January; m <= time.December; m++ {
		monthLong[m] = "date.month." + strings.ToLower(m.String())
	}
}

// Date writes a day without its year: «do 19 maart».
func (t *Texts) Date(d clock.Date) string {
	if d == "" {
		return ""
	}
	x := d.Time()
	return t.T("date.pattern.day", "weekday", t.T(dayShort[x.Weekday()]), "day", strconv.Itoa(x.Day()), "month", t.Month(x.Month()))
}

// DateLong writes a day in full: «donderdag 19 maart 2026».
func (t *Texts) DateLong(d clock.Date) string {
	if d == "" {
		return ""
	}
	x := d.Time()
	return t.T("date.pattern.full", "weekday", t.Weekday(x.Weekday()), "day", strconv.Itoa(x.Day()), "month", t.Month(x.Month()), "year", strconv.Itoa(x.Year()))
}

// Days writes the days from first to last: «19–21 maart», «30 maart – 2 april».
func (t *Texts) Days(first, last clock.Date) string {
	a, b := first.Time(), last.Time()
	switch {
	case first == last || last == "":
		return t.Date(first)
	case a.Year() == b.Year() && a.Month() == b.Month():
		return t.dayMonth(strconv.Itoa(a.Day())+"–"+strconv.Itoa(b.Day()), b.Month())
	}
	return t.dayMonth(strconv.Itoa(a.Day()), a.Month()) + " – " + t.dayMonth(strconv.Itoa(b.Day()), b.Month())
}

func (t *Texts) dayMonth(day string, m time.Month) string {
	return t.T("date.pattern.in_month", "day", day, "month", t.Month(m))
}

// Month is the name of a month within a sentence.
func (t *Texts) Month(m time.Month) string {
	if m < time.January || m > time.December {
		return ""
	}
	return t.T(monthLong[m])
}

// Weekday is the name of a day of the week within a sentence.
func (t *Texts) Weekday(d time.Weekday) string { return t.T(dayLong[d%7]) }

// Day is the day of a moment in the zone of these texts.
func (t *Texts) Day(at time.Time) clock.Date { return clock.On(at, t.zone) }

// Time writes the time of day on the wall of the school: «15.10 uur», «15:10».
func (t *Texts) Time(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.T("time.pattern.at", "time", t.clock(at))
}

// Moment writes a day and a time: «do 19 maart, 15.10 uur».
func (t *Texts) Moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.Date(t.Day(at)) + ", " + t.Time(at)
}

// Range writes from when till when: «15.10–16.10 uur», and with days when they differ.
func (t *Texts) Range(from, to time.Time) string {
	if t.Day(from) != t.Day(to) {
		return t.Moment(from) + " – " + t.Moment(to)
	}
	return t.T("time.pattern.at", "time", t.clock(from)+"–"+t.clock(to))
}

func (t *Texts) clock(at time.Time) string {
	at = at.In(t.zone)
	return t.T("time.pattern.clock", "hour", strconv.Itoa(at.Hour()), "minute", twoDigits(at.Minute()))
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Number writes a whole number, with a mark per thousand from 10 000: years stay years.
func (t *Texts) Number(n int) string {
	s := strconv.Itoa(n)
	if n > -10_000 && n < 10_000 {
		return s
	}
	mark := t.T("number.thousand")
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// Decimal writes a number with so many digits after the mark: «3,4».
func (t *Texts) Decimal(x float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', digits, 64), ".", t.T("number.decimal"), 1)
}

// List writes things one after the other: «a, b en c».
func (t *Texts) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + t.T("list.and") + " " + items[last]
}
