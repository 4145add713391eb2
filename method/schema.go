package method

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// schemaNode is one part of a JSON Schema, as JSON.
type schemaNode = map[string]any

// Schema is the JSON Schema of every file of a pack and of the content, made
// from the Go types, for the completion and the red lines of an editor. A file
// is one of pack, stage, cards, glossary, sectors, shelves.
func Schema() []byte {
	s := schemaMaker{defs: schemaNode{}}
	anyOf := []any{
		s.of(reflect.TypeFor[Pack](), nil),
		s.of(reflect.TypeFor[Stage](), nil),
		s.named("cards", s.of(reflect.TypeFor[[]Card](), nil)),
		s.named("glossary", s.of(reflect.TypeFor[[]GlossaryEntry](), nil)),
		s.named("sectors", s.of(reflect.TypeFor[SectorWords](), nil)),
		s.named("shelves", s.of(reflect.TypeFor[[]Shelf](), nil)),
	}
	root := schemaNode{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "Leerkring content",
		"anyOf":   anyOf,
		"$defs":   s.defs,
	}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("method: schema: " + err.Error()) // strings and lists only
	}
	return append(out, '\n')
}

type schemaMaker struct{ defs schemaNode }

func (s schemaMaker) named(name string, node schemaNode) schemaNode {
	s.defs[name] = node
	return schemaNode{"$ref": "#/$defs/" + name}
}

// of describes a type, under the rules of the field that has it.
func (s schemaMaker) of(t reflect.Type, rules []string) schemaNode {
	switch t.Kind() {
	case reflect.Struct:
		name := strings.ToLower(t.Name())
		if _, known := s.defs[name]; !known {
			s.defs[name] = schemaNode{} // holds the place while fields are walked
			s.defs[name] = s.object(t)
		}
		return schemaNode{"$ref": "#/$defs/" + name}
	case reflect.Slice:
		node := schemaNode{"type": "array", "items": s.of(t.Elem(), rules)}
		if slices.Contains(rules, "required") {
			node["minItems"] = 1
		}
		return node
	case reflect.Map:
		return schemaNode{
			"type":                 "object",
			"additionalProperties": s.of(t.Elem(), nil),
			"propertyNames":        s.of(t.Key(), nil),
		}
	case reflect.Int:
		return number(rules)
	case reflect.Bool:
		return schemaNode{"type": "boolean"}
	default:
		return text(t, rules)
	}
}

func (s schemaMaker) object(t reflect.Type) schemaNode {
	properties, required := schemaNode{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		key := yamlKey(f)
		if key == "" {
			continue
		}
		rules := strings.Split(f.Tag.Get("pack"), ",")
		properties[key] = s.of(f.Type, rules)
		if slices.Contains(rules, "required") {
			required = append(required, key)
		}
	}
	return schemaNode{
		"type":                 "object",
		"properties":           properties,
		"required":             required,
		"additionalProperties": false,
	}
}

func number(rules []string) schemaNode {
	node := schemaNode{"type": "integer"}
	for _, rule := range rules {
		if r, ok := ranges[rule]; ok {
			node["minimum"], node["maximum"] = r[0], r[1]
		}
	}
	return node
}

func text(t reflect.Type, rules []string) schemaNode {
	if list, ok := reflect.Zero(t).Interface().(closed); ok {
		return schemaNode{"type": "string", "enum": list.values()}
	}
	node := schemaNode{"type": "string"}
	for _, rule := range rules {
		if p := patterns[rule]; p != nil {
			node["pattern"] = p.String()
		}
	}
	return node
}
