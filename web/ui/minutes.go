package ui

import (
	"strconv"

	"leerkring/web/ui/ring"
)

// TimeKind is what minutes are for.
type TimeKind string

const (
	Learning  TimeKind = "learn"
	Deciding  TimeKind = "decide"
	Sharing   TimeKind = "share"
	Arranging TimeKind = "arrange" // organising, which a meeting wants little of
)

// TimePart is a part of a meeting.
type TimePart struct {
	Minutes int
	Kind    TimeKind
	Text    string // "15 min to decide", with its number
}

// piece is a stretch of a bar of 600 units.
type piece struct {
	x, width string
	class    string
}

const (
	barLength = 600.0
	barGap    = 3.0
)

// pieces divides a bar by the size of its parts; parts of nought take no room.
func pieces(sizes []int, class func(i int) string) []piece {
	total := 0
	for _, n := range sizes {
		total += max(n, 0)
	}
	var out []piece
	at := 0
	for i, n := range sizes {
		if n <= 0 {
			continue
		}
		x := barLength * float64(at) / float64(total)
		width := barLength * float64(n) / float64(total)
		at += n
		if at < total {
			width = max(width-barGap, 1)
		}
		out = append(out, piece{ring.Num(x), ring.Num(width), class(i)})
	}
	return out
}

func timePieces(parts []TimePart) []piece {
	sizes := make([]int, len(parts))
	for i, p := range parts {
		sizes[i] = p.Minutes
	}
	return pieces(sizes, func(i int) string { return "time--" + string(parts[i].Kind) })
}

// MinutesOf is a number of minutes that goes up and down by a step.
type MinutesOf struct {
	Action string // where each press is sent
	Name   string
	Value  int
	Step   int // five when nought
	Min    int
	Max    int // none when nought
	Text   string
	Label  string // minutes of what
	Less   string // label of the button that takes some off
	More   string
	Hidden []Pair
}

func (m MinutesOf) step() int {
	if m.Step > 0 {
		return m.Step
	}
	return 5
}

func (m MinutesOf) less() string { return strconv.Itoa(max(m.Value-m.step(), m.Min)) }

func (m MinutesOf) more() string {
	v := m.Value + m.step()
	if m.Max > 0 {
		v = min(v, m.Max)
	}
	return strconv.Itoa(v)
}

func (m MinutesOf) atMin() bool { return m.Value <= m.Min }
func (m MinutesOf) atMax() bool { return m.Max > 0 && m.Value >= m.Max }
