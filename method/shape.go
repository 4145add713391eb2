package method

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// misfits compares the tree of a file with the Go type it should become and
// tells every key that does not exist and every value of the wrong form, so
// that a writer mends them all in one go.
func misfits(f *file, body ast.Node, target any) []Problem {
	s := shaper{f: f}
	s.node(body, reflect.TypeOf(target).Elem(), "", 0)
	return s.found
}

type shaper struct {
	f     *file
	found []Problem
}

func (s *shaper) node(n ast.Node, t reflect.Type, element string, depth int) {
	if depth > maxDepth {
		s.tell(n, element, "too_deep")
		return
	}
	if isEmpty(n) {
		return // an empty value is a missing one; the check tells it when needed
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		s.mapping(n, t, element, depth)
	case reflect.Slice:
		list, ok := n.(*ast.SequenceNode)
		if !ok {
			s.tell(n, element, "want_list")
			return
		}
		for _, v := range list.Values {
			s.node(v, t.Elem(), element, depth+1)
		}
	case reflect.Int:
		if n.Type() != ast.IntegerType {
			s.tell(n, element, "want_number")
		}
	case reflect.Bool:
		if n.Type() != ast.BoolType {
			s.tell(n, element, "want_true")
		}
	default:
		s.words(n, element)
	}
}

// words wants a string. A bare number or true is refused, because YAML would
// change how it is written: 1.50 would come out as 1.5.
func (s *shaper) words(n ast.Node, element string) {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		s.tell(n, element, "want_quotes")
	default:
		s.tell(n, element, "want_words")
	}
}

func (s *shaper) mapping(n ast.Node, t reflect.Type, element string, depth int) {
	values, ok := pairs(n)
	if !ok {
		key := "want_keys"
		if t == reflect.TypeFor[Text]() {
			key = "want_text"
		}
		s.tell(n, element, key)
		return
	}
	if id := idOf(values); id != "" && t.Kind() == reflect.Struct {
		element = id
	}
	for _, v := range values {
		if t.Kind() == reflect.Map {
			s.node(v.Value, t.Elem(), element, depth+1)
			continue
		}
		name := keyName(v)
		if field, ok := fieldNamed(t, name); ok {
			s.node(v.Value, field.Type, element, depth+1)
		} else if near := nearest(name, keysOf(t)); near != "" {
			s.tell(v.Key, element, "unknown_key_near", "key", name, "near", near)
		} else {
			s.tell(v.Key, element, "unknown_key", "key", name, "known", strings.Join(keysOf(t), ", "))
		}
	}
}

func (s *shaper) tell(n ast.Node, element, key string, args ...string) {
	if len(s.found) >= maxProblems {
		return
	}
	at := placeOf(n)
	p := problem(s.f.name, key, args...).at(s.f.text, at.line, at.column)
	p.Element = clip(element, 64)
	s.found = append(s.found, p)
}

// mark notes where every path such as questions[0].text.nl starts.
func mark(n ast.Node, path string, places map[string]position) {
	if _, known := places[path]; !known {
		places[path] = placeOf(n)
	}
	if values, ok := pairs(n); ok {
		for _, v := range values {
			below := strings.TrimPrefix(path+"."+keyName(v), ".")
			places[below] = placeOf(v.Key)
			mark(v.Value, below, places)
		}
		return
	}
	if list, ok := n.(*ast.SequenceNode); ok {
		for i, v := range list.Values {
			mark(v, fmt.Sprintf("%s[%d]", path, i), places)
		}
	}
}

// pairs are the keys and values of a mapping, which the parser gives in two
// forms.
func pairs(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func keyName(v *ast.MappingValueNode) string {
	if k, ok := v.Key.(*ast.StringNode); ok {
		return k.Value
	}
	return v.Key.String()
}

// idOf is the id of a mapping, for the name of the element in a problem.
func idOf(values []*ast.MappingValueNode) string {
	for _, v := range values {
		if id, ok := v.Value.(*ast.StringNode); ok && keyName(v) == "id" {
			return id.Value
		}
	}
	return ""
}

func isEmpty(n ast.Node) bool {
	return n == nil || n.Type() == ast.NullType
}

func isScalar(n ast.Node) bool {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return true
	}
	return false
}

// placeOf is where a node starts: for a mapping its first key.
func placeOf(n ast.Node) position {
	if n == nil {
		return position{}
	}
	if values, ok := pairs(n); ok && len(values) > 0 {
		if m, isMap := n.(*ast.MappingNode); !isMap || !m.IsFlowStyle {
			return placeOf(values[0].Key)
		}
	}
	t := n.GetToken()
	if t == nil || t.Position == nil {
		return position{}
	}
	return position{t.Position.Line, t.Position.Column}
}

// fieldNamed finds the field of a struct by its key in YAML.
func fieldNamed(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); yamlKey(f) == key && key != "" {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// yamlKey is the key of a field; empty for one that is not read.
func yamlKey(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if key == "-" || !f.IsExported() {
		return ""
	}
	return key
}

func keysOf(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		if key := yamlKey(t.Field(i)); key != "" {
			out = append(out, key)
		}
	}
	sort.Strings(out)
	return out
}

// nearest is the known word that a slip of one or two letters away was meant
// to be, or nothing.
func nearest(word string, known []string) string {
	if len(word) > 40 {
		return ""
	}
	best, limit := "", min(2, len(word)/2)
	for _, k := range known {
		if d := distance(word, k); d <= limit {
			best, limit = k, d-1
		}
	}
	return best
}

// distance counts the letters to change, add or leave out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
