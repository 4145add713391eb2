package plan

import (
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Look is a moment at which the team looks back: on which day, with what question, how.
type Look struct {
	On       clock.Date
	Question string
	How      string
	Who      string
}

// Kind is LookKind.
func (Look) Kind() Kind { return LookKind }

// Check refuses a moment without a question. The day may come later.
func (l Look) Check() error {
	return errs.Join(says("question", l.Question, maxSentence, "plan.look_question"),
		fits("how", l.How, maxSentence), fits("who", l.Who, maxShort), aDay("on", l.On))
}

func (l Look) body() writing.Body {
	return words("on", string(l.On), "question", l.Question, "how", l.How, "who", l.Who)
}

func (l Look) tie() tie { return tie{from: l.On} }

func lookOf(b writing.Body) Look {
	return Look{On: clock.Date(b["on"]), Question: b["question"], How: b["how"], Who: b["who"]}
}
