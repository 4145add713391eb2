package monitor

import (
	"cmp"
	"slices"

	"leerkring/internal/clock"
)

// Point is one total in time.
type Point struct {
	MomentID string
	On       clock.Date
	Total    Total
}

// LeastForLine is the number of moments from which points become a line: fewer say
// nothing about a direction.
const LeastForLine = 3

// Series is what the group counted of one indicator, from old to new.
type Series struct {
	Indicator Indicator
	Points    []Point
}

// Line reports whether there are enough points to draw a line through.
func (s Series) Line() bool { return len(s.Points) >= LeastForLine }

// Last returns the newest point.
func (s Series) Last() (Point, bool) {
	if len(s.Points) == 0 {
		return Point{}, false
	}
	return s.Points[len(s.Points)-1], true
}

// SeriesOf orders what was counted at held moments by indicator. An indicator without a
// total has a series without points.
func SeriesOf(indicators []Indicator, moments []Moment) []Series {
	out := make([]Series, 0, len(indicators))
	for _, i := range indicators {
		s := Series{Indicator: i}
		for _, m := range moments {
			if total, ok := m.Told.Totals[i.ID]; ok && m.State == Held {
				s.Points = append(s.Points, Point{MomentID: m.ID, On: m.HeldOn, Total: total})
			}
		}
		slices.SortStableFunc(s.Points, func(a, b Point) int { return cmp.Compare(a.On, b.On) })
		out = append(out, s)
	}
	return out
}

// Change is a day on which the plan changed, as the caller knows it: it is marked in the
// line, and does not claim to be the cause of anything.
type Change struct {
	On   clock.Date
	Text string // what changed, in the group's words
	Href string
}
