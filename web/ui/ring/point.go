package ring

import (
	"math"
	"strconv"
)

// Point is a place in a drawing with its origin in the middle and y downwards.
type Point struct{ X, Y float64 }

// At is the point at a radius and an angle.
func At(radius, angle float64) Point {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	return Point{radius * sin, -radius * cos}
}

// Num writes a length with at most two decimals and no idle zeros, because a
// page with a wheel holds some four hundred of them.
func Num(v float64) string {
	r := math.Round(v*100) / 100
	if r == 0 {
		r = 0 // -0 would print its sign
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

func (p Point) String() string { return Num(p.X) + " " + Num(p.Y) }

// arc draws on to a point along a circle around the origin.
func arc(radius, span float64, to Point) string {
	r, large, sweep := Num(radius), "0", "1"
	if math.Abs(span) > 180 {
		large = "1"
	}
	if span < 0 {
		sweep = "0"
	}
	return "A" + r + " " + r + " 0 " + large + " " + sweep + " " + to.String()
}

// along is the path of one arc from angle a to angle b.
func along(radius, a, b float64) string {
	return "M" + At(radius, a).String() + arc(radius, b-a, At(radius, b))
}

// degrees turns a length on a circle into its angle.
func degrees(length, radius float64) float64 { return length / radius * 180 / math.Pi }
