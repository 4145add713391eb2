package monitor

import (
	"fmt"
	"math"
	"testing"

	"leerkring/internal/clock"
)

// The batches of NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, with the limits
// that are printed there.
func TestLimitsAreThoseOfThePublishedExample(t *testing.T) {
	t.Parallel()
	got := limitsOf([]float64{49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1})
	for _, c := range []struct {
		name      string
		got, want float64
	}{{"lower", got.Low, 45.8159}, {"mean", got.Mean, 50.81}, {"upper", got.High, 55.8041}} {
		if math.Abs(c.got-c.want) > 0.0005 {
			t.Errorf("%s limit %.4f, want %.4f", c.name, c.got, c.want)
		}
	}
}

// counted is a series of totals of twenty, one a week.
func counted(yes ...int) Series {
	var s Series
	day := clock.Date("2026-01-05")
	for i, n := range yes {
		s.Points = append(s.Points, Point{MomentID: fmt.Sprint(i), On: day, Total: Total{Yes: n, Of: 20}})
		day = day.Add(7)
	}
	return s
}

func TestLimitsOfASeries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		yes     []int
		changes []Change
		ok      bool
		moments int
		last    clock.Date
		outside []int
	}{
		"five moments are too few":                  {yes: []int{10, 12, 9, 11, 10}},
		"six are enough, and all are the baseline":  {yes: []int{10, 12, 9, 11, 10, 12}, ok: true, moments: 6, last: "2026-02-09"},
		"a jump after the baseline stands outside":  {yes: []int{10, 11, 10, 9, 10, 11, 17, 10, 2}, ok: true, moments: 6, last: "2026-02-09", outside: []int{6, 8}},
		"what came before a change is the baseline": {yes: []int{10, 12, 9, 11, 10, 12, 9, 12, 18}, changes: []Change{{On: "2026-03-01"}, {On: "2026-04-01"}}, ok: true, moments: 8, last: "2026-02-23", outside: []int{8}},
		"an early change does not make it shorter":  {yes: []int{10, 12, 9, 11, 10, 12, 9}, changes: []Change{{On: "2026-01-20"}}, ok: true, moments: 6, last: "2026-02-09"},
		"a change before the line says nothing":     {yes: []int{10, 12, 9, 11, 10, 12, 9}, changes: []Change{{On: "2025-12-01"}}, ok: true, moments: 6, last: "2026-02-09"},
		"the same every week, and then not":         {yes: []int{20, 20, 20, 20, 20, 20, 19}, ok: true, moments: 6, last: "2026-02-09", outside: []int{6}},
		"a wide swing ends at none and at all":      {yes: []int{0, 20, 0, 20, 0, 20}, ok: true, moments: 6, last: "2026-02-09"},
	} {
		s := counted(c.yes...)
		l, ok := s.Limits(c.changes)
		if ok != c.ok || l.Moments != c.moments || l.Last != c.last {
			t.Errorf("%s: %+v %v", name, l, ok)
		}
		if l.Low < 0 || l.High > 1 {
			t.Errorf("%s: limits beyond none or all: %+v", name, l)
		}
		var outside []int
		for i, p := range s.Points {
			if ok && l.Outside(p.Total.Share()) {
				outside = append(outside, i)
			}
		}
		if fmt.Sprint(outside) != fmt.Sprint(c.outside) {
			t.Errorf("%s: outside are %v, want %v (%+v)", name, outside, c.outside, l)
		}
	}
}
