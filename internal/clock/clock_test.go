package clock

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	t.Parallel()
	ams := Zone("Europe/Amsterdam")
	if got := On(time.Date(2026, 3, 18, 23, 30, 0, 0, time.UTC), ams); got != "2026-03-19" {
		t.Errorf("late in the evening in UTC it is tomorrow in Amsterdam: %s", got)
	}
	if got := Date("2026-03-19").Monday(); got != "2026-03-16" {
		t.Errorf("Monday %s", got)
	}
	if got := Date("2026-03-22").Monday(); got != "2026-03-16" {
		t.Errorf("Sunday belongs to the week before: %s", got)
	}
	if got := Date("2026-03-16").Monday(); got != "2026-03-16" {
		t.Errorf("a Monday is its own Monday: %s", got)
	}
	if got := Date("2026-03-28").At(15, 10, ams); got.Hour() != 14 {
		t.Errorf("winter time: %v", got)
	}
	if got := Date("2026-03-30").At(15, 10, ams); got.Hour() != 13 {
		t.Errorf("summer time: %v", got)
	}
	if got := Date("2026-03-28").Days("2026-03-30"); got != 2 {
		t.Errorf("days over the clock change: %d", got)
	}
	for _, s := range []string{"", "2026-02-30", "19-03-2026", "2026-3-19", "0001-01-01"} {
		if _, err := ParseDate(s); err == nil {
			t.Errorf("%q is no day", s)
		}
	}
}

// Days are read and written by hand; the layouts of the standard library say what is right.
func TestDaysAsTheLayoutsSay(t *testing.T) {
	t.Parallel()
	for at := time.Date(1899, 12, 25, 0, 0, 0, 0, time.UTC); at.Year() < 2202; at = at.AddDate(0, 0, 1) {
		d := Date(at.Format(time.DateOnly))
		if !d.Time().Equal(at) {
			t.Fatalf("%s is read as %v", d, d.Time())
		}
		if next := Date(at.AddDate(0, 0, 1).Format(time.DateOnly)); d.Add(1) != next || next.Add(-1) != d {
			t.Fatalf("after %s comes %s, before %s %s", d, d.Add(1), next, next.Add(-1))
		}
	}
	for _, s := range []string{"", "2026", "2026-02-29", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "2026/01/01", "2026-1-001", "-026-01-01", "2026-01-0x", "02026-01-1", "2026-01-01T", "٢026-01-1"} {
		if want, _ := time.Parse(time.DateOnly, s); !Date(s).Time().Equal(want) {
			t.Errorf("%q is read as %v", s, Date(s).Time())
		}
		if want := Date((time.Time{}).AddDate(0, 0, 3).Format(time.DateOnly)); Date(s).Add(3) != want {
			t.Errorf("three days after %q: %s", s, Date(s).Add(3))
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	d := Date("2026-03-19")
	for b.Loop() {
		d = d.Add(1).Add(-1)
	}
}

func TestATravellerComesHome(t *testing.T) {
	var c Traveller
	then := time.Date(2026, 3, 19, 10, 0, 0, 0, time.UTC)
	c.To(then)
	if got := c.Now(); !got.Equal(then) {
		t.Errorf("away: %v", got)
	}
	c.Home()
	if got := time.Since(c.Now()); got < 0 || got > time.Minute {
		t.Errorf("at home it is %v ago", got)
	}
}
