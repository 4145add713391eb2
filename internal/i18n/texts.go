package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"

	"leerkring/internal/clock"
)

// Words are the words of a sector in one language: leerling → student.
type Words map[string]string

// Texts is the catalog as one person sees it. It does not change and is safe for use
// by many goroutines.
type Texts struct {
	c     *Catalog
	l     *lang
	words Words
	zone  *time.Location
}

// Texts returns the texts in a language (Default when there is no such language), with
// the words of a sector, in the time of zone (Amsterdam when nil).
func (c *Catalog) Texts(language string, words Words, zone *time.Location) *Texts {
	l := c.langs[0]
	for _, x := range c.langs {
		if x.name == language {
			l = x
		}
	}
	if zone == nil {
		zone = clock.Zone("")
	}
	return &Texts{c: c, l: l, words: words, zone: zone}
}

// Lang is the language of these texts.
func (t *Texts) Lang() string { return t.l.name }

// Zone is the zone in which times are shown.
func (t *Texts) Zone() *time.Location { return t.zone }

// Has reports whether there is a text with this key.
func (t *Texts) Has(key string) bool {
	_, ok := t.l.files[key]
	return ok
}

// T returns the text with this key. args are names and values in turn; the whole
// number n chooses the plural form. Values may be strings, numbers, days and times.
func (t *Texts) T(key string, args ...any) string {
	if x, ok := t.l.one[key]; ok {
		if x.parts == nil {
			return x.plain
		}
		return t.fill(x, key, args)
	}
	if f, ok := t.l.many[key]; ok {
		return t.fill(*t.form(f, key, args), key, args)
	}
	t.c.miss(t.l.name + ": key " + key)
	return key
}

func (t *Texts) form(f forms, key string, args []any) *text {
	n, ok := whole(value(args, "n"))
	if !ok {
		t.c.miss(t.l.name + ": key " + key + ": n to choose the plural form")
	}
	if x := f[plural.Cardinal.MatchPlural(t.l.tag, max(n, -n), 0, 0, 0, 0)]; x != nil && ok {
		return x
	}
	return f[plural.Other]
}

// Fill puts words and values into a sentence that is not in the catalog: one of a pack.
// A placeholder without a value stays as it is.
func (t *Texts) Fill(sentence string, args ...any) string {
	x, err := compile(sentence)
	switch {
	case err != nil:
		return sentence // a brace of somebody's own
	case x.parts == nil:
		return x.plain
	}
	return t.fill(x, "", args)
}

func (t *Texts) fill(x text, key string, args []any) string {
	if x.parts == nil {
		return x.plain
	}
	var b strings.Builder
	b.Grow(96)
	for _, p := range x.parts {
		if p.name == "" {
			b.WriteString(p.literal)
			continue
		}
		t.put(&b, p, key, args)
	}
	return b.String()
}

// put writes what a placeholder becomes: a value of the page, else a word of the sector.
func (t *Texts) put(b *strings.Builder, p part, key string, args []any) {
	if p.capital {
		if v := value(args, p.name); v != nil {
			b.WriteString(t.show(v))
			return
		}
	}
	s, ok := t.words[p.low]
	if v := value(args, p.low); v != nil {
		s, ok = t.show(v), true
	}
	switch {
	case !ok:
		if key != "" {
			t.c.miss(t.l.name + ": key " + key + ": value {" + p.name + "}")
		}
		b.WriteString("{" + p.name + "}")
	case p.capital:
		capitalise(b, s, t.l.dutch)
	default:
		b.WriteString(s)
	}
}

func value(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if k, ok := args[i].(string); ok && k == name {
			return args[i+1]
		}
	}
	return nil
}

// show writes a value as people of the language write it.
func (t *Texts) show(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case int:
		return t.Number(x)
	case float64:
		return t.Decimal(x, 1)
	case clock.Date:
		return t.Date(x)
	case time.Time:
		return t.Moment(x)
	case []string:
		return t.List(x)
	case fmt.Stringer:
		return x.String()
	}
	if n, ok := whole(v); ok {
		return t.Number(n)
	}
	return fmt.Sprint(v)
}

func whole(v any) (int, bool) {
	switch x := v.(type) {
	case int:
		return x, true
	case int64:
		return int(x), true
	case int32:
		return int(x), true
	case uint:
		return int(x), true
	case string: // a count that was already written out
		n, err := strconv.Atoi(x)
		return n, err == nil
	}
	return 0, false
}
