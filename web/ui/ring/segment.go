package ring

import "sync"

// State is how far a team is with a stage. The three have three shapes, so that
// colour is never needed to tell them apart.
type State int

const (
	Open    State = iota // not been there: outline only
	Visited              // been there: softly filled
	Now                  // here: full, wider and with smaller gaps
)

// Most and Fewest are the numbers of sectors a wheel can hold legibly; with
// fewer or more the ribbon tells the same.
const (
	Fewest = 3
	Most   = 7
)

// WheelBox is the viewBox of the wheel.
const WheelBox = "-222 -222 444 444"

const corner = 9 // rounding of a segment, measured along its edges

// band is the outline of a segment: its radii and half the gap to its neighbour.
type band struct{ outer, inner, gap float64 }

var bands = map[State]band{
	Visited: {208, 166, 4},
	Now:     {216, 161, 2.5},
	Open:    {207.25, 166.75, 4.75}, // drawn inside its own 1.5 stroke
}

// Width is the angle of one sector.
func Width(n int) float64 { return 360 / float64(n) }

// figures keeps what was drawn: there are few wheels, and every page of a trajectory has one.
var figures sync.Map // figure → path

type figure struct {
	n, i  int
	state State
	label bool
}

func (f figure) once(draw func() string) string {
	if v, ok := figures.Load(f); ok {
		return v.(string)
	}
	path := draw()
	if f.n <= Most {
		figures.Store(f, path)
	}
	return path
}

// Segment is the outline of sector i of n: two arcs, two straight edges parallel
// to the gaps, and four rounded corners.
func Segment(n, i int, s State) string {
	return figure{n: n, i: i, state: s}.once(func() string { return outline(n, i, s) })
}

func outline(n, i int, s State) string {
	b := bands[s]
	from, to := Width(n)*float64(i), Width(n)*float64(i+1)
	return "M" + At(b.outer, from+b.inset(b.outer)).String() +
		arc(b.outer, to-from-2*b.inset(b.outer), At(b.outer, to-b.inset(b.outer))) +
		round(b.edge(to, b.outer, -1), b.edge(to, b.outer-corner, -1)) +
		"L" + b.edge(to, b.inner+corner, -1).String() +
		round(b.edge(to, b.inner, -1), At(b.inner, to-b.inset(b.inner))) +
		arc(b.inner, from-to+2*b.inset(b.inner), At(b.inner, from+b.inset(b.inner))) +
		round(b.edge(from, b.inner, 1), b.edge(from, b.inner+corner, 1)) +
		"L" + b.edge(from, b.outer-corner, 1).String() +
		round(b.edge(from, b.outer, 1), At(b.outer, from+b.inset(b.outer))) + "Z"
}

// edge is the point at a radius on the edge that runs beside a ray at half the
// gap, on its clockwise side (1) or the other (-1). Measuring the gap along the
// circle keeps neighbouring edges parallel to within a thousandth of a unit.
func (b band) edge(angle, radius, side float64) Point {
	return At(radius, angle+side*degrees(b.gap, radius))
}

// inset is the angle from the ray to where the rounding of the corner begins.
func (b band) inset(radius float64) float64 { return degrees(b.gap+corner, radius) }

func round(control, to Point) string { return "Q" + control.String() + " " + to.String() }
