package decision

import (
	"slices"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Choice is what somebody says to a proposal. The three are equal and none is preselected.
type Choice string

// The choices.
const (
	Agree     Choice = "agree"
	Wish      Choice = "wish"      // agree, with a wish
	Objection Choice = "objection" // a reason why it harms an aim
)

// Choices are all choices, in the order in which they are offered.
var Choices = []Choice{Agree, Wish, Objection}

// Reaction is what one person said, and what was done with it.
type Reaction struct {
	ID        string
	PersonID  string
	Choice    Choice
	Text      string
	Version   int // to send back with an edit, and with an answer
	ChangedAt time.Time

	OwnerID string     // who takes up an objection
	DueOn   clock.Date // by when

	Answer          string // what was done with it
	AnswerVersion   int    // to send back with an edit of the answer
	AnsweredVersion int    // the version of the reaction that the answer is to
	AnsweredBy      string
	AnsweredAt      time.Time
	SolvedAt        time.Time // the person who objected says that it is solved

	MayAnswer bool // set for the person asking
}

// Answered reports whether the answer is to what it says now.
func (r Reaction) Answered() bool { return r.Answer != "" && r.AnsweredVersion >= r.Version }

// Open reports whether it is an objection that still stands: not answered since its last
// change, and not solved.
func (r Reaction) Open() bool {
	return r.Choice == Objection && !r.Answered() && r.SolvedAt.IsZero()
}

// Waits reports whether it is a wish or an objection that nobody replied to yet.
func (r Reaction) Waits() bool {
	return r.Choice != Agree && !r.Answered() && r.SolvedAt.IsZero()
}

// Say is what somebody gives as reaction.
type Say struct {
	Choice Choice
	Text   string
}

// Check refuses a reaction that cannot be kept. A wish and an objection come with words.
func (s Say) Check() error {
	if !slices.Contains(Choices, s.Choice) {
		return errs.Invalid("form.choice").On("choice")
	}
	empty := map[Choice]string{Wish: "decision.wish_empty", Objection: "decision.objection_empty"}[s.Choice]
	if empty == "" {
		return fits("text", s.Text, maxText)
	}
	return errs.Join(says("text", s.Text, empty), fits("text", s.Text, maxText))
}

func (s Say) body() writing.Body {
	b := writing.Body{"choice": string(s.Choice)}
	if text := strings.TrimSpace(s.Text); text != "" {
		b["text"] = text
	}
	return b
}

// Reply is what was done with a wish or an objection.
type Reply struct {
	ReactionID string
	To         int // the version of the reaction that was read
	Base       int // the version of the answer that the page showed; 0 before the first
	Text       string
}

// Check refuses an answer without words.
func (r Reply) Check() error {
	return errs.Join(says("text", r.Text, "decision.answer_empty"), fits("text", r.Text, maxText))
}

// Voice is somebody who was asked, with what they said last; nil while they said nothing.
type Voice struct {
	PersonID  string
	AwayUntil clock.Date
	Reaction  *Reaction
}

func (v Voice) away(today clock.Date) bool { return v.AwayUntil != "" && today < v.AwayUntil }

// Tally counts the last reactions of those who were asked.
type Tally struct {
	Agree     int `json:"agree"`
	Wish      int `json:"wish"`
	Objection int `json:"objection"`
	NotYet    int `json:"not_yet"` // asked, here, and not heard yet
}

// Reacted is how many were heard.
func (t Tally) Reacted() int { return t.Agree + t.Wish + t.Objection }

// Of is how many can be heard: who is away and has said nothing does not count.
func (t Tally) Of() int { return t.Reacted() + t.NotYet }

// Count makes the tally of a day.
func Count(voices []Voice, today clock.Date) Tally {
	var t Tally
	for _, v := range voices {
		switch {
		case v.Reaction == nil && v.away(today):
		case v.Reaction == nil:
			t.NotYet++
		case v.Reaction.Choice == Agree:
			t.Agree++
		case v.Reaction.Choice == Wish:
			t.Wish++
		case v.Reaction.Choice == Objection:
			t.Objection++
		}
	}
	return t
}

// unheard are those who can be heard and were not.
func unheard(voices []Voice, today clock.Date) []string {
	var out []string
	for _, v := range voices {
		if v.Reaction == nil && !v.away(today) {
			out = append(out, v.PersonID)
		}
	}
	return out
}
