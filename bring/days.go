package bring

import (
	"strconv"
	"strings"
	"time"

	"leerkring/internal/clock"
)

// Days is the order in which a file writes a day.
type Days string

// The orders.
const (
	DayFirst   Days = "day"
	MonthFirst Days = "month"
)

// due is the day that a card names, on the wall of the school; "" when there is none, or none
// that can be read.
func due(s string, order Days, zone *time.Location) clock.Date {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return within(clock.On(t, zone))
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil { // as a spreadsheet keeps a day
		if n < 20_000 || n > 80_000 {
			return ""
		}
		return within(clock.Date(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(time.DateOnly)))
	}
	n, ok := numbers(s)
	switch {
	case !ok:
		return ""
	case n[0] > 31: // the year first
		return day(n[0], n[1], n[2])
	case order == MonthFirst:
		return day(n[2], n[0], n[1])
	}
	return day(n[2], n[1], n[0])
}

// numbers are the three numbers of a day that is written out; a time behind it is left.
func numbers(s string) (n [3]int, ok bool) {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	s, _, _ = strings.Cut(s, "T")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 {
		return n, false
	}
	for i, p := range parts {
		x, err := strconv.Atoi(p)
		if err != nil || x < 1 {
			return n, false
		}
		n[i] = x
	}
	return n, true
}

func day(year, month, of int) clock.Date {
	if year < 100 {
		year += 2000
	}
	t := time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC)
	if t.Day() != of || int(t.Month()) != month {
		return ""
	}
	return within(clock.Date(t.Format(time.DateOnly)))
}

// within leaves out days of another age: a slip of a program, or worse.
func within(d clock.Date) clock.Date {
	if d < "2000-01-01" || d > "2099-12-31" {
		return ""
	}
	return d
}

// order finds out how the days of a file are written: a number above twelve is never a month.
// doubt says that they could be read both ways.
func order(days []string, guess Days) (found Days, doubt bool) {
	first, second, any := false, false, false
	for _, s := range days {
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			continue
		}
		n, ok := numbers(s)
		if !ok || n[0] > 31 {
			continue
		}
		any = true
		first, second = first || n[0] > 12, second || n[1] > 12
	}
	switch {
	case !any:
		return "", false
	case first && !second:
		return DayFirst, false
	case second && !first:
		return MonthFirst, false
	}
	return guess, true
}
