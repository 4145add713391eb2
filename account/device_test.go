package account

import (
	"testing"
	"time"

	"leerkring/internal/clock"
)

var morning = time.Date(2026, 3, 19, 7, 30, 0, 0, time.UTC)

func TestHowLongASignInLasts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		device Device
		used   time.Duration // last use after the start
		later  time.Duration // looked at after the last use
		alive  bool
	}{
		{"an own device rests for 35 days", Own, 0, 35 * 24 * time.Hour, true},
		{"an own device does not rest for 36 days", Own, 0, 36 * 24 * time.Hour, false},
		{"an own device that is used stays for 90 days", Own, 80 * 24 * time.Hour, 9*24*time.Hour + 23*time.Hour, true},
		{"an own device asks again after 90 days, used or not", Own, 80 * 24 * time.Hour, 10 * 24 * time.Hour, false},
		{"another device stays for a working day", Other, 0, 8*time.Hour - time.Second, true},
		{"another device is out after eight hours", Other, 7 * time.Hour, time.Hour, false},
		{"a shared computer rests for a quarter", Shared, time.Hour, 15*time.Minute - time.Second, true},
		{"a shared computer is out after a quarter", Shared, time.Hour, 15 * time.Minute, false},
		{"a shared computer is out after eight hours, used or not", Shared, 8*time.Hour - time.Minute, time.Minute, false},
	} {
		ends := c.device.ends(morning)
		idle := c.device.idles(morning.Add(c.used), ends)
		seen := morning.Add(c.used + c.later)
		if alive := seen.Before(ends) && seen.Before(idle); alive != c.alive {
			t.Errorf("%s: alive %v (ends %v, idle %v, seen %v)", c.name, alive, ends, idle, seen)
		}
	}
}

func TestUseIsWrittenOnceADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		device Device
		later  time.Duration
		due    bool
	}{
		{"own, the same day", Own, 16 * time.Hour, false},
		{"own, the next day", Own, 17 * time.Hour, true},
		{"other, the same day", Other, 7 * time.Hour, false},
		{"shared, within the minute", Shared, 59 * time.Second, false},
		{"shared, after a minute", Shared, time.Minute, true},
	} {
		s := SignIn{Device: c.device, SeenOn: today(morning), EndsAt: c.device.ends(morning)}
		s.idleEndsAt = c.device.idles(morning, s.EndsAt)
		if _, due := s.touch(morning.Add(c.later)); due != c.due {
			t.Errorf("%s: due %v", c.name, due)
		}
	}
}

func TestTheEndOfRestTellsNoMoreThanADay(t *testing.T) {
	t.Parallel()
	ends := Own.ends(morning)
	if a, b := Own.idles(morning, ends), Own.idles(morning.Add(9*time.Hour), ends); !a.Equal(b) {
		t.Errorf("the hour of use can be read: %v, %v", a, b)
	}
}

func TestPrivateAreasAskAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		s       SignIn
		later   time.Duration
		private bool
	}{
		{"just signed in", SignIn{Device: Own, ConfirmedAt: morning}, 0, true},
		{"within twelve hours", SignIn{Device: Own, ConfirmedAt: morning}, 12*time.Hour - time.Second, true},
		{"after twelve hours", SignIn{Device: Own, ConfirmedAt: morning}, 12 * time.Hour, false},
		{"shared, within a quarter", SignIn{Device: Shared, ConfirmedAt: morning}, 14 * time.Minute, true},
		{"shared, after a quarter", SignIn{Device: Shared, ConfirmedAt: morning}, 15 * time.Minute, false},
		{"never confirmed", SignIn{Device: Own}, 0, false},
		{"pending", SignIn{Device: Own, ConfirmedAt: morning, Pending: true}, 0, false},
		{"locked after somebody else's change", SignIn{Device: Own, ConfirmedAt: morning, LockedUntil: morning.Add(time.Hour)}, 0, false},
		{"no longer locked", SignIn{Device: Own, ConfirmedAt: morning, LockedUntil: morning.Add(time.Hour)}, time.Hour, true},
	} {
		if got := c.s.Private(morning.Add(c.later)); got != c.private {
			t.Errorf("%s: private %v", c.name, got)
		}
	}
}

func TestDevicesAndNamesFromOutside(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Device{"own": Own, "shared": Shared, "other": Other, "": Other, "OWN": Other, "forever": Other} {
		if got := ParseDevice(in); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
	long := Browser{Name: "  Fire\x00fox\n\u202e, \u200bWindows" + string(make([]byte, 300)) + "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"}
	if got := long.name(); got[:16] != "Firefox, Windows" || len(got) != longestBrowser {
		t.Errorf("name %q", got)
	}
	if today(morning) != clock.Date("2026-03-19") {
		t.Error("today")
	}
}
