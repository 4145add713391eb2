package school

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// FocusPoint is a theme that a school may choose to improve.
type FocusPoint struct {
	ID           string
	SchoolID     string
	TrajectoryID string // the trajectory whose exploration proposed it, or "" for the school
	Letter       string // A, B, C … in one exploration
	Title        string
	Body         string
	State        FocusState
	VisionLineID string // "" while not tied to the vision
	ParkedFor    string // name of the school year
	KeeperID     string // who keeps an eye on a parked one
	Reason       string // the leader's reason, shown above the choice
	BackOn       clock.Date
	Year         string // name of the school year that it was chosen for, or proposed for again
	DecidedBy    string // who chose last, and when
	DecidedAt    time.Time
	After        After // what is decided for the year to come
	ProposedBy   string
	Version      int
	MadeAt       time.Time
}

// FocusState is where a focus point stands.
type FocusState string

// The states of a focus point.
const (
	Proposed FocusState = "proposed"
	Chosen   FocusState = "chosen"
	Running  FocusState = "running"
	Parked   FocusState = "parked"
	Done     FocusState = "done"
	Stopped  FocusState = "stopped"   // ended before it was done, with a reason
	PassedOn FocusState = "passed_on" // given to somebody else, with their name and a date
)

var focusMoves = map[FocusState][]FocusState{
	Proposed: {Chosen, Parked, PassedOn, Stopped},
	Chosen:   {Running, Parked, Proposed, PassedOn, Stopped},
	Running:  {Done, Parked, Chosen, Stopped},
	Parked:   {Proposed, Chosen, PassedOn, Stopped},
	Done:     {Proposed},
	Stopped:  {Proposed},
	PassedOn: {Proposed},
}

// FocusChoice is what a leader decides about one focus point.
type FocusChoice struct {
	State     FocusState
	ParkedFor string
	KeeperID  string
	BackOn    clock.Date
	Reason    string
}

// maxYearName is how long the name of a school year may be, in characters, and
// maxFocusReason the reason of a choice.
const (
	maxYearName    = 40
	maxFocusReason = 600
)

// Choose returns the focus point as it stands after a choice. Parking names a year and
// somebody who keeps an eye on it, so that nothing disappears.
func (f FocusPoint) Choose(c FocusChoice) (FocusPoint, error) {
	if c.State != f.State && !slices.Contains(focusMoves[f.State], c.State) {
		return f, errs.Invalid("school.focus_move").On("state")
	}
	if utf8.RuneCountInString(c.Reason) > maxFocusReason {
		return f, errs.Invalid("school.reason_long", "n", maxFocusReason).On("reason")
	}
	if c.State == Parked && strings.TrimSpace(c.ParkedFor) == "" {
		return f, errs.Invalid("school.park_year").On("parked_for")
	}
	if utf8.RuneCountInString(c.ParkedFor) > maxYearName {
		return f, errs.Invalid("form.too_long_max", "max", maxYearName).On("parked_for")
	}
	f.State, f.Reason, f.KeeperID, f.BackOn = c.State, strings.TrimSpace(c.Reason), c.KeeperID, c.BackOn
	f.ParkedFor, f.After = "", After{} // a choice of today takes the place of one for the year to come
	if c.State == Parked {
		f.ParkedFor = strings.TrimSpace(c.ParkedFor)
	}
	return f, nil
}

// CheckFocus refuses a title or description that cannot be kept.
func CheckFocus(title, body string) error {
	var refused []error
	if n := utf8.RuneCountInString(strings.TrimSpace(title)); n < 3 || n > 120 {
		refused = append(refused, errs.Invalid("school.focus_title").On("title"))
	}
	if utf8.RuneCountInString(body) > 2000 {
		refused = append(refused, errs.Invalid("form.too_long_max", "max", 2000).On("body"))
	}
	return errs.Join(refused...)
}
