// Package markup checks HTML that our own templates made: nesting, names, ids, and
// what the content security policy forbids. It is for tests.
//
// Promises: it reports every fault with the element it is about; it knows only
// HTML as templates write it (quoted attributes, closed elements), and says so
// when it meets something else.
package markup

import (
	"fmt"
	"html"
	"strings"
)

// token is a start tag, an end tag or text.
type token struct {
	name  string // of the element, lower case; empty for text
	end   bool
	self  bool // closed in itself: void, or "/>" in a drawing
	attrs []attr
	text  string
}

type attr struct{ name, value string }

func (t token) get(name string) (string, bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

func (t token) has(name string) bool { _, ok := t.get(name); return ok }

var void = set("area base br col embed hr img input link meta source track wbr")

// rawText elements hold text in which no tag is read.
var rawText = set("script style textarea title")

func set(names string) map[string]bool {
	m := map[string]bool{}
	for n := range strings.FieldsSeq(names) {
		m[n] = true
	}
	return m
}

// tokens reads a whole text.
func tokens(text string) ([]token, error) {
	var out []token
	drawing := 0 // inside svg, where title is an element like others
	for len(text) > 0 {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return append(out, token{text: html.UnescapeString(text)}), nil
		}
		if at > 0 {
			out = append(out, token{text: html.UnescapeString(text[:at])})
			text = text[at:]
		}
		if strings.HasPrefix(text, "<!") {
			end := strings.IndexByte(text, '>')
			if strings.HasPrefix(text, "<!--") {
				end = strings.Index(text, "-->") + 2
			}
			if end < 2 {
				return out, fmt.Errorf("a comment or doctype is not closed: %.40q", text)
			}
			text = text[end+1:]
			continue
		}
		t, rest, err := tag(text)
		if err != nil {
			return out, err
		}
		out, text = append(out, t), rest
		if t.name == "svg" {
			drawing += step(t)
		}
		if rawText[t.name] && !t.end && !t.self && drawing == 0 {
			at := strings.Index(text, "</"+t.name)
			if at < 0 {
				return out, fmt.Errorf("%s is not closed", t.name)
			}
			out, text = append(out, token{text: html.UnescapeString(text[:at])}), text[at:]
		}
	}
	return out, nil
}

func step(t token) int {
	switch {
	case t.self:
		return 0
	case t.end:
		return -1
	default:
		return 1
	}
}

// tag reads one start or end tag.
func tag(text string) (token, string, error) {
	rest := text[1:]
	t := token{}
	if strings.HasPrefix(rest, "/") {
		t.end, rest = true, rest[1:]
	}
	n := strings.IndexAny(rest, " \t\n/>")
	if n <= 0 {
		return t, "", fmt.Errorf("no name of an element at %.40q", text)
	}
	t.name, rest = strings.ToLower(rest[:n]), rest[n:]
	for {
		rest = strings.TrimLeft(rest, " \t\n")
		switch {
		case strings.HasPrefix(rest, "/>"):
			t.self = true
			return t, rest[2:], nil
		case strings.HasPrefix(rest, ">"):
			t.self = void[t.name]
			return t, rest[1:], nil
		case rest == "":
			return t, "", fmt.Errorf("%s is not closed", t.name)
		}
		a, after, err := attribute(rest)
		if err != nil {
			return t, "", fmt.Errorf("%s: %w", t.name, err)
		}
		t.attrs, rest = append(t.attrs, a), after
	}
}

func attribute(text string) (attr, string, error) {
	n := strings.IndexAny(text, "= \t\n/>")
	if n <= 0 {
		return attr{}, "", fmt.Errorf("no attribute at %.40q", text)
	}
	name, rest := strings.ToLower(text[:n]), text[n:]
	if !strings.HasPrefix(rest, "=") {
		return attr{name: name}, rest, nil
	}
	if !strings.HasPrefix(rest, `="`) {
		return attr{}, "", fmt.Errorf("attribute %s has no quotes", name)
	}
	value, rest, ok := strings.Cut(rest[2:], `"`)
	if !ok {
		return attr{}, "", fmt.Errorf("attribute %s does not end", name)
	}
	return attr{name, html.UnescapeString(value)}, rest, nil
}
