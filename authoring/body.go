package authoring

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/writing"
)

// SlotKind is what one field of a form holds.
type SlotKind string

// Words are in both languages, Weight is one of the three, Number a whole number or nothing.
const (
	Words  SlotKind = "words"
	Weight SlotKind = "weight"
	Number SlotKind = "number"
	Plain  SlotKind = "plain"
)

// Slot is one value that a school may change; Key is its key in the format.
type Slot struct {
	Key  string
	Kind SlotKind
}

// List is a list of things with ids that a school may change, put in another order, and
// mostly add to. Within holds the lists inside each of its things.
type List struct {
	Key    string
	Slots  []Slot
	Within []List
	// Closed lists take nothing new: a gate is read off from facts, which no form can tell.
	Closed bool
}

func slots(kind SlotKind, keys ...string) []Slot {
	out := make([]Slot, len(keys))
	for i, k := range keys {
		out[i] = Slot{k, kind}
	}
	return out
}

var text = slots(Words, "text")

// PackPart is the name of the part that is not a stage.
const PackPart = "pack"

// Form is what can be changed in one part.
type Form struct {
	Slots []Slot
	Lists []List
}

// OfPack is the form of the pack itself; its list of stages is their order.
var OfPack = Form{
	Slots: append(slots(Words, "name", "need", "summary", "duration"), Slot{"weeks", Number}),
	Lists: []List{
		{Key: "stages", Slots: newStage},
		{Key: "roles", Slots: slots(Words, "name", "text")},
		{Key: "session.rules", Slots: text}, {Key: "session.use_when", Slots: text}, {Key: "session.not_when", Slots: text},
		{Key: "session.host", Slots: text}, {Key: "session.pitfalls", Slots: text},
		{Key: "asked.scale", Slots: text, Closed: true}, {Key: "notes", Slots: text},
	},
}

// newStage is asked of a new stage only: one that is there has a form of its own.
var newStage = append(slots(Words, "name", "aim", "asks"), Slot{"live.minutes", Number})

// OfStage is the form of one stage.
var OfStage = Form{
	Slots: newStage,
	Lists: []List{
		{Key: "questions", Slots: append(slots(Words, "text", "why"), Slot{"weight", Weight}), Within: []List{{Key: "chips", Slots: text}}},
		{Key: "activities", Slots: append(slots(Words, "name", "text"), Slot{"minutes", Number}, Slot{"weight", Weight})},
		{Key: "live.prompts", Slots: text},
		{Key: "fields", Slots: slots(Words, "text", "hint"), Within: []List{{Key: "choices", Slots: text}}},
		{Key: "statements", Slots: text},
		{Key: "checklists", Slots: append(slots(Words, "name"), Slot{"weight", Weight}), Within: []List{{Key: "items", Slots: text}}},
		{Key: "artefacts", Slots: append(slots(Words, "name", "text"), Slot{"weight", Weight})},
		{Key: "gate", Slots: text, Closed: true},
		{Key: "notes", Slots: append(slices.Clone(text), Slot{"weight", Weight})},
		{Key: "resources", Slots: append(slots(Words, "name"), Slot{"url", Plain})},
	},
}

// FormOf is the form of a part.
func FormOf(part string) Form {
	if part == PackPart {
		return OfPack
	}
	return OfStage
}

// Fill gives every value of a part, one by one: the key of a value is the way to it, such
// as questions.q1.text.nl, and the key of a list holds its ids in order.
func Fill(p *method.Pack, part string) writing.Body {
	b := writing.Body{}
	v, ok := partOf(p, part)
	if !ok {
		return b
	}
	f := FormOf(part)
	fillSlots(b, "", v, f.Slots)
	for _, l := range f.Lists {
		fillList(b, "", v, l)
	}
	return b
}

func partOf(p *method.Pack, part string) (reflect.Value, bool) {
	if part == PackPart {
		return reflect.ValueOf(p).Elem(), true
	}
	s, ok := p.Stage(part)
	return reflect.ValueOf(s).Elem(), ok
}

