package method

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Change is what became of one thing.
type Change string

// Moved keeps its words and stands elsewhere in its list.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
	Moved   Change = "moved"
)

// Difference is one thing in which two packs differ.
type Difference struct {
	Change  Change
	Stage   string // id of the stage; empty for the pack as a whole
	Kind    string // what it is: the Go type in lower case, such as question
	Element string // its id
	Label   Text   // its words, by which a reader knows it
	// Field is the key that changed, such as text or live.minutes.
	Field string
	// Before and After are what stood there and what stands there now. What is no text is the
	// same in both languages.
	Before, After Text
}

// Differences tells in what a pack differs from another, in the order of the second. Ids,
// versions, rows and numbers of stages are no difference: they follow from something else.
func Differences(from, to *Pack) []Difference {
	d := differ{}
	d.fields(at{kind: "pack", label: to.Name}, reflect.ValueOf(*from), reflect.ValueOf(*to), "")
	d.lists(at{}, "", reflect.ValueOf(from.Stages), reflect.ValueOf(to.Stages))
	return d.found
}

// at is the thing that is looked at.
type at struct {
	stage, kind, id string
	label           Text
}

type differ struct{ found []Difference }

func (d *differ) tell(a at, change Change, field string, before, after Text) {
	d.found = append(d.found, Difference{Change: change, Stage: a.stage, Kind: a.kind, Element: a.id, Label: a.label, Field: field, Before: before, After: after})
}

// same are keys that make no difference.
var same = []string{"id", "version", "based_on", "number", "stages", "covers"}

func (d *differ) fields(a at, from, to reflect.Value, prefix string) {
	for i := range to.NumField() {
		key := yamlKey(to.Type().Field(i))
		if key == "" || slices.Contains(same, key) {
			continue
		}
		d.value(a, prefix+key, from.Field(i), to.Field(i))
	}
}

func (d *differ) value(a at, field string, from, to reflect.Value) {
	switch x := to.Interface().(type) {
	case Text:
		if before := from.Interface().(Text); before != x {
			d.tell(a, Changed, field, before, x)
		}
		return
	}
	switch {
	case to.Kind() == reflect.Struct:
		d.fields(a, from, to, field+".")
	case to.Kind() == reflect.Slice && hasID(to.Type().Elem()):
		d.lists(a, field, from, to)
	case to.Kind() == reflect.Map:
		for _, k := range keysOfBoth(from, to) {
			before, after := textAt(from, k), textAt(to, k)
			if before != after {
				d.tell(a, Changed, field+"."+k.String(), before, after)
			}
		}
	default:
		if before, after := plainOf(from), plainOf(to); before != after {
			d.tell(a, Changed, field, Text{before, before}, Text{after, after})
		}
	}
}

func hasID(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	_, ok := t.FieldByName("ID")
	return ok
}

// lists compares two lists of things with ids.
func (d *differ) lists(a at, field string, from, to reflect.Value) {
	before, after := idsOf(from), idsOf(to)
	moved := movedIn(before, after)
	for i, id := range after {
		item := to.Index(i)
		x := within(a, item)
		was := slices.Index(before, id)
		if was < 0 {
			d.tell(x, Added, field, Text{}, x.label)
			continue
		}
		if moved[id] {
			d.tell(x, Moved, field, Text{}, Text{})
		}
		d.fields(x, from.Index(was), item, "")
	}
	for i, id := range before {
		if !slices.Contains(after, id) {
			x := within(a, from.Index(i))
			d.tell(x, Removed, field, x.label, Text{})
		}
	}
}

func within(a at, item reflect.Value) at {
	id := item.FieldByName("ID").String()
	x := at{stage: a.stage, kind: strings.ToLower(item.Type().Name()), id: id, label: labelOf(item)}
	if x.kind == "stage" {
		x.stage = id
	}
	return x
}

// labelOf is the name of a thing, or its text.
func labelOf(v reflect.Value) Text {
	for _, key := range []string{"Name", "Text"} {
		if f := v.FieldByName(key); f.IsValid() {
			if t, ok := f.Interface().(Text); ok && !t.Empty() {
				return t
			}
		}
	}
	return Text{}
}

func idsOf(list reflect.Value) []string {
	out := make([]string, list.Len())
	for i := range out {
		out[i] = list.Index(i).FieldByName("ID").String()
	}
	return out
}

// movedIn are the ids of both lists that stand in another order: those outside the longest
// run that kept its order.
func movedIn(before, after []string) map[string]bool {
	var kept []int // places in before, in the order of after
	var ids []string
	for _, id := range after {
		if i := slices.Index(before, id); i >= 0 {
			kept, ids = append(kept, i), append(ids, id)
		}
	}
	longest, back := make([]int, len(kept)), make([]int, len(kept))
	last := -1
	for i := range kept {
		longest[i], back[i] = 1, -1
		for j := range i {
			if kept[j] < kept[i] && longest[j]+1 > longest[i] {
				longest[i], back[i] = longest[j]+1, j
			}
		}
		if last < 0 || longest[i] > longest[last] {
			last = i
		}
	}
	moved := map[string]bool{}
	for _, id := range ids {
		moved[id] = true
	}
	for ; last >= 0; last = back[last] {
		delete(moved, ids[last])
	}
	return moved
}

func keysOfBoth(a, b reflect.Value) []reflect.Value {
	var out []reflect.Value
	for _, m := range []reflect.Value{a, b} {
		for _, k := range m.MapKeys() {
			if !slices.ContainsFunc(out, func(x reflect.Value) bool { return x.String() == k.String() }) {
				out = append(out, k)
			}
		}
	}
	slices.SortFunc(out, func(x, y reflect.Value) int { return cmp.Compare(x.String(), y.String()) })
	return out
}

func textAt(m, key reflect.Value) Text {
	if v := m.MapIndex(key); v.IsValid() {
		t, _ := v.Interface().(Text)
		return t
	}
	return Text{}
}

// plainOf is a number, a word or a list of words as a reader sees it; nothing for what is not given.
func plainOf(v reflect.Value) string {
	switch {
	case isEmptyValue(v):
		return ""
	case v.Kind() == reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case v.Kind() == reflect.Slice:
		var all []string
		for i := range v.Len() {
			all = append(all, plainOf(v.Index(i)))
		}
		return strings.Join(all, ", ")
	}
	return v.String()
}
