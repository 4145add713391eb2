package agreement

import (
	"slices"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/why"
	"leerkring/writing"
)

// Problem is what became of the question that a cycle began with.
type Problem string

// The answers, in the order in which they are offered. Half solved is quite normal.
const (
	Gone    Problem = "gone"
	Smaller Problem = "smaller"
	Other   Problem = "other" // it turned into something else
)

// Problems are all answers.
var Problems = []Problem{Gone, Smaller, Other}

// Outcome is what follows. The trajectory makes the move; here stands what was said.
type Outcome string

// The outcomes, of equal weight.
const (
	KeepIt   Outcome = "keep"
	GoBack   Outcome = "back"  // to an earlier stage, with all that is known
	NewCycle Outcome = "cycle" // a new question
)

// Outcomes are all of them, in the order in which they are offered.
var Outcomes = []Outcome{KeepIt, GoBack, NewCycle}

// Evaluation is how a group looked back on a cycle, held together.
type Evaluation struct {
	ID        string
	Well      string // what we did well as a group
	Otherwise string // what we would do differently next time
	Problem   Problem
	Rest      string // what is left of the question
	Outcome   Outcome
	BackTo    string // the stage to go back to
	On        clock.Date
	Version   int
	MadeAt    time.Time
}

func (e Evaluation) ref() why.Ref { return why.Ref{Kind: "evaluation", ID: e.ID} }

const maxLookedBack = 1500

// Check refuses an evaluation without an answer to each question. stages are those that
// one may go back to.
func (e Evaluation) Check(stages []string, today clock.Date) error {
	var refused []error
	if strings.TrimSpace(e.Well) == "" && strings.TrimSpace(e.Otherwise) == "" {
		refused = append(refused, errs.Invalid("agreement.looked_back_empty").On("well"))
	}
	if !slices.Contains(Problems, e.Problem) {
		refused = append(refused, errs.Invalid("form.choose").On("problem"))
	}
	if !slices.Contains(Outcomes, e.Outcome) {
		refused = append(refused, errs.Invalid("form.choose").On("outcome"))
	}
	if e.Outcome == GoBack && !slices.Contains(stages, e.BackTo) {
		refused = append(refused, errs.Invalid("agreement.back_to").On("outcome"))
	}
	if e.On > today {
		refused = append(refused, errs.Invalid("agreement.held_later").On("on"))
	}
	return errs.Join(append(refused, fits("well", e.Well, maxLookedBack), fits("otherwise", e.Otherwise, maxLookedBack), fits("rest", e.Rest, maxLookedBack))...)
}

func (e Evaluation) clean(today clock.Date) Evaluation {
	e.Well, e.Otherwise, e.Rest = strings.TrimSpace(e.Well), strings.TrimSpace(e.Otherwise), strings.TrimSpace(e.Rest)
	if e.Outcome != GoBack {
		e.BackTo = ""
	}
	if e.On == "" {
		e.On = today
	}
	return e
}

func (e Evaluation) body() writing.Body {
	return writing.Body{"well": e.Well, "otherwise": e.Otherwise, "rest": e.Rest, "problem": string(e.Problem), "outcome": string(e.Outcome), "back_to": e.BackTo, "on": string(e.On)}
}

// EvaluationOf reads an evaluation back from one of its versions.
func EvaluationOf(b writing.Body) Evaluation {
	return Evaluation{Well: b["well"], Otherwise: b["otherwise"], Rest: b["rest"], Problem: Problem(b["problem"]), Outcome: Outcome(b["outcome"]), BackTo: b["back_to"], On: clock.Date(b["on"])}
}

// BackStages are the stages to which a group may go back from where it looks back: those
// that its stage names, and without any all stages before it but the first.
func BackStages(pack *method.Pack, stageID string) []string {
	at := slices.IndexFunc(pack.Stages, func(s method.Stage) bool { return s.ID == stageID })
	if at < 0 {
		return nil
	}
	return pack.Stages[at].BackTo
}