func fillSlots(b writing.Body, prefix string, v reflect.Value, all []Slot) {
	for _, s := range all {
		at := below(v, s.Key)
		switch s.Kind {
		case Words:
			t := at.Interface().(method.Text)
			b[prefix+s.Key+".nl"], b[prefix+s.Key+".en"] = t.NL, t.EN
		case Number:
			if n := at.Int(); n != 0 {
				b[prefix+s.Key] = strconv.FormatInt(n, 10)
			} else {
				b[prefix+s.Key] = ""
			}
		default:
			b[prefix+s.Key] = at.String()
		}
	}
}

func fillList(b writing.Body, prefix string, v reflect.Value, l List) {
	items := listAt(v, l.Key)
	var ids []string
	for i := range items.Len() {
		item := items.Index(i)
		id := item.FieldByName("ID").String()
		ids = append(ids, id)
		if l.Key == "stages" {
			continue
		}
		inner := prefix + l.Key + "." + id + "."
		fillSlots(b, inner, item, l.Slots)
		for _, in := range l.Within {
			fillList(b, inner, item, in)
		}
	}
	b[prefix+l.Key] = strings.Join(ids, " ")
}

// listAt finds a list; the stages of a pack stand in files of their own.
func listAt(v reflect.Value, key string) reflect.Value {
	if key == "stages" {
		return v.FieldByName("Stages")
	}
	return below(v, key)
}

// below goes down along the keys of the format.
func below(v reflect.Value, key string) reflect.Value {
	for name := range strings.SplitSeq(key, ".") {
		t := v.Type()
		for i := range t.NumField() {
			if k, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); k == name {
				v = v.Field(i)
				break
			}
		}
	}
	return v
}

// Apply puts the values of a body into a part of a copy of the pack. Where one language was
// left empty the other speaks. What the body does not name stays.
func Apply(p *method.Pack, part string, b writing.Body) (method.Pack, bool) {
	out := p.Values()
	v, ok := partOf(&out, part)
	if !ok {
		return out, false
	}
	f := FormOf(part)
	applySlots(b, "", v, f.Slots)
	for _, l := range f.Lists {
		applyList(b, "", v, l)
	}
	tidy(&out)
	return out, true
}

func applySlots(b writing.Body, prefix string, v reflect.Value, all []Slot) {
	for _, s := range all {
		at := below(v, s.Key)
		switch s.Kind {
		case Words:
			nl, ok := b[prefix+s.Key+".nl"]
			if ok {
				en := b[prefix+s.Key+".en"]
				at.Set(reflect.ValueOf(method.Text{NL: cmp.Or(nl, en), EN: cmp.Or(en, nl)}))
			}
		case Number:
			if raw, ok := b[prefix+s.Key]; ok {
				n, _ := strconv.Atoi(raw) // what is no number was refused at the door
				at.SetInt(int64(n))
			}
		case Weight:
			if w, ok := b[prefix+s.Key]; ok && w != "" {
				at.SetString(w)
			}
		default:
			if s, ok := b[prefix+s.Key]; ok {
				at.SetString(s)
			}
		}
	}
}

func applyList(b writing.Body, prefix string, v reflect.Value, l List) {
	order, ok := b[prefix+l.Key]
	if !ok {
		return
	}
	at := listAt(v, l.Key)
	was := map[string]reflect.Value{}
	for i := range at.Len() {
		was[at.Index(i).FieldByName("ID").String()] = at.Index(i)
	}
	next := reflect.MakeSlice(at.Type(), 0, at.Len())
	for id := range strings.FieldsSeq(order) {
		item := reflect.New(at.Type().Elem()).Elem()
		old, known := was[id]
		switch {
		case known:
			item.Set(old)
		case l.Closed:
			continue
		default:
			begin(item, id)
		}
		inner := prefix + l.Key + "." + id + "."
		if l.Key != "stages" || !known {
			applySlots(b, inner, item, l.Slots)
		}
		for _, in := range l.Within {
			applyList(b, inner, item, in)
		}
		next = reflect.Append(next, item)
	}
	if next.Len() == 0 && at.Len() == 0 {
		return
	}
	at.Set(next)
}

