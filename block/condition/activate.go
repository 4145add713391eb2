package condition

import (
	"slices"
	"time"
)

// Waiver is a leader's reason to let a plan begin while essential conditions are open. It
// holds for those that were open then, and for no others.
type Waiver struct {
	ID         string
	Conditions []string
	Reason     string
	By         string
	At         time.Time
}

// Activation tells whether a plan can begin.
type Activation struct {
	Open   []Condition // essential, and not promised or kept
	Waiver Waiver      // that covers all of them; zero when none does
}

// Yes reports whether the plan can begin: nothing essential is open, or a leader said why
// it may all the same.
func (a Activation) Yes() bool { return len(a.Open) == 0 || a.Waiver.ID != "" }

// CanActivate is the rule: a plan is not active while an essential condition is open,
// unless a leader says why. waivers come newest first; the newest that covers wins.
func CanActivate(conditions []Condition, waivers []Waiver) Activation {
	var a Activation
	for _, c := range conditions {
		if c.Essential && c.State.Open() && c.RemovedAt.IsZero() {
			a.Open = append(a.Open, c)
		}
	}
	if len(a.Open) == 0 {
		return a
	}
	for _, w := range waivers {
		if w.covers(a.Open) {
			a.Waiver = w
			break
		}
	}
	return a
}

func (w Waiver) covers(open []Condition) bool {
	for _, c := range open {
		if !slices.Contains(w.Conditions, c.ID) {
			return false
		}
	}
	return true
}
