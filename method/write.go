package method

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Rewrite writes a pack down anew from its values and reads it back, with the places of the
// new text: for a pack that is changed in a form and not in its files. The stages get their
// numbers from their order. Problems are those of FromSource and Check; the pack is nil when
// it cannot be read at all.
func Rewrite(p Pack) (*Pack, []Problem) {
	p.Order = nil
	for i := range p.Stages {
		p.Order = append(p.Order, p.Stages[i].ID)
	}
	raw := []rawFile{{packFile, []byte(written(reflect.ValueOf(p)))}}
	for i, s := range p.Stages {
		s.Number = i + 1
		raw = append(raw, rawFile{strconv.Itoa(s.Number) + "-" + s.ID + ".yaml", []byte(written(reflect.ValueOf(s)))})
	}
	if len(raw) > maxFiles {
		return nil, []Problem{problem(packFile, "too_many_files", "limit", strconv.Itoa(maxFiles))}
	}
	out, problems := assemble(raw)
	if out == nil {
		return nil, problems
	}
	return out, append(problems, Check(out)...)
}

func written(v reflect.Value) string {
	var b strings.Builder
	writeFields(&b, v, 0)
	return b.String()
}

// writeFields writes what a struct holds, one key a line; what is empty is left out.
func writeFields(b *strings.Builder, v reflect.Value, depth int) {
	for i := range v.NumField() {
		if key := yamlKey(v.Type().Field(i)); key != "" && !isEmptyValue(v.Field(i)) {
			indent(b, depth)
			b.WriteString(key + ":")
			writeValue(b, v.Field(i), depth+1)
		}
	}
}

func writeValue(b *strings.Builder, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		b.WriteByte('\n')
		writeFields(b, v, depth)
	case reflect.Map:
		b.WriteByte('\n')
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return cmp.Compare(x.String(), y.String()) })
		for _, k := range keys {
			indent(b, depth)
			b.WriteString(scalar(k) + ":")
			writeValue(b, v.MapIndex(k), depth+1)
		}
	case reflect.Slice:
		b.WriteByte('\n')
		for i := range v.Len() {
			indent(b, depth)
			writeItem(b, v.Index(i), depth)
		}
	default:
		b.WriteString(" " + scalar(v) + "\n")
	}
}

// writeItem writes one item of a list: its first key beside the dash, the others below it.
func writeItem(b *strings.Builder, v reflect.Value, depth int) {
	if v.Kind() != reflect.Struct {
		b.WriteString("- " + scalar(v) + "\n")
		return
	}
	var in strings.Builder
	writeFields(&in, v, depth+1)
	b.WriteString("- " + cmp.Or(strings.TrimLeft(in.String(), " "), "{}\n"))
}

func indent(b *strings.Builder, depth int) { b.WriteString(strings.Repeat("  ", depth)) }

// unquoted words need no quotes; YAML reads some short ones as something else than text.
var unquoted = regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)*$`)

var notUnquoted = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

func scalar(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	s := v.String()
	if unquoted.MatchString(s) && !slices.Contains(notUnquoted, s) {
		return s
	}
	return `"` + escapes.Replace(s) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r\n", `\n`, "\n", `\n`, "\t", `\t`)

// isEmptyValue says that a value says nothing, so that its key can stay away.
func isEmptyValue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if yamlKey(v.Type().Field(i)) != "" && !isEmptyValue(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// Own is a copy of a pack for a school to change: under another id, with the pack that it
// came from, and without the rows of the inventory, which are ours to answer for.
func (p *Pack) Own(id, version string) (*Pack, []Problem) {
	out := deepCopy(reflect.ValueOf(*p)).Interface().(Pack)
	out.BasedOn = Base{Pack: p.ID, Version: p.Version}
	out.ID, out.Version = id, version
	return Rewrite(out)
}

// Values are the values of a pack to change, shared with nobody.
func (p *Pack) Values() Pack { return deepCopy(reflect.ValueOf(*p)).Interface().(Pack) }

// deepCopy copies all that the format knows, without rows. Places and files stay behind: they
// belong to a text, and the copy has none yet.
func deepCopy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && f.Name != "Covers" {
				out.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return out
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(deepCopy(v.Index(i)))
		}
	case reflect.Map:
		if v.IsNil() {
			return out
		}
		out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, deepCopy(v.MapIndex(k)))
		}
	default:
		out.Set(v)
	}
	return out
}
