package condition

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// State is how a condition stands.
type State string

// The states.
const (
	Spotted  State = "spotted"  // named; nobody is asked yet
	Asked    State = "asked"    // somebody is asked
	Promised State = "promised" // yes, by whom and when
	Refused  State = "refused"  // no, and why
	Later    State = "later"    // not now; looked at again on a day
	Kept     State = "kept"     // the group says that it is there
	NotKept  State = "not_kept" // the group says that it did not come, or went away
)

// States are all states.
var States = []State{Spotted, Asked, Promised, Refused, Later, Kept, NotKept}

// Open reports whether something still has to happen: not promised and not kept.
func (s State) Open() bool { return s != Promised && s != Kept }

// Said is one step about a condition: who said what, about whom, and when.
type Said struct {
	Number  int
	State   State
	By      string // who said it
	AskedID string // who was asked then
	Words   string
	Due     clock.Date
	At      time.Time
}

// Step is what somebody wants to say about a condition.
type Step struct {
	To      State
	Words   string
	Due     clock.Date // of a promise and of later
	AskedID string     // of asking
}

// from tells from which states a condition can come into a state. People may change their
// minds, each time with a new step; what is kept is answered no more.
var from = map[State][]State{
	Asked:    {Spotted, Asked, Refused, Later, NotKept},
	Promised: {Spotted, Asked, Promised, Refused, Later, NotKept},
	Refused:  {Spotted, Asked, Promised, Refused, Later, NotKept},
	Later:    {Spotted, Asked, Promised, Refused, Later, NotKept},
	Kept:     {Spotted, Asked, Promised, Refused, Later, NotKept},
	NotKept:  {Promised, Kept},
}

// Can reports whether a condition can come into a state from where it stands.
func (c Condition) Can(to State) bool { return slices.Contains(from[to], c.State) }

// furthest a promise or «later» can be, in days.
const furthest = 730

// Take returns the condition after a step by somebody, or what is wrong with the step.
func (c Condition) Take(step Step, by string, today clock.Date) (Condition, error) {
	step.Words = strings.TrimSpace(step.Words)
	if !c.Can(step.To) {
		return c, errs.Conflict("condition.moved_on")
	}
	if err := errs.Join(fits("words", step.Words, maxSaid), step.check(today)); err != nil {
		return c, err
	}
	wasOpen := c.State.Open()
	c.State, c.Step = step.To, c.Step+1
	switch step.To {
	case Asked:
		c.AskedID, c.AnsweredBy, c.Due = step.AskedID, "", ""
	case Promised:
		c.AnsweredBy, c.Due = by, step.Due
		if c.Due == "" {
			c.Due = c.By
		}
	case Refused, Later:
		c.AnsweredBy, c.Due = by, step.Due
	}
	switch {
	case !c.State.Open():
		c.OpenSince = ""
	case !wasOpen || c.OpenSince == "":
		c.OpenSince = today
	}
	return c, nil
}

// check is what each kind of step needs.
func (s Step) check(today clock.Date) error {
	switch s.To {
	case Asked:
		if s.AskedID == "" {
			return errs.Invalid("condition.asked_choose").On("asked")
		}
	case Promised:
		if s.Due != "" {
			return soon(s.Due, today, "condition.due_past")
		}
	case Refused:
		if utf8.RuneCountInString(s.Words) < 3 {
			return errs.Invalid("condition.refuse_words").On("words")
		}
	case Later:
		if s.Due == "" {
			return errs.Invalid("condition.later_when").On("due")
		}
		return soon(s.Due, today.Add(1), "condition.later_when")
	}
	return nil
}

// soon refuses a day that is no day, before first, or too far away to mean anything.
func soon(d, first clock.Date, key string) error {
	if err := aDay("due", d); err != nil {
		return err
	}
	if d < first {
		return errs.Invalid(key).On("due")
	}
	if first.Days(d) > furthest {
		return errs.Invalid("condition.due_far").On("due")
	}
	return nil
}

// Overdue reports whether the day of a promise has passed and the group has not said yet
// whether it was kept.
func (c Condition) Overdue(today clock.Date) bool {
	return c.State == Promised && c.Due != "" && c.Due < today
}
