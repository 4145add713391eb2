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
	PassedOn FocusState = "passed_on" // given to somebody else, with their name and a date
)

var focusMoves = map[FocusState][]FocusState{
	Proposed: {Chosen, Parked, PassedOn},
	Chosen:   {Running, Parked, Proposed, PassedOn},
	Running:  {Done, Parked, Chosen},
	Parked:   {Proposed, Chosen, PassedOn},
	Done:     {Proposed},
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

// maxYearName is how long the name of a school year may be, in characters.
const maxYearName = 40

// Choose returns the focus point as it stands after a choice. Parking names a year and
// somebody who keeps an eye on it, so that nothing disappears.
func (f FocusPoint) Choose(c FocusChoice) (FocusPoint, error) {
	if c.State != f.State && !slices.Contains(focusMoves[f.State], c.State) {
		return f, errs.Invalid("school.focus_move").On("state")
	}
	if utf8.RuneCountInString(c.Reason) > 600 {
		return f, errs.Invalid("school.reason_long", "n", 600).On("reason")
	}
	if c.State == Parked && strings.TrimSpace(c.ParkedFor) == "" {
		return f, errs.Invalid("school.park_year").On("parked_for")
	}
	if utf8.RuneCountInString(c.ParkedFor) > maxYearName {
		return f, errs.Invalid("form.too_long_max", "max", maxYearName).On("parked_for")
	}
	f.State, f.Reason, f.KeeperID, f.BackOn = c.State, strings.TrimSpace(c.Reason), c.KeeperID, c.BackOn
	f.ParkedFor = ""
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
