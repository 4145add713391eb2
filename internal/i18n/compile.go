package i18n

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is one sentence, taken apart: literal pieces and placeholders in turn.
type text struct {
	plain string // the whole sentence when it has no placeholders
	parts []part
}

type part struct {
	literal string
	name    string // as written in the text; "" for a literal
	low     string // name with a small first letter
	capital bool   // the placeholder begins with a capital
}

// compile takes a sentence apart. A brace that is no placeholder is a mistake.
func compile(s string) (text, error) {
	if !strings.ContainsAny(s, "{}") {
		return text{plain: s}, nil
	}
	var out text
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			open = len(s)
		}
		if strings.Contains(s[:open], "}") {
			return text{}, fmt.Errorf("closing brace without an opening one")
		}
		if open > 0 {
			out.parts = append(out.parts, part{literal: s[:open]})
		}
		if open == len(s) {
			break
		}
		end := strings.IndexByte(s, '}')
		if end < 0 || !isName(s[open+1:end]) {
			return text{}, fmt.Errorf("a brace must hold one name, like {name}")
		}
		out.parts = append(out.parts, placeholder(s[open+1:end]))
		s = s[end+1:]
	}
	return out, nil
}

func placeholder(name string) part {
	first, size := utf8.DecodeRuneInString(name)
	return part{name: name, low: string(unicode.ToLower(first)) + name[size:], capital: unicode.IsUpper(first)}
}

func isName(s string) bool {
	if s == "" {
		return false
	}
	for i, c := range s {
		digit := c >= '0' && c <= '9' || c == '_'
		if !unicode.IsLetter(c) && (i == 0 || !digit) {
			return false
		}
	}
	return true
}

// names lists the placeholders of a sentence, with small first letters.
func (t text) names() []string {
	var out []string
	for _, p := range t.parts {
		if p.name != "" {
			out = append(out, p.low)
		}
	}
	return out
}

// Placeholders lists the names that stand in braces in s, each once, with small
// first letters. It refuses a brace that is no placeholder.
func Placeholders(s string) ([]string, error) {
	t, err := compile(s)
	if err != nil {
		return nil, err
	}
	var out []string
	seen := map[string]bool{}
	for _, n := range t.names() {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out, nil
}

// capitalise writes a word with a capital. In Dutch ij is one letter.
func capitalise(b *strings.Builder, s string, dutch bool) {
	if dutch && strings.HasPrefix(s, "ij") {
		b.WriteString("IJ" + s[2:])
		return
	}
	first, size := utf8.DecodeRuneInString(s)
	if size > 0 {
		b.WriteRune(unicode.ToUpper(first))
	}
	b.WriteString(s[size:])
}
