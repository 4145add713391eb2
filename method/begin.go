package method

import "slices"

// Beginning is how a team starts with a pack.
type Beginning string

// A trajectory is walked in weeks, a session is held at one time; what cannot be started
// yet can be looked at.
const (
	BeginsTrajectory Beginning = "trajectory"
	BeginsSession    Beginning = "session"
	BeginsLater      Beginning = ""
)

// later are the blocks that nobody can work in yet. Whoever builds one takes it out here.
var later = []Block{"visit", "scan", "growth", "knowledge", "expertise"}

// Begins says how a team can start with this pack today: an instrument is only shown, and so
// is a pack that asks something in a block that is not built. What an activity names is
// always optional, so that no activity keeps a pack back.
func (p *Pack) Begins() Beginning {
	switch {
	case p.Kind != KindMethod || len(p.Stages) == 0 || p.Uses(later...):
		return BeginsLater
	case p.Shape == ShapeSession:
		return BeginsSession
	case slices.Contains([]Shape{ShapeCycle, ShapePage, ShapeSteps}, p.Shape):
		return BeginsTrajectory
	}
	return BeginsLater
}

// HasPhases reports whether a team may say in which stage it is when it starts: one sheet
// is begun at the top.
func (p *Pack) HasPhases() bool {
	return (p.Shape == ShapeCycle || p.Shape == ShapeSteps) && len(p.Stages) > 1
}
