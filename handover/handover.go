package handover

import (
	"time"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/school"
)

// Lasts is how long something is with a colleague.
type Lasts string

// How long it lasts.
const (
	Good  Lasts = "good"  // for good
	Away  Lasts = "away"  // until the day that the giver is back
	Press Lasts = "press" // until the giver takes it back: nobody knows a day
	Days  Lasts = "days"  // from one day until another, as an admin set it
)

// Kind is how it came about.
type Kind string

// The kinds.
const (
	Own        Kind = "own"        // handed over by who carried it
	Taken      Kind = "taken"      // taken over by a stand-in or a member
	Substitute Kind = "substitute" // a colleague stands in for everything
)

// State is where one thing of a handover is.
type State string

// The states of an item.
const (
	With  State = "with"  // with the colleague
	Back  State = "back"  // with its giver again
	Stays State = "stays" // settled or changed meanwhile, or for good
)

// Handover is one time that work went from somebody to colleagues.
type Handover struct {
	ID       string
	SchoolID string
	Kind     Kind
	FromID   string
	ToID     string // of a substitute
	Lasts    Lasts
	FromOn   clock.Date // of a substitute: the first day
	UntilOn  clock.Date // and the day on which the other is back
	Teams    []string   // that the substitute joined by it
	MadeBy   string
	MadeAt   time.Time
	BegunAt  time.Time // zero for a substitute whose first day has not come
	EndedAt  time.Time
	Giver    Giver // as they are now
}

// Giver is what counts about who gave something.
type Giver struct {
	Name      string
	State     school.State
	AwayUntil clock.Date
}

// Closed reports that the account of who gave it is closed: nothing can go back to them.
func (g Giver) Closed() bool { return closed(g.State) }

// Called is how colleagues call them; whose account is erased has no first name any more.
func (g Giver) Called() string {
	if g.State == school.Left {
		return g.Name
	}
	return school.FirstName(g.Name)
}

func closed(s school.State) bool { return s == school.Suspended || s == school.Left }

// Item is one thing of a handover.
type Item struct {
	ID         string
	HandoverID string
	carry.Item // its OwnerID is with whom it is
	Position   int
	Was        string
	State      State
}

// regret is how many days somebody can take back what they gave for good.
const regret = 14

// keptDays is how long a handover that ended is remembered.
const keptDays = 30

// Until is the day on which it comes back by itself; "" when none is known.
func (h Handover) Until() clock.Date {
	switch h.Lasts {
	case Away:
		return h.Giver.AwayUntil
	case Days:
		return h.UntilOn
	}
	return ""
}

// Over reports that it ends today: what was given for a while goes back, what was given for good
// stays. Nothing goes back to a closed account; what a substitute has ends on its day all the same.
func (h Handover) Over(today clock.Date, now time.Time) bool {
	switch {
	case !h.EndedAt.IsZero():
		return false
	case h.Giver.State == school.Left:
		return h.Kind != Substitute || today >= h.UntilOn
	}
	switch h.Lasts {
	case Good:
		return !now.Before(h.MadeAt.AddDate(0, 0, regret))
	case Away:
		return h.Giver.State == school.Active && (h.Giver.AwayUntil == "" || today >= h.Giver.AwayUntil)
	case Days:
		return today >= h.UntilOn
	}
	return false
}

// GoesBack reports whether things leave who has them when it ends. What somebody has by standing
// in always does: to the other, or to the group when that account is closed.
func (h Handover) GoesBack() bool {
	return h.Kind == Substitute || h.Lasts != Good && !h.Giver.Closed()
}

// Follows reports that what comes to the giver goes on to who stands in for them.
func (h Handover) Follows(today clock.Date, now time.Time) bool {
	return h.Kind == Substitute && h.EndedAt.IsZero() && !h.BegunAt.IsZero() && !h.Over(today, now)
}

// Starts reports that a substitute begins today.
func (h Handover) Starts(today clock.Date) bool {
	return h.Kind == Substitute && h.EndedAt.IsZero() && h.BegunAt.IsZero() && today >= h.FromOn && today < h.UntilOn
}

// longest a substitute stands in before it is asked again, in days.
const longest = 366
