package contribution

import (
	"slices"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Form says when the answers of a round are seen.
type Form string

// The forms of a round.
const (
	Named  Form = "named"  // with names, at once
	Blind  Form = "blind"  // with names, hidden from all until everybody answered or the round closes
	Rating Form = "rating" // each candidate weighed; only figures, after closing
)

// Audience is the circle that a round asks. Those who take part are always in it.
type Audience string

// The audiences.
const (
	Team   Audience = "plg"    // those who take part
	School Audience = "school" // and all colleagues at the school
	Teams  Audience = "teams"  // and the members of named teams
)

// Closing says what ended a round.
type Closing string

// A round ends by its lead, by its day, or because everybody answered.
const (
	ByHand   Closing = "lead"
	ByDate   Closing = "date"
	ByAnswer Closing = "all"
)

// Round is a question asked of a circle until a day.
type Round struct {
	ID           string
	TrajectoryID string
	SchoolID     string
	VisitID      string
	ElementID    string // "" for ratings
	Form         Form
	Audience     Audience
	TeamIDs      []string
	ClosesOn     clock.Date // the last day on which one may answer
	OpenedBy     string
	OpenedAt     time.Time
	ClosedAt     time.Time
	Closed       Closing
	Answered     int // frozen at closing
	Asked        int
}

// Open reports whether the round still asks on a day.
func (r Round) Open(today clock.Date) bool { return r.ClosedAt.IsZero() && today <= r.ClosesOn }

// Due reports whether the day of the round is over and nothing has closed it yet.
func (r Round) Due(today clock.Date) bool { return r.ClosedAt.IsZero() && today > r.ClosesOn }

// Seals reports whether the round hides its answers on a day.
func (r Round) Seals(today clock.Date) bool { return r.Form == Blind && r.Open(today) }

// NewRound is a round to open.
type NewRound struct {
	ElementID string // "" for ratings
	Form      Form
	Audience  Audience
	TeamIDs   []string
	ClosesOn  clock.Date
}

// longest a round may ask.
const roundDays = 60

// The fewest people that a form works with.
const (
	fewestBlind  = 2
	fewestRating = 5
)

// Check refuses a round that cannot be opened on a day.
func (n NewRound) Check(today clock.Date) error {
	var refused []error
	if !slices.Contains([]Form{Named, Blind, Rating}, n.Form) || (n.Form == Rating) != (n.ElementID == "") {
		refused = append(refused, errs.Invalid("form.choose").On("form"))
	}
	if !slices.Contains([]Audience{Team, School, Teams}, n.Audience) {
		refused = append(refused, errs.Invalid("form.choose").On("audience"))
	}
	if n.Audience == Teams && len(n.TeamIDs) == 0 {
		refused = append(refused, errs.Invalid("contribution.teams_choose").On("teams"))
	}
	if n.ClosesOn < today || today.Days(n.ClosesOn) > roundDays {
		refused = append(refused, errs.Invalid("contribution.closes_on", "n", roundDays).On("closes_on"))
	}
	return errs.Join(refused...)
}

// enough refuses a round that its circle is too small for, and says so before anybody
// is asked.
func enough(form Form, asked int) error {
	switch {
	case form == Blind && asked < fewestBlind:
		return errs.Invalid("contribution.blind_two")
	case form == Rating && asked < fewestRating:
		return errs.Invalid("contribution.rating_five", "n", asked)
	}
	return nil
}

// invited is somebody whom a round asks, with whether this person has answered.
type invited struct {
	trajectory.Participant // Role is NoOne for a colleague outside the group
	RoundID                string
	Heard                  bool
	opened                 time.Time
	closes                 clock.Date
	zone                   string
}

// tally works out how far a round is: how many answered, how many there are in all
// without those who are away, and who of them is still awaited.
func tally(people []invited, today clock.Date) (answered, of int, waiting []trajectory.Participant) {
	heard := map[string]bool{}
	all := make([]trajectory.Participant, len(people))
	for i, p := range people {
		heard[p.PersonID] = p.Heard
		all[i] = p.Participant
		if p.Heard {
			answered++
		}
	}
	waiting = trajectory.Unheard(all, heard, today)
	return answered, answered + len(waiting), waiting
}

// complete reports that somebody answered and nobody is awaited any more.
func complete(people []invited, today clock.Date) bool {
	answered, _, waiting := tally(people, today)
	return answered > 0 && len(waiting) == 0
}

// shownCount is how much of a count may be told while a round is open: of ratings it
// moves in steps of five, so that nobody can be watched arriving.
func shownCount(form Form, answered int) int {
	if form == Rating {
		return answered / 5 * 5
	}
	return answered
}
