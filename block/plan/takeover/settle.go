package takeover

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Terms are what decides where the lines go in the end.
type Terms struct {
	Begins  bool              // a trajectory begins with it: its question has a place
	Asked   string            // the question of the trajectory, when it is under way
	Needs   []string          // what it needs, which stands elsewhere in it
	Stands  plan.Standing     // what the plan holds already
	Choices map[string]Target // what somebody chose, by the key of a line
}

// Settled is a line with where it goes in the end.
type Settled struct {
	Line
	Stands bool         // it is there already, and is left as it is
	Why    []errs.Field // why it goes beside and not where it was to go
}

// Settle sends every line to its place: where somebody chose, else where it was proposed. What
// does not fit goes beside, with the reason.
func Settle(lines []Line, t Terms) []Settled {
	s := settler{Terms: t, count: map[plan.Kind]int{}, says: map[string]bool{}, why: t.Stands.Why, keep: t.Stands.Keep, start: t.Stands.Strategy != "" || t.Stands.With != ""}
	out := make([]Settled, 0, len(lines))
	for _, l := range lines {
		to, chosen := t.Choices[l.Key]
		if chosen = chosen && slices.Contains(Targets, to); chosen {
			l.To = to
		} else if l.To == Beside && s.needed(l) {
			l.To = Leave
			out = append(out, Settled{Line: l, Stands: true})
			continue
		}
		out = append(out, s.settle(l))
	}
	return out
}

type settler struct {
	Terms
	count     map[plan.Kind]int
	says      map[string]bool
	why, keep string
	asked     bool
	start     bool // with whom the team begins is said
}

// needed reports what stands among what the trajectory needs.
func (s *settler) needed(l Line) bool {
	return slices.ContainsFunc(s.Needs, func(n string) bool { return plan.Says(n) == plan.Says(l.Text) })
}

func (s *settler) settle(l Line) Settled {
	out := Settled{Line: l, Stands: s.Stands.Taken[l.Key]}
	if out.Stands || l.To == Leave || l.To == Beside {
		return out
	}
	if err := s.fits(l, &out); err != nil {
		out.To, out.Why = Beside, errs.FieldsOf(err)
	}
	return out
}

// fits counts a line in where it goes; an error tells why it cannot go there.
func (s *settler) fits(l Line, out *Settled) error {
	switch l.To {
	case Question:
		if !s.Begins && plan.Says(s.Asked) == plan.Says(l.Whole()) {
			out.Stands = true
			return nil
		}
		if !s.Begins || s.asked || utf8.RuneCountInString(l.Whole()) > longQuestion {
			return errs.Invalid("takeover.one_question")
		}
		s.asked = true
		return nil
	case Why:
		return s.onto(&s.why, s.Stands.Why, l, out)
	case Keep:
		return s.onto(&s.keep, s.Stands.Keep, l, out)
	case Start:
		return s.begin(l, out)
	}
	item, err := l.Item(l.To)
	if err != nil {
		return err
	}
	if err := item.Check(); err != nil {
		return err
	}
	says := plan.SaysOf(item)
	if s.Stands.Says[says] != "" || s.says[says] {
		out.Stands = true
		return nil
	}
	if s.count[item.Kind()] >= s.Stands.Room(item.Kind()) {
		return errs.Invalid("plan.too_many", "n", plan.Most(item.Kind()))
	}
	s.says[says] = true
	s.count[item.Kind()]++
	return nil
}

// onto counts words in behind what a part of the head says.
func (s *settler) onto(at *string, stands string, l Line, out *Settled) error {
	switch {
	case plan.InHead(stands, l.Whole()):
		out.Stands = true
		return nil
	case !plan.FitsHead(*at, l.Whole()):
		return errs.Invalid("takeover.head_full")
	}
	*at = plan.Onto(*at, l.Whole())
	return nil
}

// begin counts in with whom the team begins: a plan says it once.
func (s *settler) begin(l Line, out *Settled) error {
	strategy, with := l.start()
	switch {
	case s.Stands.Strategy == strategy && plan.Says(s.Stands.With) == plan.Says(with):
		out.Stands = true
		return nil
	case s.start:
		return errs.Invalid("takeover.one_start")
	}
	if err := (plan.Head{With: with}).Check(); err != nil {
		return err
	}
	s.start = true
	return nil
}

// Paper is what the settled lines bring into a plan. The question is not in it: it belongs to
// the trajectory. title is the name that the text gives itself.
func Paper(title string, lines []Settled) plan.OwnPaper {
	p := plan.OwnPaper{Title: title}
	goals := map[string]int{}
	items := func(goal bool) {
		for _, l := range lines {
			item, err := l.Item(l.To)
			if err != nil || (l.To == Goal) != goal {
				continue // no item, or not now
			}
			p.Items = append(p.Items, plan.OwnItem{Digest: l.Key, Item: item, Serves: goals[l.Goal]})
			if goal {
				goals[l.Key] = len(p.Items)
			}
		}
	}
	items(true) // before the actions that serve them
	items(false)
	for _, l := range lines {
		t := plan.OwnText{Digest: l.Key, Head: l.Head, Text: l.Whole()}
		switch l.To {
		case Why:
			p.Why = append(p.Why, t)
		case Keep:
			p.Keep = append(p.Keep, t)
		case Start:
			if strategy, with := l.start(); p.Start == nil {
				p.Start = &plan.OwnStart{Digest: l.Key, Strategy: strategy, With: with}
			}
		case Beside:
			p.Beside = append(p.Beside, t)
		}
	}
	return p
}

// AsItem is something that waited beside a plan, as an item of it: its form tells who hears it
// and when it is.
func AsItem(text string, to Target, today clock.Date) (plan.Item, error) {
	text = strings.Join(strings.Fields(text), " ")
	p := placer{today: today, goal: -1}
	l := p.formed(to, text)
	if strings.TrimSpace(l.Whole()) == "" {
		l = Line{To: to, Text: text}
	}
	return l.Item(to)
}
