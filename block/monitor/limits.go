package monitor

import (
	"math"

	"leerkring/internal/clock"
)

// LeastForLimits is the number of moments from which limits are drawn: over fewer, one
// odd week decides how wide they are.
const LeastForLimits = 6

// perRange turns the mean moving range of single measurements into three sigma: 3/d2 with
// d2 = 1.128 for ranges of two.
const perRange = 3 / 1.128

// Limits are the bounds between which a line swings by itself, as shares from 0 to 1. They
// are natural process limits of an individuals chart (XmR): the mean of a baseline, and
// its mean moving range times 2.66 to either side. Source: NIST/SEMATECH e-Handbook of
// Statistical Methods, 6.3.2.2. They tell that something is different, never why, and they
// know nothing of how many were counted.
type Limits struct {
	Low, Mean, High float64
	First, Last     clock.Date // of the baseline
	Moments         int        // in the baseline
}

// Limits returns the limits of a series. The baseline is what was counted before the first
// change of the plan, when that is enough, else the first six moments. changes may stand in
// any order.
func (s Series) Limits(changes []Change) (Limits, bool) {
	n := LeastForLimits
	if len(s.Points) < n {
		return Limits{}, false
	}
	if first, any := firstChange(changes, s.Points[0].On); any {
		before := 0
		for before < len(s.Points) && s.Points[before].On < first {
			before++
		}
		n = max(n, before)
	}
	base := s.Points[:n]
	shares := make([]float64, n)
	for i, p := range base {
		shares[i] = p.Total.Share()
	}
	l := limitsOf(shares)
	l.First, l.Last, l.Moments = base[0].On, base[n-1].On, n
	l.Low, l.High = max(0, l.Low), min(1, l.High)
	return l, true
}

// firstChange is the first day after the line began on which the plan changed.
func firstChange(changes []Change, from clock.Date) (day clock.Date, any bool) {
	for _, c := range changes {
		if c.On > from && (!any || c.On < day) {
			day, any = c.On, true
		}
	}
	return day, any
}

// limitsOf takes at least two values.
func limitsOf(values []float64) Limits {
	sum, moved := values[0], 0.0
	for i := 1; i < len(values); i++ {
		sum += values[i]
		moved += math.Abs(values[i] - values[i-1])
	}
	mean := sum / float64(len(values))
	swing := perRange * moved / float64(len(values)-1)
	return Limits{Low: mean - swing, Mean: mean, High: mean + swing}
}

// rounding keeps a value on the line from counting as outside.
const rounding = 1e-9

// Outside reports whether a share lies beyond the limits.
func (l Limits) Outside(share float64) bool {
	return share < l.Low-rounding || share > l.High+rounding
}
