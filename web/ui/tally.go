package ui

import (
	"strings"

	"leerkring/web/ui/ring"
)

// hatching is a field of slanted lines, so that a wish differs from a plain yes in
// black and white too.
var hatching = func() string {
	var d strings.Builder
	for x := -24.0; x < 1200; x += 9 {
		d.WriteString("M" + ring.Num(x) + " 24l12 -24")
	}
	return d.String()
}()

// tallyFit keeps the slant of the hatching and lets plain pieces fill their place.
func tallyFit(class string) string {
	if class == "tally--"+string(Wishes) {
		return "xMinYMid slice"
	}
	return "none"
}

func tallyPieces(counts []Count) []piece {
	sizes := make([]int, len(counts))
	for i, c := range counts {
		sizes[i] = c.N
	}
	return pieces(sizes, func(i int) string { return "tally--" + string(counts[i].Stand) })
}