// begin gives a new thing its id and what it needs beside its words.
func begin(item reflect.Value, id string) {
	item.FieldByName("ID").SetString(id)
	switch x := item.Addr().Interface().(type) {
	case *method.Question:
		x.Weight, x.Block = method.More, "contribution"
	case *method.Activity:
		x.Weight = method.More
	case *method.Checklist:
		x.Weight = method.More
	case *method.Artefact:
		x.Weight = method.More
	case *method.Note:
		x.Weight = method.More
	case *method.Resource:
		x.Weight = method.More
	case *method.Stage:
		x.Live.Turns = method.TurnsFree
	}
}

// tidy lets go of what pointed to something that is no longer there, and of what goes with
// a weight that was changed.
func tidy(p *method.Pack) {
	place := map[string]int{}
	for i := range p.Stages {
		place[p.Stages[i].ID] = i
	}
	for i := range p.Stages {
		s := &p.Stages[i]
		s.BackTo = slices.DeleteFunc(s.BackTo, func(id string) bool { at, ok := place[id]; return !ok || at >= i })
		if p.Shape != method.ShapeSession && s.Live.Minutes == 0 && len(s.Live.Prompts) == 0 && s.Live.Turns == method.TurnsFree {
			s.Live.Turns = ""
		}
		for j := range s.Questions {
			if q := &s.Questions[j]; q.Weight != method.WhenStuck {
				q.When, q.AtLeast = "", 0
			}
		}
		for j := range s.Activities {
			if a := &s.Activities[j]; a.Weight != method.WhenStuck {
				a.When, a.AtLeast = "", 0
			}
		}
	}
}

// NewID is the id of a new thing in a list: no answer will ever hang on it by chance. That
// of a stage is the name of a file too.
func NewID(list string) string {
	return list[strings.LastIndexByte(list, '.')+1:][:1] + "-x" + ident.Code(7)
}

// Join makes one body of two that grew from the same base. The person's own value stays
// where both changed one, and both tells which those are.
func Join(base, theirs, yours writing.Body) (out writing.Body, both []string) {
	out = maps.Clone(theirs)
	keys := maps.Clone(yours)
	maps.Copy(keys, base)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		mine, here := yours[k]
		if !here || mine == base[k] && has(base, k) {
			continue
		}
		out[k] = mine
		if theirs[k] != base[k] && theirs[k] != mine {
			both = append(both, k)
		}
	}
	return out, both
}

func has(b writing.Body, k string) bool { _, ok := b[k]; return ok }

// Place is the value of a form that a problem is about: its part, and its key in the body.
// The key is empty when the part as a whole is meant.
func Place(p *method.Pack, problem method.Problem) (part, key string) {
	part = PackPart
	if name := strings.TrimSuffix(problem.File, ".yaml"); name != PackPart {
		_, part, _ = strings.Cut(name, "-")
	}
	v, ok := partOf(p, part)
	if !ok {
		return PackPart, ""
	}
	body := Fill(p, part)
	for path := problem.Path; path != ""; path = parent(path) {
		key := keyOf(v, path)
		for _, k := range []string{key, key + ".nl", key + ".text.nl"} {
			if has(body, k) {
				return part, k
			}
		}
	}
	return part, ""
}

func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// keyOf turns questions[0].text into questions.q1.text.
func keyOf(v reflect.Value, path string) string {
	var out []string
	for step := range strings.SplitSeq(path, ".") {
		name, index, list := strings.Cut(strings.TrimSuffix(step, "]"), "[")
		if v.Kind() != reflect.Struct {
			return strings.Join(append(out, name), ".")
		}
		v = below(v, name)
		out = append(out, name)
		if !list {
			continue
		}
		i, _ := strconv.Atoi(index)
		if v.Kind() != reflect.Slice || i >= v.Len() || v.Index(i).Kind() != reflect.Struct {
			break
		}
		v = v.Index(i)
		if id := v.FieldByName("ID"); id.IsValid() {
			out = append(out, id.String())
		}
	}
	return strings.Join(out, ".")
}
