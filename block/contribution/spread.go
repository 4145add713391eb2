package contribution

import (
	"math"
	"slices"
)

// Spread is what a closed round of ratings shows of one opinion, from 1 to 5.
type Spread struct {
	Answers int     // 0: too few to show anything
	Middle  float64 // the median
	Low     float64 // the middle half lies from Low to High; both 0 below ten answers
	High    float64
	Apart   bool // the middle half is wide: the team does not agree
}

// Figure is what a closed round shows of one candidate.
type Figure struct {
	Importance, Effort Spread
}

// Shown says how much of a figure there is.
type Shown int

// From fewer than five answers nothing is shown, from five the middle, from ten the
// middle and the spread.
const (
	TooFew Shown = iota
	MiddleOnly
	MiddleAndSpread
)

// The numbers of anonymity for figures.
const (
	fewestAnswers = 5
	fewestSpread  = 10
	apartFrom     = 1.5
)

// Shows tells how much a figure of this many answers shows; with the number of people
// asked it tells beforehand how much a round can show at most.
func Shows(answers int) Shown {
	switch {
	case answers < fewestAnswers:
		return TooFew
	case answers < fewestSpread:
		return MiddleOnly
	}
	return MiddleAndSpread
}

// Shown tells how much of this figure there is.
func (s Spread) Shown() Shown { return Shows(s.Answers) }

// Disagree reports that the team is of different minds about a candidate.
func (f Figure) Disagree() bool { return f.Importance.Apart || f.Effort.Apart }

// Weigh makes of single ratings the figure that may be shown: nothing below five; below
// ten the middle in halves and within 1.5 and 4.5; from ten all to a tenth and within
// 1.2 and 4.8, so that no figure says that everybody chose the end of the scale.
func Weigh(ratings []int) Spread {
	sorted := slices.Sorted(slices.Values(ratings))
	low, middle, high := quartiles(sorted)
	s := Spread{Answers: len(sorted)}
	switch Shows(len(sorted)) {
	case TooFew:
		return Spread{}
	case MiddleOnly:
		s.Middle = within(math.Round(middle*2)/2, 1.5, 4.5)
		return s
	}
	s.Low, s.Middle, s.High = tenth(low), tenth(middle), tenth(high)
	s.Apart = high-low >= apartFrom
	return s
}

func tenth(x float64) float64 { return within(math.Round(x*10)/10, 1.2, 4.8) }

func within(x, least, most float64) float64 { return min(max(x, least), most) }

// quartiles returns the ends of the middle half and the median of sorted ratings, by
// linear interpolation between the ratings on both sides of place 1+(n−1)·p. That is
// definition 7 of R. J. Hyndman and Y. Fan, «Sample Quantiles in Statistical Packages»,
// The American Statistician 50 (1996), 361-365: the one that spreadsheets use, so that
// a team can check it.
func quartiles(sorted []int) (low, middle, high float64) {
	if len(sorted) == 0 {
		return 0, 0, 0
	}
	at := func(p float64) float64 {
		place := float64(len(sorted)-1) * p
		below := int(place)
		above := min(below+1, len(sorted)-1)
		part := place - float64(below)
		return float64(sorted[below]) + part*float64(sorted[above]-sorted[below])
	}
	return at(0.25), at(0.5), at(0.75)
}
