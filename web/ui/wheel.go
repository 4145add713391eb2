package ui

import (
	"strconv"
	"strings"

	"leerkring/web/ui/ring"
)

// Segment is one stage of a method as the wheel shows it.
type Segment struct {
	Number  int
	Name    string
	Part    string // of the method that it belongs to; with parts the way is a list of steps
	Passage Passage
	Href    string // where it is worked on; empty for a wheel that leads nowhere
	Says    string // "Stage 3, Decide: been there", for screen readers
}

// Move is one step of a team: to which stage, by its number, and if it goes back
// under which letter the list beside the wheel tells why.
type Move struct {
	To     int
	Letter string
}

// WheelOf is a team's way through the stages of its method.
type WheelOf struct {
	ID       string // unique on the page; "wheel" when empty
	Segments []Segment
	Path     []Move // first the stage it began in; at most three loops are drawn
	Round    string // "Round 2"
	Name     string // of the stage where the team is
	Since    string
	Title    string // the whole story in words
	Count    string // "All 15 steps", for a list of steps that is folded away
	Rounds   []Link // every round when there are more, the present one without address
	RoundsOf string // what that list is, for screen readers
}

// FitsWheel says whether that many stages can be drawn as a wheel; with more or
// fewer Wheel draws the ribbon.
func FitsWheel(stages int) bool { return stages >= ring.Fewest && stages <= ring.Most }

func (w WheelOf) id() string {
	if w.ID != "" {
		return w.ID
	}
	return "wheel"
}

func (w WheelOf) pathID(i int) string { return w.id() + "-name-" + strconv.Itoa(i+1) }

func (w WheelOf) line() ring.Travel {
	place := map[int]int{}
	for i, s := range w.Segments {
		place[s.Number] = i
	}
	steps := make([]ring.Step, 0, len(w.Path))
	for _, m := range w.Path {
		if at, ok := place[m.To]; ok {
			steps = append(steps, ring.Step{Sector: at, Letter: m.Letter})
		}
	}
	return ring.Line(len(w.Segments), steps)
}

func (w WheelOf) outline(i int) string {
	return ring.Segment(len(w.Segments), i, ringState(w.Segments[i].Passage))
}

func ringState(p Passage) ring.State {
	switch p {
	case Here:
		return ring.Now
	case Past:
		return ring.Visited
	default:
		return ring.Open
	}
}

func segmentClass(p Passage) string {
	return "seg " + [...]string{"seg-open", "seg-now", "seg-visited"}[p]
}

// label is the name of a segment in the largest of three sizes that fits; a name
// that is too long even for the smallest ends in an ellipsis, and is complete in
// the label for screen readers and in the middle.
func (w WheelOf) label(i int) (text, class string) {
	s := w.Segments[i]
	class = "lbl" + [...]string{" lbl-open", " lbl-now", ""}[s.Passage]
	room := ring.LabelRoom(len(w.Segments), i)
	text = strconv.Itoa(s.Number) + "\u2002" + s.Name
	for _, size := range []struct {
		px    float64
		class string
	}{{18, ""}, {15.5, " lbl-sm"}, {13.5, " lbl-xs"}} {
		if ring.TextWidth(text, size.px) <= room {
			return text, class + size.class
		}
	}
	return shorten(text, room, 13.5), class + " lbl-xs"
}

// shorten cuts after a whole word where it can: somebody who speaks to the computer says the
// words that can be read, and those must be in the name of the link.
func shorten(text string, room, px float64) string {
	words := strings.Split(text, " ")
	for n := len(words) - 1; n > 0; n-- {
		cut := strings.Join(words[:n], " ") + "…"
		if ring.TextWidth(cut, px) <= room {
			return cut
		}
	}
	letters := []rune(text)
	for n := len(letters); n > 0; n-- {
		cut := strings.TrimRight(string(letters[:n]), " ") + "…"
		if ring.TextWidth(cut, px) <= room {
			return cut
		}
	}
	return "…"
}

// middle is the name in the heart of the wheel: one line or two, and its class.
func (w WheelOf) middle(room float64) (lines []string, class string) {
	width := 1.9 * room
	fits := func(px float64, lines ...string) bool {
		for _, l := range lines {
			if ring.TextWidth(l, px) > width {
				return false
			}
		}
		return true
	}
	two := halve(w.Name)
	switch {
	case fits(22, w.Name):
		return []string{w.Name}, "c2"
	case fits(18, w.Name):
		return []string{w.Name}, "c2 c2-sm"
	case fits(18, two...):
		return two, "c2 c2-sm"
	}
	for i := range two {
		two[i] = shortenTo(two[i], width, 15)
	}
	return two, "c2 c2-xs"
}

func shortenTo(text string, room, px float64) string {
	if ring.TextWidth(text, px) <= room {
		return text
	}
	return shorten(text, room, px)
}

// halve parts a name at the space nearest to its middle.
func halve(name string) []string {
	best := -1
	for i, r := range name {
		if r == ' ' && (best < 0 || abs(2*i-len(name)) < abs(2*best-len(name))) {
			best = i
		}
	}
	if best < 0 {
		return []string{name}
	}
	return []string{name[:best], name[best+1:]}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// StagesAt gives the segments of a team that is in stage now, counted from 1, and
// has been in all before: enough for Mini.
func StagesAt(now, of int) []Segment {
	out := make([]Segment, of)
	for i := range out {
		out[i] = Segment{Number: i + 1, Passage: Ahead}
		switch {
		case i+1 == now:
			out[i].Passage = Here
		case i+1 < now:
			out[i].Passage = Past
		}
	}
	return out
}

func numbered(s Segment) string { return strconv.Itoa(s.Number) + " " + s.Name }
