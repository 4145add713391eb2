package author

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/authoring"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// typed is what this person was typing in the parts of a pack and did not save. What says the same
// as the pack is nothing.
func (rm *Room) typed(r *room.Request, own authoring.Pack) (map[string]authoring.Typed, error) {
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, authoring.TypingIn(own.ID))
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	all := own.Typing(drafts)
	for part, x := range all {
		if says(authoring.Fill(own.Draft, part), x.Fields) {
			delete(all, part)
			continue
		}
		if x.Was, err = rm.Own.At(r.Ctx(), own, part, x.Base); err != nil {
			return nil, err
		}
		all[part] = x
	}
	return all, nil
}

// says reports whether the fields of a form hold just what a body says.
func says(body, fields writing.Body) bool {
	kept := writing.Body{}
	for k, v := range body {
		kept[nameOf(k)] = v
	}
	for name, v := range fields {
		if strings.TrimSpace(v) != strings.TrimSpace(kept[name]) {
			return false
		}
	}
	return true
}

// waiting are the other parts in which this person was typing, in the order of the pack.
func (p *partPage) waiting(x Read) {
	for _, part := range append([]string{authoring.PackPart}, x.Own.Draft.Order...) {
		if _, ok := x.Typed[part]; !ok || part == p.Part {
			continue
		}
		name := p.r.T.T("author.words_title")
		if s, ok := x.Own.Draft.Stage(part); ok {
			name = p.r.Pack(s.Name)
		}
		p.Waiting = append(p.Waiting, ui.Link{Text: name, Href: address(x.Own.ID, part)})
	}
}

// sum is how long a session takes: the minutes that this form asks for, and the rest.
type sum struct{ Fields, Rest, One, Other string }

// total adds the minutes of a session up, as they are typed now; the script of the page goes on
// with it.
func (p *partPage) total(m *maker) {
	if p.Own.Draft.Shape != method.ShapeSession {
		return
	}
	fields := []string{"stages." + newThing + ".live.minutes"}
	rest := p.Own.Draft.Minutes()
	if s, ok := p.Own.Draft.Stage(p.Part); ok {
		fields, rest = []string{"live.minutes"}, rest-s.Live.Minutes
	}
	n := rest
	for _, key := range fields {
		typed, _ := strconv.Atoi(strings.TrimSpace(m.value(key))) // what is no number counts for nothing
		n += min(max(0, typed), 999)
	}
	p.Total = p.r.T.T("author.minutes_total", "n", n)
	const mark = 987654
	p.Sum = sum{Fields: strings.Join(fields, " "), Rest: strconv.Itoa(rest), One: p.r.T.T("author.minutes_total", "n", 1),
		Other: strings.Replace(p.r.T.T("author.minutes_total", "n", mark), strconv.Itoa(mark), "{n}", 1)}
}

// filled reports whether something was typed where a new thing can stand: then it is in sight.
func (l list) filled() bool {
	return l.New != nil && slices.ContainsFunc(l.New.Slots, func(s slot) bool { return s.First.Value != "" || s.Second.Value != "" })
}
