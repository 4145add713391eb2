package takeover

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"leerkring/block/plan"
	"leerkring/internal/clock"
)

// Target is where a line goes. The kinds of a plan go by their own names.
type Target string

// The targets.
const (
	Goal     = Target(plan.GoalKind)
	Action   = Target(plan.ActionKind)
	Core     = Target(plan.CoreKind)
	Room     = Target(plan.RoomKind)
	Hearing  = Target(plan.HearingKind)
	Look     = Target(plan.LookKind)
	Why      = Target("why")      // why this plan
	Keep     = Target("keep")     // what goes well, and stays
	Start    = Target("start")    // with whom the team begins
	Question = Target("question") // of the trajectory, when it begins
	Beside   = Target("beside")   // kept beside the plan
	Leave    = Target("leave")    // not taken over
)

// Targets are all of them, in the order of a page.
var Targets = []Target{Question, Why, Keep, Goal, Start, Action, Core, Room, Hearing, Look, Beside, Leave}

// Line is one thing that was read, with where it goes.
type Line struct {
	Key  string // its name in a form: the same words have the same name
	To   Target
	Head string // the heading under which it stood
	Text string
	Goal string // of an action: the key of the goal that it serves

	Who, When, Hours, Pilot, How                  string
	From, Until                                   clock.Date
	Approach, Teachers, Pupils, Result, NoticedBy string
	With                                          string        // who begins, when the text says so in our words
	Strategy                                      plan.Strategy // and whether that is a few or everybody
}

// link is the place of a link of the chain of a goal; nil for another word.
func (l *Line) link(name string) *string {
	switch name {
	case "approach":
		return &l.Approach
	case "teachers":
		return &l.Teachers
	case "pupils":
		return &l.Pupils
	case "result":
		return &l.Result
	case "noticed":
		return &l.NoticedBy
	}
	return nil
}

// detail is the place of what an action says beside what is done; nil for another word.
func (l *Line) detail(name string) *string {
	switch name {
	case "who":
		return &l.Who
	case "hours":
		return &l.Hours
	case "pilot":
		return &l.Pilot
	case "how":
		return &l.How
	}
	return nil
}

// take adds a time to a line.
func (l *Line) take(s span) {
	if s.From != "" {
		l.From = s.From
	}
	if s.To != "" {
		l.Until = s.To
	}
	l.When = joined(", ", l.When, s.Words)
}

func joined(sign string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sign)
}

// days are the days of a line in figures, as they stand where nobody puts them into words.
func (l Line) days() string {
	switch {
	case l.From == l.Until:
		return string(l.From)
	case l.From == "" || l.Until == "":
		return string(l.From + l.Until)
	}
	return string(l.From + " – " + l.Until)
}

// Whole are all words of a line, for where there is one place for them.
func (l Line) Whole() string {
	first := joined(" – ", l.Text, l.Who, l.days(), l.When, l.How, l.Hours, l.Pilot)
	return joined("\n", first, l.Approach, l.Teachers, l.Pupils, l.Result, l.NoticedBy)
}

// flat are all words of a line in one line.
func (l Line) flat() string { return strings.ReplaceAll(l.Whole(), "\n", " – ") }

// start is with whom the team begins: in our own words, else the line as it is.
func (l Line) start() (plan.Strategy, string) {
	if l.With == "" && l.Strategy == "" {
		return "", strings.Join(strings.Fields(l.Whole()), " ")
	}
	return l.Strategy, l.With
}

// ErrNoItem is a target that is no part of a plan.
var ErrNoItem = errors.New("takeover: not an item of a plan")

// Item is the line as an item of a plan, with every word in its place.
func (l Line) Item(to Target) (plan.Item, error) {
	switch to {
	case Goal:
		text := joined(" – ", l.Text, l.Who, l.days(), l.When, l.How, l.Hours, l.Pilot)
		return plan.Goal{Text: text, Approach: l.Approach, Teachers: l.Teachers, Pupils: l.Pupils, Result: l.Result, NoticedBy: l.NoticedBy}, nil
	case Action:
		if l.Approach+l.Teachers+l.Pupils+l.Result+l.NoticedBy != "" {
			return plan.Action{Text: l.flat()}, nil
		}
		return plan.Action{Text: joined(" – ", l.Text, l.How), Who: l.Who, When: l.When, FromOn: l.From, ToOn: l.Until, Hours: l.Hours, Pilot: l.Pilot}, nil
	case Core:
		return plan.Core{Text: l.flat()}, nil
	case Room:
		return plan.Room{Text: l.flat()}, nil
	case Hearing:
		h := plan.Hearing{Who: l.Who, What: joined(" – ", l.Text, l.How, l.Hours, l.Pilot), On: l.Until, When: l.When}
		if h.On == "" {
			h.On = l.From
		} else if l.From != "" && l.From != l.Until {
			h.When = joined(", ", h.When, l.days())
		}
		return h, nil
	case Look:
		k := plan.Look{On: l.From, Question: joined(" – ", l.Text, l.Hours, l.Pilot), How: joined(", ", l.How, l.When), Who: l.Who}
		if k.On == "" {
			k.On = l.Until
		} else if l.Until != "" && l.From != l.Until {
			k.How = joined(", ", k.How, l.days())
		}
		return k, nil
	}
	return nil, ErrNoItem
}

// name gives every line its key: a digest of its words, and which of the same words it is.
func name(lines []Line) {
	seen := map[string]int{}
	for i := range lines {
		sum := sha256.Sum256([]byte(lines[i].Head + "\x00" + lines[i].Whole()))
		key := hex.EncodeToString(sum[:5])
		n := seen[key]
		seen[key]++
		for ; n > 0; n-- {
			key += "x"
		}
		lines[i].Key = key
	}
}
