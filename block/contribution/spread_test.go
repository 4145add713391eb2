package contribution

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The quartiles by definition 7, worked out by hand and checked against a spreadsheet's
// QUARTILE.INC.
func TestQuartiles(t *testing.T) {
	for name, tc := range map[string]struct {
		sorted            []int
		low, middle, high float64
	}{
		"none":               {nil, 0, 0, 0},
		"one":                {[]int{4}, 4, 4, 4},
		"two":                {[]int{1, 5}, 2, 3, 4},
		"three":              {[]int{1, 2, 5}, 1.5, 2, 3.5},
		"four":               {[]int{1, 2, 3, 4}, 1.75, 2.5, 3.25},
		"five":               {[]int{1, 2, 3, 4, 5}, 2, 3, 4},
		"six":                {[]int{1, 1, 2, 4, 5, 5}, 1.25, 3, 4.75},
		"seven":              {[]int{1, 2, 2, 3, 4, 4, 5}, 2, 3, 4},
		"all the same":       {[]int{3, 3, 3, 3, 3, 3}, 3, 3, 3},
		"two camps of four":  {[]int{1, 1, 1, 1, 5, 5, 5, 5}, 1, 3, 5},
		"ten in a staircase": {[]int{1, 1, 2, 2, 3, 3, 4, 4, 5, 5}, 2, 3, 4},
		"one far from many":  {[]int{1, 4, 4, 4, 4, 4, 4, 4, 4, 4}, 4, 4, 4},
	} {
		low, middle, high := quartiles(tc.sorted)
		if low != tc.low || middle != tc.middle || high != tc.high {
			t.Errorf("%s: %v, %v, %v; want %v, %v, %v", name, low, middle, high, tc.low, tc.middle, tc.high)
		}
	}
}

func TestWeigh(t *testing.T) {
	for name, tc := range map[string]struct {
		ratings []int
		want    Spread
	}{
		"no answers":                           {nil, Spread{}},
		"four show nothing, not even how many": {[]int{1, 5, 5, 5}, Spread{}},
		"five show a middle and no spread":     {[]int{1, 2, 3, 4, 5}, Spread{Answers: 5, Middle: 3}},
		"five of one mind do not say so":       {[]int{5, 5, 5, 5, 5}, Spread{Answers: 5, Middle: 4.5}},
		"five ones neither":                    {[]int{1, 1, 1, 1, 1}, Spread{Answers: 5, Middle: 1.5}},
		"six, a middle in halves":              {[]int{2, 3, 3, 4, 4, 5}, Spread{Answers: 6, Middle: 3.5}},
		"nine in two camps tell no camps":      {[]int{1, 1, 1, 1, 1, 5, 5, 5, 5}, Spread{Answers: 9, Middle: 1.5}},
		"ten show the middle half":             {[]int{4, 4, 4, 5, 5, 5, 5, 5, 3, 2}, Spread{Answers: 10, Middle: 4.5, Low: 4, High: 4.8}},
		"ten in two camps do not agree":        {[]int{1, 1, 1, 1, 1, 5, 5, 5, 5, 5}, Spread{Answers: 10, Middle: 3, Low: 1.2, High: 4.8, Apart: true}},
		"ten of one mind":                      {[]int{5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, Spread{Answers: 10, Middle: 4.8, Low: 4.8, High: 4.8}},
		"a middle half that is not wide yet":   {[]int{2, 2, 2, 3, 3, 3, 3, 3, 4, 4}, Spread{Answers: 10, Middle: 3, Low: 2.3, High: 3}},
		"a middle half that is just wide":      {[]int{2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4}, Spread{Answers: 11, Middle: 3, Low: 2, High: 3.5, Apart: true}},
	} {
		got := Weigh(slices.Clone(tc.ratings))
		if got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

func TestWeighKeepsTheNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratings := rapid.SliceOfN(rapid.IntRange(1, 5), 0, 40).Draw(t, "ratings")
		s := Weigh(ratings)
		shuffled := Weigh(rapid.Permutation(ratings).Draw(t, "shuffled"))
		if s != shuffled {
			t.Fatalf("the order of answers tells: %+v and %+v", s, shuffled)
		}
		switch n := len(ratings); {
		case n < 5 && s != Spread{}:
			t.Fatalf("%d answers show %+v", n, s)
		case n >= 5 && n < 10 && (s.Low != 0 || s.High != 0 || s.Apart || math.Mod(s.Middle*2, 1) != 0 || s.Middle < 1.5 || s.Middle > 4.5):
			t.Fatalf("%d answers show %+v", n, s)
		case n >= 10 && !(1.2 <= s.Low && s.Low <= s.Middle && s.Middle <= s.High && s.High <= 4.8):
			t.Fatalf("%d answers show %+v", n, s)
		}
	})
}
