package markup

import (
	"fmt"
	"strings"
)

// Check gives the faults of a page or a piece of one, none when it is right.
func Check(text string) []string {
	all, err := tokens(text)
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{ids: map[string]int{}, labelled: map[string]bool{}}
	for _, t := range all {
		switch {
		case t.name == "":
			c.words(t.text)
		case t.end:
			c.close(t)
		default:
			c.open(t)
		}
	}
	for _, left := range c.stack {
		c.fault("%s is never closed", left.name)
	}
	c.references()
	return c.faults
}

type checker struct {
	stack      []*element
	faults     []string
	ids        map[string]int
	labelled   map[string]bool // ids that a label is for
	wants      []reference
	namelessly []field // fields that must have a label by the end
}

// element is one that is still open.
type element struct {
	token
	hasName bool // something in it can be read out
}

type reference struct{ from, id string }
type field struct{ what, id string }

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *checker) parent() string {
	if len(c.stack) == 0 {
		return ""
	}
	return c.stack[len(c.stack)-1].name
}

// inside gives the nearest open element of one of these names.
func (c *checker) inside(names map[string]bool) *element {
	for i := len(c.stack) - 1; i >= 0; i-- {
		if names[c.stack[i].name] {
			return c.stack[i]
		}
	}
	return nil
}

func (c *checker) open(t token) {
	c.attributes(t)
	c.nesting(t)
	c.policy(t)
	c.naming(t)
	if !t.self {
		c.stack = append(c.stack, &element{token: t})
	}
}

func (c *checker) close(t token) {
	if len(c.stack) == 0 || c.parent() != t.name {
		c.fault("</%s> closes %q", t.name, c.parent())
		return
	}
	e := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	if mustHaveName[e.name] && !e.hasName && !e.has("aria-label") && !e.has("aria-labelledby") {
		c.fault("%s has nothing that can be read out", describe(e.token))
	}
}

// words are read out for every element they stand in, unless one of those is hidden.
func (c *checker) words(text string) {
	if strings.TrimSpace(text) != "" {
		c.nameOpen()
	}
}

func (c *checker) nameOpen() {
	for i := len(c.stack) - 1; i >= 0; i-- {
		if v, _ := c.stack[i].get("aria-hidden"); v == "true" {
			return
		}
		c.stack[i].hasName = true
	}
}

func (c *checker) attributes(t token) {
	seen := map[string]bool{}
	for _, a := range t.attrs {
		if seen[a.name] {
			c.fault("%s has %s twice", describe(t), a.name)
		}
		seen[a.name] = true
		switch a.name {
		case "id":
			if c.ids[a.value]++; c.ids[a.value] == 2 {
				c.fault("id %q is there more than once", a.value)
			}
			if a.value == "" || strings.ContainsAny(a.value, " \t\n") {
				c.fault("%s: an id is one word", describe(t))
			}
		case "for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list":
			for id := range strings.FieldsSeq(a.value) {
				c.wants = append(c.wants, reference{describe(t) + " " + a.name, id})
			}
			if a.name == "for" {
				c.labelled[a.value] = true
			}
		case "href":
			if id, ok := strings.CutPrefix(a.value, "#"); ok && id != "" {
				c.wants = append(c.wants, reference{describe(t) + " href", id})
			}
		}
	}
}

func (c *checker) references() {
	for _, w := range c.wants {
		if c.ids[w.id] == 0 {
			c.fault("%s: there is no id %q", w.from, w.id)
		}
	}
	for _, f := range c.namelessly {
		if f.id == "" || !c.labelled[f.id] {
			c.fault("%s has no label", f.what)
		}
	}
}

// describe names an element by what tells it from others.
func describe(t token) string {
	for _, name := range []string{"id", "name", "class", "href"} {
		if v, ok := t.get(name); ok && v != "" {
			return fmt.Sprintf("%s[%s=%s]", t.name, name, v)
		}
	}
	return t.name
}
