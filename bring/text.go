package bring

import (
	"strings"
	"unicode/utf8"
)

// fitted is what of a card fits in the place that it gets.
type fitted struct {
	text  string
	all   bool // nothing was left off
	cut   bool // not even the name fits
	steps bool // its checklist is in it, or there is none
}

// title is the name of a card; one that says next to nothing is told by its list.
func title(c Card, l List) string {
	name := c.Name
	if utf8.RuneCountInString(name) < leastLetters && l.Name != "" && name != "" {
		name = l.Name + ": " + name
	}
	if utf8.RuneCountInString(name) < leastLetters {
		return ""
	}
	return name
}

// fits puts in one line what a card says: its name, and as much as fits of what else it holds.
// What is put in is put in whole.
func fits(c Card, l List, most int) fitted {
	out := fitted{text: title(c, l), all: true, steps: true}
	if long(out.text, most) {
		return fitted{text: cut(out.text, most), cut: true, steps: len(c.Steps) == 0}
	}
	add := func(s string) bool {
		if s == "" {
			return true
		}
		if long(out.text+s, most) {
			out.all = false
			return false
		}
		out.text += s
		return true
	}
	if said := line(c.Text); said != "" {
		add(" – " + said)
	}
	out.steps = add(steps(c.Steps, " "))
	if len(c.Labels) > 0 {
		add(" [" + strings.Join(c.Labels, ", ") + "]")
	}
	for _, k := range c.Links {
		add(" " + k)
	}
	out.all = out.all && len(c.People) < 2
	return out
}

// steps are the lines of a checklist with what was done of it.
func steps(list []Step, before string) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(before)
		if s.Done {
			b.WriteString("☑ ")
		} else {
			b.WriteString("☐ ")
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

// whole is all that a card says, to be copied by hand.
func (c Card) whole() string {
	parts := []string{c.Name, c.Text, strings.TrimPrefix(steps(c.Steps, "\n"), "\n")}
	if len(c.People) > 0 {
		parts = append(parts, strings.Join(c.People, ", "))
	}
	if len(c.Labels) > 0 {
		parts = append(parts, "["+strings.Join(c.Labels, ", ")+"]")
	}
	parts = append(parts, strings.Join(c.Links, "\n"))
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return cut(strings.Join(out, "\n"), 4*maxText)
}
