package evidence

import (
	"leerkring/block/evidence"
	"leerkring/web/ui"
	"leerkring/writing"
)

// merged is what two people made of one text, field by field: what only one of them
// changed is taken over, what both changed is left to the person.
type merged struct {
	Body   writing.Body // with the person's own words where both changed
	Theirs writing.Body
	Both   []string // fields that both changed, by name
}

// merge lays two versions beside the one that both began from.
func merge(base, theirs, yours writing.Body) merged {
	m := merged{Body: writing.Body{}, Theirs: theirs}
	seen := map[string]bool{}
	for _, b := range []writing.Body{base, theirs, yours} {
		for k := range b {
			seen[k] = true
		}
	}
	for k := range seen {
		m.Body[k] = yours[k]
		switch {
		case yours[k] == theirs[k]:
		case yours[k] == base[k]:
			m.Body[k] = theirs[k]
		case theirs[k] != base[k]:
			m.Both = append(m.Both, k)
		}
	}
	return m
}

// clash asks a person to make one text of two. Nothing of either is lost: both are kept.
type clash struct {
	Kind    evidence.Kind
	ID      string
	Version int // the one that stands
	merged
	Waiting bool // it was left for later; it may be let go

	Merge  *ui.MergeOf // the first text that both changed
	Form   form        // when no text was changed by both, only choices
	Others []field     // what else both changed, with what stands as a hint
	LetGo  string
}

func newClash(m *maker, kind evidence.Kind, id string, version int, two merged) *clash {
	return &clash{Kind: kind, ID: id, Version: version, merged: two, LetGo: item(m.seen.ID, kind, id) + "/let-go"}
}

// make lays the two versions out: what both changed to choose, all else unseen.
func (c *clash) make(m *maker) {
	base := item(m.seen.ID, c.Kind, c.ID)
	both := map[string]bool{}
	for _, name := range c.Both {
		both[name] = true
	}
	of := ui.FormOf{Action: base, Class: "stack g-4", Hidden: m.r.Hidden(versionPair(c.Version), ui.Pair{Name: "form", Value: "merge"})}
	for _, s := range specs[c.Kind] {
		if !both[s.name] {
			value := c.Body[s.name]
			if s.shape == tick && value != "" {
				value = "on"
			}
			of.Hidden = append(of.Hidden, ui.Pair{Name: s.name, Value: value})
			continue
		}
		f := m.field(s, c.Kind, "merge", c.Body[s.name], false)
		if c.Merge == nil && (s.shape == area || s.shape == line) {
			f.F.Value, f.F.Label = c.Body[s.name], m.say("merged", "field", f.F.Label)
			c.Merge = &ui.MergeOf{Note: m.r.T.T("trajectory.merge_note"), Merged: f.F,
				Mine:   ui.Version{Title: m.r.T.T("trajectory.merge_mine"), Text: c.Body[s.name]},
				Theirs: ui.Version{Title: m.r.T.T("trajectory.merge_theirs"), Text: c.Theirs[s.name]}}
			continue
		}
		stands := m.say("stands_now", "text", m.shown(s, c.Theirs[s.name]))
		f.F.Hint, f.Set.Hint = stands, stands
		c.Others = append(c.Others, f)
	}
	if c.Merge != nil {
		c.Merge.Form = of
		return
	}
	c.Form = form{Of: of}
}

// shown is a value as a person reads it.
func (m *maker) shown(s spec, value string) string {
	switch s.shape {
	case pick, parts, choices:
		return m.word(s.words, value)
	case tick:
		return m.say("verdict_" + map[bool]string{true: "yes", false: "no"}[value != ""])
	case person:
		for _, o := range m.persons(s, value) {
			if o.On {
				return o.Text
			}
		}
	}
	if value == "" {
		return m.say("nothing")
	}
	return value
}
