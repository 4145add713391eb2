package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// classes joins class names and leaves out empty ones.
func classes(names ...string) string {
	kept := names[:0:0]
	for _, n := range names {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}

// when gives a class only if a condition holds.
func when(yes bool, class string) string {
	if yes {
		return class
	}
	return ""
}

// variant is a class with a modifier, such as "btn--sm"; none for an empty one.
func variant[S ~string](block string, modifier S) string {
	if modifier == "" {
		return ""
	}
	return block + "--" + string(modifier)
}

// optional is an attribute that is left out when it would be empty.
func optional(name, value string) templ.Attributes {
	if value == "" {
		return nil
	}
	return templ.Attributes{name: value}
}

// class is the attribute for classes of which none may hold.
func class(names ...string) templ.Attributes { return optional("class", classes(names...)) }

// ids joins the ids of what describes a field; empty when nothing does.
func ids(list ...string) string { return classes(list...) }
