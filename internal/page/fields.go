package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/ident"
)

// Every field that was not sent, or sent empty, is the zero value of its type without
// a refusal: whether that is enough is for the rule of the room to say.

// Line is one line of text of at most limit characters.
func (f *Form) Line(name string, limit int) string {
	return f.short(name, CleanLine(f.one(name)), limit)
}

// Text is text of several lines, of at most limit characters.
func (f *Form) Text(name string, limit int) string {
	return f.short(name, CleanText(f.one(name)), limit)
}

// Int is a whole number from lowest to highest.
func (f *Form) Int(name string, lowest, highest int) int {
	s := strings.TrimSpace(f.one(name))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		f.Refuse(name, "form.number")
	case n < lowest || n > highest:
		f.Refuse(name, "form.between", "min", lowest, "max", highest)
	default:
		return n
	}
	return 0
}

// Date is a day: 2026-03-19 as browsers send it, or 19-3-2026 as people type it.
func (f *Form) Date(name string) clock.Date {
	s := CleanLine(f.one(name))
	if s == "" {
		return ""
	}
	if day, err := clock.ParseDate(s); err == nil {
		return day
	}
	typed := strings.NewReplacer("/", "-", ".", "-", " ", "-").Replace(s)
	if t, err := time.Parse("2-1-2006", typed); err == nil {
		if day, err := clock.ParseDate(t.Format(time.DateOnly)); err == nil {
			return day
		}
	}
	f.Refuse(name, "form.date")
	return ""
}

// Clock is a time of day: 15:10 as browsers send it, or 15.10 as people type it. ok is
// false when there is none.
func (f *Form) Clock(name string) (hour, minute int, ok bool) {
	s := CleanLine(f.one(name))
	if s == "" {
		return 0, 0, false
	}
	t, err := time.Parse("15:4", strings.Replace(s, ".", ":", 1))
	if err != nil {
		f.Refuse(name, "form.time")
		return 0, 0, false
	}
	return t.Hour(), t.Minute(), true
}

// Choice is one of the allowed values.
func (f *Form) Choice(name string, allowed ...string) string {
	s := f.one(name)
	if s == "" || slices.Contains(allowed, s) {
		return s
	}
	f.Refuse(name, "form.choice")
	return ""
}

// Bool is a tick box.
func (f *Form) Bool(name string) bool {
	switch f.one(name) {
	case "", "false", "0":
		return false
	case "on", "true", "1":
		return true
	}
	f.Refuse(name, "form.choice")
	return false
}

// ID is the id of a thing. It says nothing about whether the thing exists.
func (f *Form) ID(name string) string {
	s := f.one(name)
	if s == "" || ident.Valid(s) {
		return s
	}
	f.Refuse(name, "form.choice")
	return ""
}

// IDs is a list of at most most ids, each once.
func (f *Form) IDs(name string, most int) []string {
	return f.list(name, most, func(s string) (string, bool) { return s, ident.Valid(s) })
}

// Choices is a list of allowed values, each once.
func (f *Form) Choices(name string, allowed ...string) []string {
	return f.list(name, len(allowed), func(s string) (string, bool) { return s, slices.Contains(allowed, s) })
}

// Lines is a list of at most most lines; empty lines are left out.
func (f *Form) Lines(name string, most, limit int) []string {
	f.asked[name] = true
	var out []string
	for _, v := range f.values[name] {
		if s := f.short(name, CleanLine(v), limit); s != "" {
			out = append(out, s)
		}
	}
	return f.few(name, out, most)
}

func (f *Form) list(name string, most int, accept func(string) (string, bool)) []string {
	f.asked[name] = true
	var out []string
	for _, v := range f.values[name] {
		s, ok := accept(v)
		switch {
		case v == "":
		case !ok:
			f.Refuse(name, "form.choice")
			return nil
		case !slices.Contains(out, s):
			out = append(out, s)
		}
	}
	return f.few(name, out, most)
}

func (f *Form) few(name string, list []string, most int) []string {
	if len(list) > most {
		f.Refuse(name, "form.too_many", "n", len(list), "max", most)
		return nil
	}
	return list
}

// Next is a path of this house to go on to, or "" when the field holds anything else.
func (f *Form) Next(name string) string {
	s := f.one(name)
	if Local(s) {
		return s
	}
	return ""
}
