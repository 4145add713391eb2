package api

import (
	"leerkring/block/plan"
	"leerkring/internal/clock"
)

// ItemWords are the words of one line of a plan: exactly one member.
type ItemWords struct {
	Goal    *Goal    `json:"goal,omitempty"`
	Action  *Action  `json:"action,omitempty"`
	Core    *Core    `json:"core,omitempty"`
	Room    *Room    `json:"room,omitempty"`
	Hearing *Hearing `json:"hearing,omitempty"`
	Look    *Look    `json:"look,omitempty"`
}

// Goal is what a team wants to reach, with the chain by which it thinks to get there.
type Goal struct {
	Text      string `json:"text" lines:"many"`
	Approach  string `json:"approach,omitempty" lines:"many" doc:"What we do."`
	Teachers  string `json:"teachers,omitempty" lines:"many" doc:"What teachers then do differently."`
	Pupils    string `json:"pupils,omitempty" lines:"many" doc:"What then happens in pupils' learning."`
	Result    string `json:"result,omitempty" lines:"many"`
	NoticedBy string `json:"noticed_by,omitempty" lines:"many" doc:"How we notice it."`
}

// Action is something that somebody is going to do.
type Action struct {
	Text    string     `json:"text" lines:"many"`
	OwnerID string     `json:"owner_id,omitempty" doc:"One person who takes it on."`
	Who     string     `json:"who,omitempty" doc:"Or in words."`
	FromOn  clock.Date `json:"from_on,omitempty" format:"date"`
	ToOn    clock.Date `json:"to_on,omitempty" format:"date"`
	When    string     `json:"when,omitempty" doc:"Or in words."`
	Hours   string     `json:"hours,omitempty" doc:"What time it takes, and where that comes from."`
	Pilot   string     `json:"pilot,omitempty" doc:"The groups that try it first."`
	GoalID  string     `json:"goal_id,omitempty" doc:"The goal that it serves."`
}

// Core is one line of what everybody does.
type Core struct {
	Text string `json:"text" lines:"many"`
}

// Room is one line of what everybody chooses.
type Room struct {
	Text string `json:"text" lines:"many"`
	Pace bool   `json:"pace,omitempty" doc:"It is about how much difference in pace is fine."`
}

// Hearing is who hears what, and when.
type Hearing struct {
	Who  string     `json:"who"`
	What string     `json:"what" lines:"many"`
	On   clock.Date `json:"on,omitempty" format:"date"`
	When string     `json:"when,omitempty"`
}

// Look is a moment at which the team looks back.
type Look struct {
	On       clock.Date `json:"on,omitempty" format:"date"`
	Question string     `json:"question" lines:"many"`
	How      string     `json:"how,omitempty"`
	Who      string     `json:"who,omitempty"`
}

func (w ItemWords) item() (plan.Item, error) {
	if err := oneOf(w.Goal != nil, w.Action != nil, w.Core != nil, w.Room != nil, w.Hearing != nil, w.Look != nil); err != nil {
		return nil, err
	}
	switch {
	case w.Goal != nil:
		return plan.Goal(*w.Goal), nil
	case w.Action != nil:
		return plan.Action(*w.Action), nil
	case w.Core != nil:
		return plan.Core(*w.Core), nil
	case w.Room != nil:
		return plan.Room(*w.Room), nil
	case w.Hearing != nil:
		return plan.Hearing(*w.Hearing), nil
	}
	return plan.Look(*w.Look), nil
}

func planWords(item plan.Item) (w ItemWords) {
	switch x := item.(type) {
	case plan.Goal:
		g := Goal(x)
		w.Goal = &g
	case plan.Action:
		a := Action(x)
		w.Action = &a
	case plan.Core:
		c := Core(x)
		w.Core = &c
	case plan.Room:
		r := Room(x)
		w.Room = &r
	case plan.Hearing:
		h := Hearing(x)
		w.Hearing = &h
	case plan.Look:
		l := Look(x)
		w.Look = &l
	}
	return w
}
