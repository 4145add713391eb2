package ui

import "strconv"

// stepsPart is a run of steps that belong together.
type stepsPart struct {
	Name string
	At   int // how many steps stand before it
	Of   []Segment
}

// InParts says whether a way is a list of steps by part, and not a wheel.
func InParts(segments []Segment) bool { return len(segments) > 0 && segments[0].Part != "" }

func partsOf(segments []Segment) []stepsPart {
	var out []stepsPart
	for i, s := range segments {
		if len(out) == 0 || out[len(out)-1].Name != s.Part {
			out = append(out, stepsPart{Name: s.Part, At: i})
		}
		last := &out[len(out)-1]
		last.Of = append(last.Of, s)
	}
	return out
}

// done says that a part lies behind the team.
func (p stepsPart) done() bool {
	for _, s := range p.Of {
		if s.Passage != Past {
			return false
		}
	}
	return true
}

func stepClass(p Passage) string { return [...]string{"step-open", "step-now", "step-past"}[p] }

// miniStep is one dot of the small form: a row for each part, wherever it fits.
type miniStep struct{ X, Y, R, Class string }

// miniBox is the side of the small form.
const miniBox = 44.0

func miniStepsOf(segments []Segment) []miniStep {
	parts, widest := partsOf(segments), 1
	for _, p := range parts {
		widest = max(widest, len(p.Of))
	}
	across := miniBox / float64(max(widest, len(parts)))
	top := (miniBox - across*float64(len(parts))) / 2
	r := min(across*0.3, 4.2)
	var out []miniStep
	for row, p := range parts {
		for i, s := range p.Of {
			class := [...]string{"so", "sn", "sv "}[s.Passage]
			size := r
			if s.Passage == Here {
				size = r * 1.25
			}
			if s.Passage == Past {
				class += PhaseClass(p.At+i+1, len(segments))
			}
			out = append(out, miniStep{X: coordinate((float64(i) + 0.5) * across), Y: coordinate(top + (float64(row)+0.5)*across), R: coordinate(size), Class: class})
		}
	}
	return out
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
