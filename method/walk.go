package method

import (
	"fmt"
	"path"
	"reflect"
	"sort"
	"strings"
)

// place is where a value stands: its file, its path there, and the element
// that it belongs to.
type place struct {
	file    *file
	path    string
	element string
}

func (p place) below(key string) place {
	p.path = strings.TrimPrefix(p.path+"."+key, ".")
	return p
}

func (p place) index(i int) place {
	p.path = fmt.Sprintf("%s[%d]", p.path, i)
	return p
}

// walk visits a value and everything below it in the order of the format. The
// rules are the words of the pack tag of the field that holds the value.
func walk(at place, v reflect.Value, rules string, visit func(at place, v reflect.Value, rules string)) {
	switch v.Kind() {
	case reflect.Struct:
		at.element = elementOf(at.element, v)
		visit(at, v, rules)
		if v.Type() == reflect.TypeFor[Text]() {
			return // a text is one value, with a rule for both languages together
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if key := yamlKey(f); key != "" {
				walk(at.below(key), v.Field(i), f.Tag.Get("pack"), visit)
			}
		}
	case reflect.Slice:
		visit(at, v, rules)
		below := "required," + strings.TrimPrefix(rules, "required,")
		for i := range v.Len() {
			walk(at.index(i), v.Index(i), below, visit)
		}
	case reflect.Map:
		visit(at, v, rules)
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		for _, k := range keys {
			below := at.below(k.String())
			visit(below, k, "")
			walk(below, v.MapIndex(k), "required", visit)
		}
	default:
		visit(at, v, rules)
	}
}

// elementOf is the id under which a struct is known; a chip carries that of its
// question in front, because chips are named within it.
func elementOf(outer string, v reflect.Value) string {
	id := v.FieldByName("ID")
	if !id.IsValid() || id.Kind() != reflect.String || id.String() == "" {
		return outer
	}
	if v.Type() == reflect.TypeFor[Chip]() && outer != "" {
		return outer + "." + id.String()
	}
	return id.String()
}

// Element is anything with an id, with the rows that it carries out.
type Element struct {
	ID     string
	Kind   string // the Go type in lower case, such as question
	File   string
	Covers []string
}

// Elements lists all elements of a pack in reading order, the pack first.
func (p *Pack) Elements() []Element {
	var out []Element
	p.walk(func(at place, v reflect.Value, _ string) {
		out = appendElement(out, at, v)
	})
	for i := range out {
		out[i].File = path.Join(p.dir, out[i].File)
	}
	return out
}

func appendElement(out []Element, at place, v reflect.Value) []Element {
	if v.Kind() != reflect.Struct || !v.FieldByName("ID").IsValid() {
		return out
	}
	covers, _ := v.FieldByName("Covers").Interface().([]string)
	return append(out, Element{
		ID: at.element, Kind: strings.ToLower(v.Type().Name()), File: at.file.name, Covers: covers,
	})
}

// walk visits the pack file and then each stage file.
func (p *Pack) walk(visit func(at place, v reflect.Value, rules string)) {
	walk(place{file: &p.files[0]}, reflect.ValueOf(*p), "", visit)
	for i := range p.Stages {
		walk(place{file: &p.files[i+1]}, reflect.ValueOf(p.Stages[i]), "", visit)
	}
}
