package meeting

import (
	"slices"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
)

// Meeting is one hour of a trajectory.
type Meeting struct {
	ID           string
	TrajectoryID string
	VisitID      string
	StartsAt     time.Time
	Minutes      int
	Place        string
	Bring        string // what everybody takes along
	State        State
	HostID       string   // who leads the hour
	KeeperID     string   // who fills the board
	TimekeeperID string   // who watches the clock
	Guests       []string // people from outside who are asked to come
	CurrentID    string   // the item that is going on
	StartedAt    time.Time
	ClosedAt     time.Time
	Version      int
	MadeBy       string
	MadeAt       time.Time
}

// Ends is when the hour is planned to end.
func (m Meeting) Ends() time.Time { return m.StartsAt.Add(time.Duration(m.Minutes) * time.Minute) }

// State is where a meeting stands.
type State string

// The states of a meeting.
const (
	Draft     State = "draft"     // proposed, not yet put ready
	Ready     State = "ready"     // whoever may read the trajectory can see it
	Live      State = "live"      // going on
	Closed    State = "closed"    // minutes, agreements and tasks are with everybody
	Cancelled State = "cancelled" // will not be held
)

// Over reports that the hour was held or will not be.
func (s State) Over() bool { return s == Closed || s == Cancelled }

// Bounds of a meeting.
const (
	shortest = 5
	longest  = 480
	maxPlace = 80
	maxBring = 200
	most     = 20 // guests of one hour
	lateDay  = 24 * time.Hour
)

// Plan is when and where, and who does what, as a lead says it.
type Plan struct {
	StartsAt time.Time
	Minutes  int
	Place    string
	Bring    string
	HostID   string // "" leaves it with who has it
	KeeperID string
	TimerID  string
	Guests   []string
}

// Check refuses a plan that cannot be held.
func (p Plan) Check(now time.Time) error {
	var refused []error
	if p.StartsAt.Before(now.Add(-12*time.Hour)) || p.StartsAt.After(now.AddDate(2, 0, 0)) {
		refused = append(refused, errs.Invalid("meeting.when").On("date"))
	}
	if p.Minutes < shortest || p.Minutes > longest {
		refused = append(refused, errs.Invalid("meeting.minutes", "least", shortest, "most", longest).On("minutes"))
	}
	if len(p.Guests) > most {
		refused = append(refused, errs.Invalid("form.choose").On("guests"))
	}
	refused = append(refused, tooLong(p.Place, maxPlace, "place"), tooLong(p.Bring, maxBring, "bring"))
	return errs.Join(refused...)
}

func tooLong(s string, limit int, field string) error {
	if utf8.RuneCountInString(s) > limit {
		return errs.Invalid("form.too_long_max", "max", limit).On(field)
	}
	return nil
}

// planned is the meeting with another plan.
func (m Meeting) planned(p Plan) (Meeting, error) {
	if m.State.Over() {
		return m, errs.Invalid("meeting.over")
	}
	if m.State == Live && (!p.StartsAt.Equal(m.StartsAt) || p.Minutes != m.Minutes) {
		return m, errs.Invalid("meeting.has_begun")
	}
	if p.HostID != "" {
		m.HostID = p.HostID
	}
	m.StartsAt, m.Minutes, m.Place, m.Bring, m.KeeperID, m.TimekeeperID, m.Guests = p.StartsAt, p.Minutes, p.Place, p.Bring, p.KeeperID, p.TimerID, p.Guests
	return m, nil
}

// Begin is the state of a meeting when its hour begins. One that is closed or cancelled
// does not begin again.
func (m Meeting) Begin(now time.Time) (Meeting, error) {
	switch m.State {
	case Draft, Ready:
		m.State, m.StartedAt = Live, now
		return m, nil
	case Live:
		return m, nil
	}
	return m, errs.Invalid("meeting.over")
}

// NotYet is the state of a meeting that was begun too early: somebody tried the board.
// An hour in which something was said goes on.
func (m Meeting) NotYet(said int) (Meeting, error) {
	switch {
	case m.State != Live:
		return m, errs.Invalid("meeting.not_live")
	case said > 0:
		return m, errs.Invalid("meeting.something_said")
	}
	m.State, m.StartedAt, m.CurrentID = Ready, time.Time{}, ""
	return m, nil
}

// Close is the state of a meeting whose hour is over.
func (m Meeting) Close(now time.Time) (Meeting, error) {
	if m.State != Live {
		return m, errs.Invalid("meeting.not_live")
	}
	m.State, m.ClosedAt, m.CurrentID = Closed, now, ""
	return m, nil
}

// Takes reports whether something can be written down at a moment: from the first plan
// until a day after closing, because thoughts come late.
func (m Meeting) Takes(now time.Time) bool {
	return m.State != Cancelled && (m.State != Closed || !now.After(m.ClosedAt.Add(lateDay)))
}

// Missed reports that the day of an hour went by and nobody began it.
func (m Meeting) Missed(now time.Time) bool {
	return (m.State == Draft || m.State == Ready) && now.After(m.Ends().Add(lateDay))
}

// asked reports whether a guest is asked to this hour.
func (m Meeting) asked(personID string) bool { return slices.Contains(m.Guests, personID) }
