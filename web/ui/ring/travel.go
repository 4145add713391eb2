package ring

// The line of travel starts at lineRadius. Each turn brings it one step further
// in: forward, a U-turn, back, a U-turn, forward again.
const (
	lineRadius = 145
	lineStep   = 10.5
	turnRadius = lineStep / 2
	mostLoops  = 3   // older ones are told in the log, the ring has no room for them
	ringAhead  = 3.2 // how far the ring of a loop lies beyond its turn
	haloRadius = 17
)

// Step is one move of a team: the sector it arrived in, counted from nought, and
// the letter under which the list beside the wheel tells why, if it was a step back.
type Step struct {
	Sector int
	Letter string
}

// Strand is one piece of the line; Back ones are drawn dotted.
type Strand struct {
	D    string
	Back bool
}

// Loop is the lettered ring at the outer turn of a step back.
type Loop struct {
	At     Point
	Letter string
}

// Travel is the drawn line: it begins in Start and ends in End, where the team is.
type Travel struct {
	Strands    []Strand
	Loops      []Loop
	Start, End Point
	Room       float64 // radius that stays free in the middle
}

// stop is a place where the line begins, turns or ends.
type stop struct {
	sector int
	letter string
	angle  float64
}

// Line draws the way through n sectors. The first step is where the team began.
// No steps give no line.
func Line(n int, steps []Step) Travel {
	stops := place(n, turns(recent(steps)))
	if len(stops) == 0 {
		return Travel{Room: lineRadius}
	}
	radius := float64(lineRadius)
	t := Travel{Start: At(radius, stops[0].angle)}
	for k := 1; k < len(stops); k++ {
		back := k%2 == 0
		from, to := stops[k-1], stops[k]
		t.Strands = append(t.Strands, Strand{along(radius, from.angle, to.angle), back})
		t.End = At(radius, to.angle)
		if k == len(stops)-1 {
			break
		}
		t.Strands = append(t.Strands, Strand{uTurn(radius, to.angle, !back), false})
		if !back {
			t.Loops = append(t.Loops, ringAt(radius, to, stops[k+1].letter))
		}
		radius -= lineStep
	}
	t.Room = radius - haloRadius
	return t
}

// uTurn leads from one radius to the next one in; after a step forward it bulges
// clockwise, after a step back the other way.
func uTurn(radius, angle float64, clockwise bool) string {
	r, sweep := Num(turnRadius), "0"
	if clockwise {
		sweep = "1"
	}
	return "M" + At(radius, angle).String() + "A" + r + " " + r + " 0 0 " + sweep + " " + At(radius-lineStep, angle).String()
}

func ringAt(radius float64, turn stop, letter string) Loop {
	return Loop{At(radius-turnRadius, turn.angle+degrees(ringAhead, radius)), letter}
}
