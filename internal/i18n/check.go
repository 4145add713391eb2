package i18n

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Check finds what one language has and another lacks: keys, plural forms, values.
// words are the names of sector words; a sentence may use those as it likes. Every
// room calls it in a test.
func Check(c *Catalog, words ...string) error {
	var problems []error
	for _, key := range c.keys() {
		problems = append(problems, c.checkKey(key, words)...)
	}
	return errors.Join(problems...)
}

func (c *Catalog) keys() []string {
	all := map[string]bool{}
	for _, l := range c.langs {
		for k := range l.files {
			all[k] = true
		}
	}
	out := make([]string, 0, len(all))
	for k := range all {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (c *Catalog) checkKey(key string, words []string) []error {
	var problems []error
	var first []string
	seen, from := false, ""
	for _, l := range c.langs {
		if _, ok := l.files[key]; !ok {
			problems = append(problems, fmt.Errorf("%s: %s has no text", key, l.name))
			continue
		}
		problems = append(problems, l.checkForms(key)...)
		values := l.values(key, words)
		if !seen {
			seen, first, from = true, values, l.name
		} else if !slices.Equal(first, values) {
			problems = append(problems, fmt.Errorf("%s: %s has the values [%s], %s has [%s]",
				key, from, strings.Join(first, " "), l.name, strings.Join(values, " ")))
		}
	}
	if plurals := c.plurals(key); plurals > 0 && plurals < len(c.langs) && len(problems) == 0 {
		problems = append(problems, fmt.Errorf("%s: a text with plural forms in one language and without in another", key))
	}
	return problems
}

func (c *Catalog) plurals(key string) int {
	n := 0
	for _, l := range c.langs {
		if _, ok := l.many[key]; ok {
			n++
		}
	}
	return n
}

// checkForms asks for every plural form that the language uses for small numbers.
func (l *lang) checkForms(key string) []error {
	f, ok := l.many[key]
	if !ok {
		return nil
	}
	var problems []error
	needed := map[plural.Form]bool{}
	for n := range 200 {
		needed[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)] = true
	}
	for form, name := range []string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"} {
		switch has := f[form] != nil; {
		case !has && needed[plural.Form(form)]:
			problems = append(problems, fmt.Errorf("%s: %s lacks the plural form %s", key, l.name, name))
		case has && !needed[plural.Form(form)]:
			problems = append(problems, fmt.Errorf("%s: %s never uses the plural form %s", key, l.name, name))
		}
	}
	return problems
}

// values lists what the page must give to the text, in all its forms together. The
// number n counts as given: a form may write it out.
func (l *lang) values(key string, words []string) []string {
	var names []string
	add := func(t text) {
		for _, n := range t.names() {
			if !slices.Contains(words, n) && n != "n" {
				names = append(names, n)
			}
		}
	}
	if x, ok := l.one[key]; ok {
		add(x)
		if slices.Contains(x.names(), "n") {
			names = append(names, "n")
		}
	}
	for _, x := range l.many[key] {
		if x != nil {
			add(*x)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
