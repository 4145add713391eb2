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
	UnsolvedAt      time.Time // that person says that the answer does not solve it yet

	MayAnswer bool // set for the person asking
}

// Answered reports whether the answer is to what it says now.
func (r Reaction) Answered() bool { return r.Answer != "" && r.AnsweredVersion >= r.Version }

// Open reports whether it is an objection that still stands: not answered since its last
// change, or answered in a way that does not solve it for who objected.
func (r Reaction) Open() bool { return r.Choice == Objection && r.Waits() }

// Waits reports whether it is a wish or an objection that nobody replied to yet, or to
// which the reply was not enough.
func (r Reaction) Waits() bool {
	return r.Choice != Agree && r.SolvedAt.IsZero() && (!r.Answered() || !r.UnsolvedAt.IsZero())
}

// AsksWriter reports whether it is an objection with an answer, of which the person who
// objected has not said whether that solves it. Whether it does is theirs to say, and not
// to be read off from the answer.
func (r Reaction) AsksWriter() bool {
	return r.Choice == Objection && r.Answered() && r.SolvedAt.IsZero() && r.UnsolvedAt.IsZero()
}

// solved is the reaction after the person who objected said that it is solved.
func (r Reaction) solved(at time.Time) Reaction {
	r.SolvedAt, r.UnsolvedAt = at, time.Time{}
	return r
}

// unsolved is the reaction after that person said: not yet. Without an answer to what it
// says now there is nothing to say that about.
func (r Reaction) unsolved(at time.Time) (Reaction, error) {
	if r.Choice != Objection {
		return r, errs.Invalid("decision.no_objection")
	}
	if !r.Answered() {
		return r, errs.Invalid("decision.no_answer_yet")
	}
	r.SolvedAt, r.UnsolvedAt = time.Time{}, at
	return r, nil
}

// answered is the reaction with an answer to what it says now. What was said about an
// earlier answer does not hold for this one; solved without any answer stays solved.
func (r Reaction) answered(text string, version int, by string, at time.Time) Reaction {
	if r.Answer != "" {
		r.SolvedAt = time.Time{}
	}
	r.UnsolvedAt = time.Time{}
	r.Answer, r.AnswerVersion, r.AnsweredVersion, r.AnsweredBy, r.AnsweredAt = text, version, r.Version, by, at
	return r
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
	NoDay     bool // none of the days on which people are asked is a working day of theirs
	Reaction  *Reaction
}

func (v Voice) away(today clock.Date) bool {
	return v.NoDay || v.AwayUntil != "" && today < v.AwayUntil
}

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

// askedBack counts those who objected, are here, and were not heard about the answer.
func askedBack(voices []Voice, today clock.Date) int {
	n := 0
	for _, v := range voices {
		if v.Reaction != nil && v.Reaction.AsksWriter() && !v.away(today) {
			n++
		}
	}
	return n
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
