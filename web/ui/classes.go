package ui

import "strings"

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

// ids joins the ids of what describes a field; empty when nothing does.
func ids(list ...string) string { return classes(list...) }
