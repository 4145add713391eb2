package school

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
)

// After is what a leader decided about a focus point for the year to come. It takes effect
// when that year is opened; until then everything goes on as it is.
type After struct {
	Choice AfterChoice
	Until  string // name of the school year in which a parked one comes back
	Reason string
	By     string
	At     time.Time
}

// AfterChoice is one of the answers.
type AfterChoice string

// The answers.
const (
	Undecided AfterChoice = ""
	GoesOn    AfterChoice = "goes_on"
	Rests     AfterChoice = "parked"
	Stops     AfterChoice = "stopped"
)

// AfterChoices are the answers, in the order in which they are offered.
var AfterChoices = []AfterChoice{GoesOn, Rests, Stops}

// CanDecideAfter reports whether something can be decided about the year to come: a point
// that is parked, done or passed on is not on the table.
func (f FocusPoint) CanDecideAfter() bool {
	return f.State == Proposed || f.State == Chosen || f.State == Running
}

// DecideAfter returns the focus point with what is decided for the year to come.
func (f FocusPoint) DecideAfter(a After) (FocusPoint, error) {
	a.Until, a.Reason = strings.TrimSpace(a.Until), strings.TrimSpace(a.Reason)
	switch {
	case !f.CanDecideAfter():
		return f, errs.Invalid("school.focus_move").On("after")
	case a.Choice != Undecided && a.Choice != GoesOn && a.Choice != Rests && a.Choice != Stops:
		return f, errs.Invalid("form.choose").On("after")
	case a.Choice == Rests && a.Until == "":
		return f, errs.Invalid("school.park_year").On("until")
	case utf8.RuneCountInString(a.Until) > maxYearName:
		return f, errs.Invalid("form.too_long_max", "max", maxYearName).On("until")
	case utf8.RuneCountInString(a.Reason) > maxFocusReason:
		return f, errs.Invalid("school.reason_long", "n", maxFocusReason).On("reason")
	}
	if a.Choice != Rests {
		a.Until = ""
	}
	f.After = a
	return f, nil
}

// Became is what the opening of a year makes of a focus point.
type Became string

// What can become of one.
const (
	WentOn    Became = "went_on"
	Taken     Became = "chosen" // it was proposed, and is chosen for the year
	Kept      Became = "parked"
	Ended     Became = "stopped"
	CameBack  Became = "back" // it was parked, and is proposed for the year
	Untouched Became = ""     // as it was
)

// AtOpening returns the focus point as it stands once a year is opened. What nobody decided
// about goes on: a point does not stop because of a summer.
func (f FocusPoint) AtOpening(to Year, years []Year) (FocusPoint, Became) {
	if f.State == Parked {
		if !due(f.ParkedFor, to, years) {
			return f, Untouched
		}
		f.State, f.ParkedFor, f.Year, f.After = Proposed, "", to.Name, After{}
		return f, CameBack
	}
	if !f.CanDecideAfter() {
		return f, Untouched
	}
	a := f.After
	if a.Choice == Undecided && f.State == Proposed {
		return f, Untouched
	}
	if a.Choice != Undecided {
		f.DecidedBy, f.DecidedAt = a.By, a.At
		if a.Reason != "" {
			f.Reason = a.Reason
		}
	}
	f.After = After{}
	switch {
	case a.Choice == Stops:
		f.State = Stopped
		return f, Ended
	case a.Choice == Rests:
		f.State, f.ParkedFor = Parked, a.Until
		return f, Kept
	case f.State == Proposed:
		f.State, f.Year = Chosen, to.Name
		return f, Taken
	}
	f.Year = to.Name
	return f, WentOn
}

// due reports whether something parked for a year comes back when another one opens: also
// when a year was skipped, and when nobody knows the year by that name any more.
func due(parkedFor string, to Year, years []Year) bool {
	for _, y := range years {
		if y.Name == parkedFor {
			return y.Starts <= to.Starts
		}
	}
	if first, _, ok := firstYear(parkedFor); ok {
		return first <= to.Starts.Time().Year()
	}
	return true
}

// firstYear reads the first of the years in a name such as 2026–2027; rest is what follows it.
func firstYear(name string) (year int, rest string, ok bool) {
	if len(name) < 4 {
		return 0, "", false
	}
	year, err := strconv.Atoi(name[:4])
	return year, name[4:], err == nil && year > 1900
}

// YearAfter returns the name of the year after a named one: that of the calendar, else
// the same name one year on; "" when the name says nothing about years.
func (c Calendar) YearAfter(y Year) string {
	if next, ok := c.NextYear(y.Starts); ok {
		return next.Name
	}
	first, rest, ok := firstYear(y.Name)
	if !ok {
		return ""
	}
	for _, second := range []string{strconv.Itoa(first + 1), strconv.Itoa(first + 1)[2:]} {
		if strings.HasSuffix(rest, second) {
			n := strconv.Itoa(first + 2)
			return strconv.Itoa(first+1) + strings.TrimSuffix(rest, second) + n[len(n)-len(second):]
		}
	}
	return ""
}
