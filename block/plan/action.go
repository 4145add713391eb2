package plan

import (
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Action is something that somebody is going to do.
type Action struct {
	Text    string
	OwnerID string // one person who takes it on
	Who     string // or in words: everybody in year 3
	FromOn  clock.Date
	ToOn    clock.Date
	When    string // or in words: weeks 17 and 18
	Hours   string // what time it takes and where that comes from; «none» is an answer too
	Pilot   string // the groups that try it first
	GoalID  string // the goal that it serves
}

// Kind is ActionKind.
func (Action) Kind() Kind { return ActionKind }

// Check refuses an action without words, and days in the wrong order.
func (a Action) Check() error {
	refused := errs.Join(says("text", a.Text, maxSentence, "plan.action_empty"),
		fits("who", a.Who, maxShort), fits("when", a.When, maxShort), fits("hours", a.Hours, maxShort), fits("pilot", a.Pilot, maxSentence),
		aDay("from_on", a.FromOn), aDay("to_on", a.ToOn))
	if refused == nil && a.FromOn != "" && a.ToOn != "" && a.ToOn < a.FromOn {
		return errs.Invalid("plan.days_turned").On("to_on")
	}
	return refused
}

// HasWho reports whether it says who does it.
func (a Action) HasWho() bool { return a.OwnerID != "" || a.Who != "" }

// HasWhen reports whether it says when.
func (a Action) HasWhen() bool { return a.FromOn != "" || a.ToOn != "" || a.When != "" }

func (a Action) body() writing.Body {
	return words("text", a.Text, "owner", a.OwnerID, "who", a.Who, "from_on", string(a.FromOn), "to_on", string(a.ToOn),
		"when", a.When, "hours", a.Hours, "pilot", a.Pilot, "goal", a.GoalID)
}

func (a Action) tie() tie {
	return tie{ownerID: a.OwnerID, from: a.FromOn, to: a.ToOn, goalID: a.GoalID}
}

func actionOf(b writing.Body) Action {
	return Action{Text: b["text"], OwnerID: b["owner"], Who: b["who"], FromOn: clock.Date(b["from_on"]), ToOn: clock.Date(b["to_on"]),
		When: b["when"], Hours: b["hours"], Pilot: b["pilot"], GoalID: b["goal"]}
}
