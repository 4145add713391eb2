// Package clock is the one place that reads the time.
//
// Times are kept in UTC and shown in school time. A Date is a day on the wall,
// without an hour and without a zone.
package clock

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // a bare machine has no zone files
)

// Clock tells the time. Tests set their own.
type Clock interface {
	Now() time.Time
}

// System is the clock of the machine, in UTC, cut to microseconds: what the database keeps.
type System struct{}

// Now returns the present moment.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Fake is a clock that a test moves by hand.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// NewFake returns a clock that stands still at now.
func NewFake(now time.Time) *Fake { return &Fake{now: now.UTC()} }

// Now returns where the hands stand.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Move turns the hands by d.
func (f *Fake) Move(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// Set puts the hands at now.
func (f *Fake) Set(now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = now.UTC()
}

// Traveller is the clock of the machine, that can be sent to another moment: what is made
// up to have happened before today keeps its own day. The zero Traveller tells the time.
type Traveller struct {
	mu sync.Mutex
	at time.Time
}

// Now returns where the traveller is.
func (t *Traveller) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at.IsZero() {
		return System{}.Now()
	}
	return t.at
}

// To goes to a moment and stays there.
func (t *Traveller) To(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = at.UTC().Truncate(time.Microsecond)
}

// Home comes back to the present.
func (t *Traveller) Home() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = time.Time{}
}

// Date is a day, written as 2026-03-19. The empty Date means: no day.
type Date string

// On returns the day of t in the given zone.
func On(t time.Time, zone *time.Location) Date { return Date(t.In(zone).Format(time.DateOnly)) }

// ParseDate reads a day; it refuses anything else, also days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return "", fmt.Errorf("not a day: %d characters", len(s))
	}
	return Date(s), nil
}

// Time returns midnight UTC of d, for calculating with days only; the zero time when d is
// no day. A calendar asks this hundreds of times for one page, so it is read without a layout.
func (d Date) Time() time.Time {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return time.Time{}
	}
	year, month, day := d.number(0, 4), d.number(5, 7), d.number(8, 10)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if y, m, n := t.Date(); year < 0 || y != year || int(m) != month || n != day {
		return time.Time{}
	}
	return t
}

// number is what digits of d say; -1 when they are not all digits.
func (d Date) number(from, to int) int {
	n := 0
	for _, c := range []byte(d[from:to]) {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// At returns the moment hour:minute of d on the wall of the given zone.
func (d Date) At(hour, minute int, zone *time.Location) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, zone).UTC()
}

// Add returns the day n days later.
func (d Date) Add(n int) Date {
	t := d.Time().AddDate(0, 0, n)
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return Date(t.Format(time.DateOnly))
	}
	two := func(n int) (byte, byte) { return '0' + byte(n/10), '0' + byte(n%10) }
	out := [len(time.DateOnly)]byte{4: '-', 7: '-'}
	out[0], out[1] = two(year / 100)
	out[2], out[3] = two(year % 100)
	out[5], out[6] = two(int(month))
	out[8], out[9] = two(day)
	return Date(out[:])
}

// Days returns the number of days from d to other.
func (d Date) Days(other Date) int { return int(other.Time().Sub(d.Time()).Hours() / 24) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Monday returns the Monday of the week of d.
func (d Date) Monday() Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// Week returns the ISO week number of d.
func (d Date) Week() int {
	_, w := d.Time().ISOWeek()
	return w
}

// zones are those that were asked for before: reading one is slow.
var zones sync.Map

// Zone returns the zone with that name, and Amsterdam when the name is not known.
func Zone(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		if z, err = time.LoadLocation("Europe/Amsterdam"); err != nil {
			panic("clock: zone data is part of the binary: " + err.Error())
		}
		return z // an unknown name is not kept: names come from settings, and there could be many
	}
	zones.Store(name, z)
	return z
}
