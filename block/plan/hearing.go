package plan

import (
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Hearing is who hears what, and when: best at a moment that is in the calendar anyway.
type Hearing struct {
	Who  string
	What string
	On   clock.Date
	When string // or in words: every three weeks
}

// Kind is HearingKind.
func (Hearing) Kind() Kind { return HearingKind }

// Check refuses a line that does not say who hears what.
func (h Hearing) Check() error {
	return errs.Join(says("who", h.Who, maxShort, "plan.hearing_who"), says("what", h.What, maxSentence, "plan.hearing_what"),
		fits("when", h.When, maxShort), aDay("on", h.On))
}

func (h Hearing) body() writing.Body {
	return words("who", h.Who, "what", h.What, "on", string(h.On), "when", h.When)
}

func (h Hearing) tie() tie { return tie{from: h.On} }

func hearingOf(b writing.Body) Hearing {
	return Hearing{Who: b["who"], What: b["what"], On: clock.Date(b["on"]), When: b["when"]}
}
