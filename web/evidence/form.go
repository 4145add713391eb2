package evidence

import (
	"slices"
	"strconv"

	"leerkring/block/evidence"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// form is one form of a page: empty, with what stands, with a draft, or as it came back.
type form struct {
	Of     ui.FormOf
	Fields map[string]field
	Open   bool // it came back, or a draft waits in it
	Back   bool // it came back
}

// field returns a field by its name; templates ask for those that they place.
func (f form) field(name string) field { return f.Fields[name] }

// refused reports whether one of these fields was refused.
func (f form) refused(names ...string) bool {
	for _, n := range names {
		if x := f.Fields[n]; x.F.Error != "" || x.Set.Error != "" {
			return true
		}
	}
	return false
}

// maker makes the forms of one page.
type maker struct {
	r      *room.Request
	seen   trajectory.Seen
	drafts map[string]writing.Body
	people []ui.Option // those who take part
	known  map[string]school.Person
	again  evidence.Kind
}

// newMaker reads the drafts of the trajectory and who takes part, one query each.
func (rm *Room) newMaker(r *room.Request, seen trajectory.Seen, people []trajectory.Participant, known map[string]school.Person) (*maker, error) {
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, evidence.DraftPrefix(seen.ID))
	m := &maker{r: r, seen: seen, drafts: drafts, known: known}
	for _, p := range people {
		m.people = append(m.people, ui.Option{Value: p.PersonID, Text: p.Name})
	}
	return m, err
}

// add is the form for something new of a kind. kept is what stands in it at first.
func (m *maker) add(kind evidence.Kind, kept writing.Body, hidden ...ui.Pair) form {
	return m.form(names[kind], kind, evidence.DraftKey(m.seen.ID, kind, ""), ui.FormOf{Action: folder(m.seen.ID, kind), Hidden: hidden}, kept)
}

// edit is the form with what stands of a thing.
func (m *maker) edit(kind evidence.Kind, id string, version int, kept writing.Body) form {
	return m.form("edit", kind, evidence.DraftKey(m.seen.ID, kind, id), ui.FormOf{Action: item(m.seen.ID, kind, id), Hidden: []ui.Pair{versionPair(version)}}, kept)
}

func versionPair(n int) ui.Pair { return ui.Pair{Name: "version", Value: strconv.Itoa(n)} }

// form makes a form; name tells which of the page's forms came back.
func (m *maker) form(name string, kind evidence.Kind, draftKey string, of ui.FormOf, kept writing.Body) form {
	r := m.r
	back := r.Err != nil && r.Typed != nil && (r.Typed.Typed("form") == name || m.again == kind && name == names[kind])
	draft := m.drafts[draftKey]
	of.Draft = draftKey
	of.Hidden = r.Hidden(append(of.Hidden, ui.Pair{Name: "form", Value: name})...)
	f := form{Of: of, Fields: map[string]field{}, Back: back, Open: back || len(draft) > 0 || len(kept) > 0}
	for _, s := range specs[kind] {
		value := kept[s.name]
		if d, ok := draft[s.name]; ok {
			value = d
		}
		if back {
			value = r.Typed.Typed(s.name)
		}
		f.Fields[s.name] = m.field(s, kind, name, value, back)
	}
	return f
}

// field makes one field. Only the form that came back has the plain ids to which the
// summary of mistakes leads.
func (m *maker) field(s spec, kind evidence.Kind, formName, value string, back bool) field {
	label := s.label
	if label == "" {
		label = "label_" + names[kind] + "_" + s.name
	}
	f := field{Shape: s.shape, On: value != ""}
	f.F = ui.Field{Name: s.name, Label: m.say(label), Value: value, Max: s.most, Rows: s.rows, Voice: s.voice, Wide: s.shape == area}
	if s.hint {
		f.F.Hint = m.say("hint_" + names[kind] + "_" + s.name)
	}
	if back {
		f.F.Error = m.r.Error(s.name)
	} else {
		f.F.ID = formName + "-" + s.name
	}
	f.Set = ui.Set{Name: s.name, ID: f.F.ID, Legend: f.F.Label, Hint: f.F.Hint, Error: f.F.Error, Wide: true}
	switch s.shape {
	case pick, parts, choices:
		f.Options = m.options(s, value)
	case person:
		f.Options = m.persons(s, value)
	}
	f.Set.Options = f.Options
	return f
}

// persons are those who take part, and whoever it was before.
func (m *maker) persons(s spec, value string) []ui.Option {
	out := append([]ui.Option{{Text: m.say("nobody_" + s.name)}}, m.people...)
	if !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == value }) {
		out = append(out, ui.Option{Value: value, Text: m.known[value].Name})
	}
	for i := range out {
		out[i].On = out[i].Value == value
	}
	return out
}

func (m *maker) options(s spec, value string) []ui.Option {
	out := make([]ui.Option, len(s.values))
	for i, v := range s.values {
		out[i] = ui.Option{Value: v, Text: m.word(s.words, v), On: v == value}
		if s.shape == choices {
			out[i].Note = m.say(s.words + orNone(v) + "_note")
		}
	}
	return out
}

// word is the text of a value; "" has a word of its own.
func (m *maker) word(words, value string) string { return m.say(words + orNone(value)) }

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

func (m *maker) say(key string, args ...any) string { return m.r.T.T("evidence."+key, args...) }
