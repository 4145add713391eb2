package ui

import (
	"fmt"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"leerkring/web/ui/ring"
)

// Clock is a meeting as a ring: how long each part takes, which one runs, and how
// much of it is left. A part that took longer than planned has less than nothing
// left.
type Clock struct {
	Minutes []int
	Current int // from nought; before the first: not begun, past the last: over
	Left    time.Duration
	Above   string // over the time: the name of the part
	Below   string // under it: what the time is
	Late    string // the same when the part takes longer than planned; Below when empty
	Says    string // the same in one sentence
	Compact bool   // narrow places: only the time inside

	// For a page that lets the hand move: when it was made, when the running part
	// began (zero while the meeting rests), and the sentence with {minutes} in it.
	Now, Started time.Time
	Running      string
}

func (c Clock) drawing() ring.Clock { return ring.ClockOf(c.Minutes, c.Current, c.done()) }

// done is the share of the running part that has passed.
func (c Clock) done() float64 {
	length := c.length()
	if length == 0 {
		return 0
	}
	return 1 - float64(c.Left)/float64(length)
}

func (c Clock) length() time.Duration {
	if c.Current < 0 || c.Current >= len(c.Minutes) {
		return 0
	}
	return time.Duration(c.Minutes[c.Current]) * time.Minute
}

// face is the time in the middle: "11:36", or "+0:40" over time.
func (c Clock) face() string {
	sign, left := "", c.Left.Round(time.Second)
	if left < 0 {
		sign, left = "+", -left
	}
	seconds := int(left / time.Second)
	return fmt.Sprintf("%s%d:%02d", sign, seconds/60, seconds%60)
}

// marks are for the script that moves the hand; a clock at rest has none but the
// first.
func (c Clock) marks() templ.Attributes {
	a := templ.Attributes{"data-clock": true}
	if c.Started.IsZero() || c.length() == 0 {
		return a
	}
	a["data-server-now"] = c.Now.UTC().Format(time.RFC3339)
	a["data-started-at"] = c.Started.UTC().Format(time.RFC3339)
	a["data-seconds"] = strconv.Itoa(int(c.length() / time.Second))
	a["data-label"] = c.Running
	if c.Late != "" {
		a["data-late"] = c.Late
	}
	return a
}

// under is what stands under the time.
func (c Clock) under() string {
	if c.Late != "" && c.Left < 0 {
		return c.Late
	}
	return c.Below
}

func clockClass(s ring.State) string { return [...]string{"open", "done", "now"}[s] }
