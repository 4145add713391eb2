package account

import (
	"strings"
	"time"
	"unicode"

	"leerkring/internal/clock"
)

// Device says whose browser it is; the person tells at sign-in.
type Device string

// The kinds of device.
const (
	Own    Device = "own"
	Other  Device = "other"  // not one's own, alone for a working day
	Shared Device = "shared" // others use it as well: nothing stays behind
)

const (
	ownLasts   = 90 * 24 * time.Hour
	ownIdles   = 35 // whole days: the rhythm is a fortnight, with holidays between
	dayLasts   = 8 * time.Hour
	sharedIdle = 15 * time.Minute
	freshFor   = 12 * time.Hour // private areas ask again after this
	pendingFor = 10 * time.Minute
)

// ParseDevice reads a form field. What is not known is treated as not one's own.
func ParseDevice(s string) Device {
	if d := Device(s); d == Own || d == Shared {
		return d
	}
	return Other
}

// ends returns when a sign-in made at this moment is over, used or not.
func (d Device) ends(made time.Time) time.Time {
	if d == Own {
		return made.Add(ownLasts)
	}
	return made.Add(dayLasts)
}

// idles returns until when a browser that is used now may rest. For an own device it is
// reckoned from the day, so that nothing finer than a day needs to be kept.
func (d Device) idles(now, ends time.Time) time.Time {
	switch d {
	case Own:
		return earlier(today(now).Add(ownIdles+1).At(0, 0, time.UTC), ends)
	case Shared:
		return earlier(now.Add(sharedIdle), ends)
	default:
		return ends
	}
}

// fresh returns how long a proof of who somebody is counts for private areas.
func (d Device) fresh() time.Duration {
	if d == Shared {
		return sharedIdle
	}
	return freshFor
}

// touch returns the new end of rest and whether it is worth a write: once a day, and on
// a shared computer once a minute.
func (s SignIn) touch(now time.Time) (time.Time, bool) {
	next := s.Device.idles(now, s.EndsAt)
	if s.Device == Shared {
		return next, next.Sub(s.idleEndsAt) >= time.Minute
	}
	return next, s.SeenOn != today(now)
}

func today(now time.Time) clock.Date { return clock.On(now, time.UTC) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Browser is what a way in knows of the browser that comes in.
type Browser struct {
	Device  Device
	Name    string // «Firefox, Windows»: shown to the person only
	Old     string // the reference that the browser still had; it ends
	Address string // network address, for limits and the security log
}

const longestBrowser = 60

// name returns the name of the browser as it can be kept: it comes from outside.
func (b Browser) name() string { return clean(b.Name, longestBrowser) }

// clean drops control and invisible characters and cuts a text to so many letters.
func clean(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	letters := []rune(s)
	if len(letters) > most {
		letters = letters[:most]
	}
	return strings.TrimSpace(string(letters))
}
