// Package spread is the geometry of a chart that sets topics out by two opinions:
// how important, and how much effort. The ring of a topic is the middle of the
// answers, its arms hold the middle half.
//
// Promises: pure functions; the same answers give the same picture; a name never
// covers a ring or an arm while any of its places is free.
package spread

import "leerkring/web/ui/ring"

// Box is the viewBox; the lines of the two axes run through Left, Bottom, Right
// and Top.
const (
	Box    = "0 0 700 452"
	Left   = 58
	Right  = 660
	Top    = 24
	Bottom = 404
)

const (
	lowest, highest = 1, 5 // of the answers
	fromX, perX     = 70, 142
	fromY, perY     = 392, 88

	ringRadius = 14
	nameSize   = 14.5
	nameHeight = 20
	edge       = 696 // names end before it
)

// Answer is where a topic stands on one opinion: the middle and both ends of the
// middle half, from 1 to 5.
type Answer struct{ Middle, Low, High float64 }

// Topic is something that was weighed.
type Topic struct {
	Letter, Name string
	X, Y         Answer
}

// Anchor says which side of a name its place is.
type Anchor string

const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Mark is a topic in the picture.
type Mark struct {
	Topic
	At             ring.Point
	WestX, EastX   float64 // ends of the level arm
	NorthY, SouthY float64 // ends of the upright arm
	NameAt         ring.Point
	NameAnchor     Anchor
}

// Marks sets topics out, in the order in which they came.
func Marks(topics []Topic) []Mark {
	marks := make([]Mark, len(topics))
	for i, t := range topics {
		marks[i] = Mark{
			Topic: t,
			At:    ring.Point{X: x(t.X.Middle), Y: y(t.Y.Middle)},
			WestX: x(t.X.Low), EastX: x(t.X.High),
			NorthY: y(t.Y.High), SouthY: y(t.Y.Low),
		}
	}
	nameAll(marks)
	return marks
}

func x(answer float64) float64 { return fromX + perX*(within(answer)-lowest) }
func y(answer float64) float64 { return fromY - perY*(within(answer)-lowest) }

func within(answer float64) float64 { return min(max(answer, lowest), highest) }
