package condition

import (
	"leerkring/block/condition"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// need is a condition in a list.
type need struct {
	ID, Href, Text string
	Essential      bool
	Waits          bool // essential, and open: the plan waits for it
	SharedTime     bool
	Tone           ui.Tone
	Icon, State    string
	Line           string // who sees to it, and when
	Words          string // what was said last
	Overdue        bool
	MayAnswer      bool // and an answer is waited for
	MayMark        bool // and it can be marked kept or not
	Step           int
}

// marks are tone and sign of each state; words say the same.
var marks = map[condition.State]struct {
	tone ui.Tone
	icon string
}{
	condition.Spotted: {ui.Calm, "circle-dashed"}, condition.Asked: {ui.Mind, "clock"}, condition.Promised: {ui.Good, "check"}, condition.Refused: {ui.Calm, "minus"},
	condition.Later: {ui.Mind, "calendar-clock"}, condition.Kept: {ui.Good, "check"}, condition.NotKept: {ui.Mind, "rotate-ccw"},
}

func needOf(r *room.Request, v condition.View, people map[string]school.Person) need {
	m := marks[v.State]
	return need{ID: v.ID, Href: address(v.ID), Text: v.Text, Essential: v.Essential, SharedTime: v.SharedTime, Tone: m.tone, Icon: m.icon, State: r.T.T("condition.state_" + string(v.State)),
		Line: lineOf(r, v, people), Words: v.Last().Words, Overdue: v.Overdue, Step: v.Step,
		Waits: v.Essential && v.State.Open(), MayAnswer: v.MayAnswer && awaited(v, r), MayMark: v.MayMark && v.State == condition.Promised}
}

// awaited reports whether an answer is waited for: nobody gave one, or its day has come.
func awaited(v condition.View, r *room.Request) bool {
	switch v.State {
	case condition.Promised, condition.Refused:
		return false
	case condition.Later:
		return v.Due <= r.Today()
	}
	return true
}

// lineOf says in one sentence who sees to it, and when.
func lineOf(r *room.Request, v condition.View, people map[string]school.Person) string {
	asked, answered := nameOf(r, people, v.AskedID), nameOf(r, people, v.AnsweredBy)
	switch v.State {
	case condition.Asked:
		if v.By != "" {
			return r.T.T("condition.line_asked_by", "name", asked, "date", r.T.Date(v.By))
		}
		return r.T.T("condition.line_asked", "name", asked)
	case condition.Promised:
		if v.Due != "" {
			return r.T.T("condition.line_promised_by", "name", answered, "date", r.T.Date(v.Due))
		}
		return answered
	case condition.Refused:
		return r.T.T("condition.line_refused", "name", answered, "date", r.T.Date(r.T.Day(v.Last().At)))
	case condition.Later:
		return r.T.T("condition.line_later", "name", answered, "date", r.T.Date(v.Due))
	case condition.Kept:
		if v.AnsweredBy != "" {
			return answered
		}
		return r.T.T("condition.line_kept", "date", r.T.Date(r.T.Day(v.Last().At)))
	case condition.NotKept:
		return r.T.T("condition.line_not_kept")
	}
	return r.T.T("condition.line_spotted")
}

func nameOf(r *room.Request, people map[string]school.Person, id string) string {
	if name := people[id].Name; name != "" {
		return name
	}
	return r.T.T("condition.somebody")
}

// said is one step as the page tells it.
type said struct{ Icon, Text, Words string }

func saidOf(r *room.Request, list []condition.Said, people map[string]school.Person) []said {
	out := make([]said, 0, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		s := list[i]
		args := []any{"name", nameOf(r, people, s.By), "asked", nameOf(r, people, s.AskedID), "date", r.T.Date(r.T.Day(s.At)), "due", ""}
		key := "condition.told_" + string(s.State)
		if s.Due != "" {
			key, args[len(args)-1] = key+"_due", r.T.Date(s.Due)
		}
		out = append(out, said{Icon: marks[s.State].icon, Text: r.T.T(key, args...), Words: s.Words})
	}
	return out
}
