package author

import (
	"regexp"
	"slices"
	"strings"

	"leerkring/authoring"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

const (
	longest  = 2000 // characters of one text
	mostIn   = 200  // things in one list
	newThing = "new"
)

var element = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// nameOf is the name of a value in the form: its key, or when that is too long a mark of it.
func nameOf(key string) string {
	if len(key) <= 90 {
		return key
	}
	return "k-" + ident.Hash(key)[:40]
}

// read gives the body that was sent: the order of every list stands in the form, and what was
// written where something new can stand comes last.
func read(r *room.Request, part string) writing.Body {
	b := writing.Body{}
	f := authoring.FormOf(part)
	readSlots(r, b, "", f.Slots)
	for _, l := range f.Lists {
		readList(r, b, "", l, false)
	}
	return b
}

func readSlots(r *room.Request, b writing.Body, prefix string, all []authoring.Slot) (written bool) {
	f := r.Form()
	take := func(key string) {
		if name := nameOf(key); f.Has(name) {
			b[key] = f.Text(name, longest)
			written = written || b[key] != ""
		}
	}
	for _, s := range all {
		key := prefix + s.Key
		switch s.Kind {
		case authoring.Words:
			take(key + ".nl")
			take(key + ".en")
		case authoring.Number:
			if name := nameOf(key); f.Has(name) {
				f.Int(name, 1, 999)
				b[key] = strings.TrimSpace(f.Typed(name))
			}
		case authoring.Weight:
			if name := nameOf(key); f.Has(name) {
				b[key] = f.Choice(name, string(method.Core), string(method.WhenStuck), string(method.More))
			}
		default:
			take(key)
		}
	}
	return written
}

func readList(r *room.Request, b writing.Body, prefix string, l authoring.List, inner bool) {
	key := prefix + l.Key
	f := r.Form()
	if !f.Has(nameOf(key)) {
		return
	}
	ids := strings.Fields(f.Typed(nameOf(key)))
	ids = slices.DeleteFunc(ids[:min(len(ids), mostIn)], func(id string) bool { return !element.MatchString(id) })
	var order []string
	for _, id := range ids {
		at := key + "." + id + "."
		written := readSlots(r, b, at, l.Slots)
		for _, in := range l.Within {
			readList(r, b, at, in, true)
		}
		if inner && !written { // a label without words is taken away
			continue
		}
		order = append(order, id)
	}
	if id := f.Typed(nameOf(key + ".newid")); element.MatchString(id) && !slices.Contains(ids, id) {
		more := writing.Body{}
		if readSlots(r, more, key+"."+newThing+".", l.Slots) {
			for k, v := range more {
				b[key+"."+id+strings.TrimPrefix(k, key+"."+newThing)] = v
			}
			order = append(order, id)
		}
	}
	b[key] = strings.Join(order, " ")
}

// act moves something in a list, or takes it away, as the button says that was pressed.
func act(b writing.Body, do string) {
	words := strings.Fields(do)
	if len(words) != 3 {
		return
	}
	ids := strings.Fields(b[words[1]])
	at := slices.Index(ids, words[2])
	switch {
	case at < 0:
		return
	case words[0] == "up" && at > 0:
		ids[at-1], ids[at] = ids[at], ids[at-1]
	case words[0] == "down" && at < len(ids)-1:
		ids[at+1], ids[at] = ids[at], ids[at+1]
	case words[0] == "away":
		ids = slices.Delete(ids, at, at+1)
	}
	b[words[1]] = strings.Join(ids, " ")
}

// maker makes the fields of a form out of a body.
type maker struct {
	r      *room.Request
	body   writing.Body
	typed  writing.Body      // by the name of the field: what was typed and not saved
	wrong  map[string]string // key → what is wrong there
	hints  map[string]string
	theirs writing.Body // what a colleague wrote, where both wrote
	stuck  map[string]bool
	names  map[string]string // of stages, by id
	used   map[string]bool   // keys of wrong that have a field
}

// slot is one value, or one text in two languages.
type slot struct {
	Kind   authoring.SlotKind
	First  ui.Field // in the language of the reader
	Second ui.Field
	Select []ui.Option
}

// item is one thing of a list.
type item struct {
	ID, Title      string
	List           string
	Slots          []slot
	Within         []list
	CanUp, CanDown bool
	Open           bool
	Href           string // its own form
}

// list is a list of things.
type list struct {
	Key, Name  string
	Order      ui.Pair
	Items      []item
	New        *item
	NewID      ui.Pair
	Title, Add string
	Inner      bool
}

func (m *maker) slots(prefix string, all []authoring.Slot) []slot {
	var out []slot
	for _, s := range all {
		key := prefix + s.Key
		label := m.r.T.T("author.label_" + strings.ReplaceAll(s.Key, ".", "_"))
		x := slot{Kind: s.Kind}
		switch s.Kind {
		case authoring.Words:
			first, second := "nl", "en"
			if m.r.T.Lang() == "en" {
				first, second = "en", "nl"
			}
			x.First, x.Second = m.field(key+"."+first, label), m.field(key+"."+second, m.r.T.T("author.in_"+second, "what", label))
			if slices.Contains([]string{"text", "aim", "why", "summary", "hint"}, s.Key) && !short(prefix) {
				x.First.Rows, x.Second.Rows = 2, 2
			}
		case authoring.Number:
			x.First = m.field(key, label)
			x.First.InputMode, x.First.Max = "numeric", 3
		case authoring.Weight:
			x.First = m.field(key, label)
			weights := []method.Weight{method.Core, method.More}
			if m.stuck[prefix] {
				weights = append(weights, method.WhenStuck)
			}
			at := m.body[key]
			if at == "" {
				at = string(method.More)
			}
			for _, w := range weights {
				x.Select = append(x.Select, ui.Option{Value: string(w), Text: m.r.T.T("author.weight_" + strings.ReplaceAll(string(w), "-", "_")), On: string(w) == at})
			}
		default:
			x.First = m.field(key, label)
		}
		out = append(out, x)
	}
	return out
}

// short tells the things that are a word or two, such as a label.
func short(prefix string) bool {
	return strings.Contains(prefix, ".chips.") || strings.Contains(prefix, ".choices.") || strings.HasPrefix(prefix, "asked.")
}

func (m *maker) field(key, label string) ui.Field {
	f := ui.Field{Name: nameOf(key), Label: label, Value: m.value(key), Error: m.wrong[key], Hint: m.hints[key], Max: longest, Wide: true}
	if f.Error == "" {
		f.Error = m.r.Error(f.Name)
	}
	m.used[key] = true
	if theirs, both := m.theirs[key]; both {
		f.Hint = m.r.T.T("author.theirs", "text", theirs)
	}
	return f
}

// value is what a field shows: what was being typed, else what is kept.
func (m *maker) value(key string) string {
	if v, ok := m.typed[nameOf(key)]; ok {
		return v
	}
	return m.body[key]
}

func (m *maker) list(prefix string, l authoring.List, inner bool) list {
	key := prefix + l.Key
	out := list{Key: key, Name: strings.ReplaceAll(l.Key, ".", "_"), Inner: inner, Order: ui.Pair{Name: nameOf(key), Value: m.body[key]}}
	out.Title = m.r.T.T("author.list_" + out.Name)
	ids := strings.Fields(m.body[key])
	for i, id := range ids {
		at := key + "." + id + "."
		x := item{ID: id, List: key, CanUp: i > 0, CanDown: i < len(ids)-1}
		_, given := m.body[at+"name.nl"]
		if l.Key != "stages" || given {
			x.Slots = m.slots(at, l.Slots)
		}
		for _, in := range l.Within {
			x.Within = append(x.Within, m.list(at, in, true))
		}
		if inner && len(x.Slots) == 1 { // several of them stand open below each other
			x.Slots[0].First.Label = m.r.T.T("author.nth", "what", out.Title, "n", i+1)
		}
		x.Title = m.title(at, id)
		for k := range m.wrong {
			x.Open = x.Open || strings.HasPrefix(k, at)
		}
		for k, v := range m.body {
			x.Open = x.Open || strings.HasPrefix(k, at) && m.value(k) != v
		}
		out.Items = append(out.Items, x)
	}
	if !l.Closed {
		at := key + "." + newThing + "."
		out.Add = m.r.T.T("author.add_" + out.Name)
		out.New = &item{ID: newThing, List: key, Slots: m.slots(at, l.Slots)}
		if inner && len(out.New.Slots) == 1 {
			out.New.Slots[0].First.Label = out.Add
		}
		out.NewID = ui.Pair{Name: nameOf(key + ".newid"), Value: authoring.NewID(l.Key)}
	}
	return out
}

// title is what a thing is known by: its name or its text in the language of the reader.
func (m *maker) title(at, id string) string {
	for _, k := range []string{"name", "text"} {
		if t := m.body[at+k+"."+m.r.T.Lang()]; t != "" {
			return m.r.Words.RenderLine(t)
		}
		if t := m.body[at+k+".nl"]; t != "" {
			return m.r.Words.RenderLine(t)
		}
	}
	if t := m.names[id]; t != "" {
		return t
	}
	return m.r.T.T("author.without_words")
}
