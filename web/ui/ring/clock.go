package ring

// ClockBox is the viewBox of the clock.
const ClockBox = "-240 -240 480 480"

const (
	clockRadius = 190
	clockGap    = 1.5 // degrees kept free at both ends of a part
	clockNumber = 226 // radius of the part numbers
	clockBase   = 6   // lowers a number so that its middle lies on that radius
)

// Part is one part of the hour on the clock.
type Part struct {
	D      string
	Number Point
	State  State // Visited when it is past, Now while it runs, Open before
}

// Clock is a meeting drawn as a ring: each part as long as its minutes.
type Clock struct {
	Parts    []Part
	Run      string // what has passed of the running part; empty before it began
	Here     Point
	From, To float64 // angles of the running part, for a page that moves the hand
}

// ClockOf draws parts of so many minutes; current counts from nought and done is
// the share of it that has passed. Parts without minutes take no room; a current
// below nought means that the meeting has not begun, one past the last that it is over.
func ClockOf(minutes []int, current int, done float64) Clock {
	total := 0
	for _, m := range minutes {
		total += max(m, 0)
	}
	c := Clock{Here: At(clockRadius, 0)}
	if total == 0 {
		return c
	}
	at := 0.0
	for i, m := range minutes {
		end := at + 360*float64(max(m, 0))/float64(total)
		from, to := at+clockGap, end-clockGap
		if to <= from {
			from, to = (at+end)/2, (at+end)/2
		}
		number := At(clockNumber, (at+end)/2)
		number.Y += clockBase
		c.Parts = append(c.Parts, Part{along(clockRadius, from, to), number, partState(i, current)})
		if i == current {
			c.run(from, to, min(max(done, 0), 1))
		}
		at = end
	}
	return c
}

func (c *Clock) run(from, to, done float64) {
	here := from + (to-from)*done
	c.From, c.To, c.Here = from, to, At(clockRadius, here)
	if done > 0 {
		c.Run = along(clockRadius, from, here)
	}
}

func partState(i, current int) State {
	switch {
	case i < current:
		return Visited
	case i == current:
		return Now
	default:
		return Open
	}
}
