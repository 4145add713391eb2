package session

import (
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
)

// Card is what somebody takes along from a session: their own card. Nobody else reads it, or learns
// that it exists. It stays until its writer erases it.
type Card struct {
	Text
	Ask       bool // may be asked after
	Tried     Tried
	TriedBody string
	TriedOn   clock.Date
	Useful    string // "", shared or kept
	Session   Session
	Zone      string // of the school
	There     bool   // still of the circle: then words may go further
	Pack      *method.Pack
}

// Tried is how it went with what somebody took along.
type Tried string

// The answers. None of them counts for more.
const (
	TriedYes    Tried = "yes"
	TriedPartly Tried = "partly"
	TriedNotYet Tried = "not_yet"
	TriedOther  Tried = "other"
)

// What became of a card after six weeks.
const (
	UsefulShared = "shared"
	UsefulKept   = "kept"
)

// Question is what is asked after a card.
type Question string

// The questions: whether it was tried, and what of it is useful for the team.
const (
	AsksNothing Question = ""
	AsksTried   Question = "tried"
	AsksUseful  Question = "useful"
)

const (
	triedAfter  = 14 // days after the session
	usefulAfter = 42
	usefulRest  = 7  // between the two, when a holiday came first
	askedFor    = 84 // after that it is left in peace: longer than a summer holiday
)

// OwnCard reports whether a field is somebody's own card.
func OwnCard(f *method.Field) bool {
	return f.Becomes == method.HarvestIntention && f.For == method.ForSelf
}

// began is the day from which is counted: that of the session, or of the writing when that was later.
func (c Card) began() clock.Date {
	at := c.Session.ClosedAt
	if c.MadeAt.After(at) {
		at = c.MadeAt
	}
	return clock.On(at, clock.Zone(c.Zone))
}

// TriedFrom is the day from which is asked whether it was tried.
func (c Card) TriedFrom() clock.Date { return c.began().Add(triedAfter) }

// Asks is what is asked after a card on a day: one question at a time. Whether the day is one for
// asking at all, the week decides: not in a holiday, not while somebody is away.
func (c Card) Asks(today clock.Date) Question {
	if !c.Ask || c.Session.State != Closed {
		return AsksNothing
	}
	if c.Tried == "" {
		if from := c.TriedFrom(); today >= from && today < from.Add(askedFor) {
			return AsksTried
		}
		return AsksNothing
	}
	from := max(c.began().Add(usefulAfter), c.TriedOn.Add(usefulRest))
	if c.Useful == "" && today >= from && today < from.Add(askedFor) {
		return AsksUseful
	}
	return AsksNothing
}

// tell checks how it went.
func (c Card) tell(tried Tried, body string, on clock.Date) (Card, error) {
	switch tried {
	case TriedYes, TriedPartly, TriedNotYet, TriedOther:
	default:
		return c, errs.Invalid("form.choose").On("tried")
	}
	c.Tried, c.TriedBody, c.TriedOn = tried, strings.TrimSpace(body), on
	return c, tooLong(c.TriedBody, maxLine, "body")
}

const maxLine = 600

// oldest is the moment before which no card is asked after any more.
func oldest(now time.Time) time.Time {
	return now.AddDate(0, 0, -(usefulAfter + 2*askedFor + usefulRest + 2))
}
