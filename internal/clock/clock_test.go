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
