package session

import (
	"slices"
	"time"

	"leerkring/method"
)

// Step is one stage of the pack as it runs.
type Step struct {
	Stage *method.Stage
	Lap   int // 1 for the first time round; 0 for a stage that does not go round
}

// Steps lays out the stages of a pack; those that go round come laps times.
func Steps(pack *method.Pack, laps int) []Step {
	var out []Step
	from, to := slices.Index(pack.Order, pack.Session.Laps.From), slices.Index(pack.Order, pack.Session.Laps.To)
	for i := 0; i < len(pack.Stages); i++ {
		if i != from || to < from {
			out = append(out, Step{Stage: &pack.Stages[i]})
			continue
		}
		for lap := 1; lap <= max(1, laps); lap++ {
			for j := from; j <= to; j++ {
				out = append(out, Step{Stage: &pack.Stages[j], Lap: lap})
			}
		}
		i = to
	}
	return out
}

// LapsFor is how often a run of stages is walked with so many people.
func LapsFor(pack *method.Pack, people int) int {
	l := pack.Session.Laps
	switch {
	case l.From == "":
		return 0
	case l.Times > 0:
		return l.Times
	}
	return min(max(1, people), max(1, pack.Session.Group.Max))
}

// At is the step at a place, held within bounds.
func At(steps []Step, i int) Step { return steps[min(max(0, i), len(steps)-1)] }

// Length is how long a step takes as planned. Without a clock it is nothing.
func (s Step) Length() time.Duration {
	if s.Stage.Live.Timer == method.TimerNone {
		return 0
	}
	return time.Duration(s.Stage.Live.Minutes) * time.Minute
}

// most is how often two minutes may be added.
func (s Step) most() int {
	l := s.Stage.Live
	if l.Extend > 0 || l.Timer == method.TimerHard {
		return l.Extend
	}
	return 2
}

// Total is how long all steps take together.
func Total(steps []Step) time.Duration {
	var sum time.Duration
	for _, s := range steps {
		sum += s.Length()
	}
	return sum
}

// RoleOf is what somebody is in a step: in a run that goes round the role moves on with
// each time, in the order of places.
func (s Session) RoleOf(pack *method.Pack, circle Circle, step Step, personID string) string {
	p, ok := circle.Find(personID)
	if !ok {
		return ""
	}
	turn := pack.Session.Laps.Turn
	if turn != "" && step.Lap > 0 {
		if starters := circle.starters(); len(starters) > 0 && starters[(step.Lap-1)%len(starters)].PersonID == personID {
			return turn
		}
		if p.Role == turn {
			return ""
		}
	}
	if p.Role == "" && s.HostID == personID {
		return method.RoleHost
	}
	return p.Role
}

// starters are those who were there from the start, also when they left: the rounds are theirs.
func (c Circle) starters() Circle {
	return slices.DeleteFunc(slices.Clone(c), func(p Person) bool { return p.State == Invited || p.FromStep != 0 })
}

// presenterStands reports whether somebody has begun to bring something in: from then on cards are
// written for that person, and nobody else takes the role and reads them.
func (s Seen) presenterStands() bool {
	if s.State != Running || len(s.People.With(method.RolePresenter)) == 0 {
		return false
	}
	for i, step := range s.Steps() {
		if i <= s.Step && step.Stage.Live.Speaker == method.RolePresenter {
			return true
		}
	}
	return false
}

// Holding returns who holds a role in a step, "" when nobody does.
func (s Session) Holding(pack *method.Pack, circle Circle, step Step, role string) string {
	if role == "" {
		return ""
	}
	for _, p := range circle.There() {
		if s.RoleOf(pack, circle, step, p.PersonID) == role {
			return p.PersonID
		}
	}
	if role == method.RoleHost {
		return s.HostID
	}
	return ""
}
