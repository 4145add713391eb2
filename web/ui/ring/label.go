package ring

import (
	"math"
	"unicode"
)

// Names stand on a path inside the band. At the bottom of the circle they would
// hang upside down, so there the path runs the other way, a little further out.
const (
	labelRadius    = 181
	labelRadiusLow = 193
	labelMargin    = 2 // degrees kept free at both ends
)

// Low says whether the name of sector i of n is written on the reversed path.
func Low(n, i int) bool {
	middle := Width(n) * (float64(i) + 0.5)
	return math.Cos(middle*math.Pi/180) < -0.4
}

// LabelPath is the path on which the name of sector i of n is set.
func LabelPath(n, i int) string {
	return figure{n: n, i: i, label: true}.once(func() string { return labelPath(n, i) })
}

func labelPath(n, i int) string {
	from, to := Width(n)*float64(i)+labelMargin, Width(n)*float64(i+1)-labelMargin
	if Low(n, i) {
		return along(labelRadiusLow, to, from)
	}
	return along(labelRadius, from, to)
}

// LabelRoom is the length of that path, which is what a name may take.
func LabelRoom(n, i int) float64 {
	radius := float64(labelRadius)
	if Low(n, i) {
		radius = labelRadiusLow
	}
	return radius * (Width(n) - 2*labelMargin) * math.Pi / 180
}

// TextWidth estimates the width of a text in the interface typeface, semibold.
// It errs to the wide side by a few per cent: a name that is set smaller than it
// had to be is better than one that runs into its neighbour.
func TextWidth(text string, size float64) float64 {
	var em float64
	for _, r := range text {
		em += letterWidth(r)
	}
	return em * size
}

func letterWidth(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case r == ' ':
		return 0.27
	case r == '\u2002':
		return 0.5
	case r == 'i' || r == 'l' || r == 'j' || r == '.' || r == ',' || r == '\'' || r == '’' || r == 'I' || r == ':':
		return 0.32
	case r == 'f' || r == 't' || r == 'r' || r == '-' || r == '(' || r == ')':
		return 0.4
	case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '&':
		return 0.84
	case unicode.IsUpper(r):
		return 0.67
	default:
		return 0.58
	}
}
