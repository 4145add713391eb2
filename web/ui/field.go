package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Field is one line or box to write in.
type Field struct {
	Name  string
	ID    string // "f-" and the name when empty; give one where names repeat
	Label string
	Quiet bool   // the label is for screen readers only: the place says it
	Hint  string // under the label
	Error string // a sentence: what is wrong and what to do
	Value string

	Type         string // text when empty: email, date, time, number, url, tel, password, search
	Autocomplete string
	InputMode    string
	Placeholder  string // an example, never the label
	Max          int    // longest text in characters
	Required     bool
	Voice        bool // the person's own words: the serif typeface
	Wide         bool // no longest line length
	Rows         int  // of a box

	Attrs templ.Attributes
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return "f-" + f.Name
}

func (f Field) describedBy() string {
	return ids(when(f.Hint != "", f.id()+"-hint"), when(f.Error != "", f.id()+"-error"))
}

func (f Field) box() string {
	return classes("field", when(f.Error != "", "field--error"), when(f.Wide, "field--wide"))
}

func (f Field) input() string { return classes("input", when(f.Voice, "input--voice")) }

// attrs are the attributes that all kinds of fields share.
func (f Field) attrs() templ.Attributes {
	a := templ.Attributes{}
	for name, value := range f.Attrs {
		a[name] = value
	}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("autocomplete", f.Autocomplete)
	set("inputmode", f.InputMode)
	set("placeholder", f.Placeholder)
	set("aria-describedby", f.describedBy())
	if f.Max > 0 {
		a["maxlength"] = strconv.Itoa(f.Max)
	}
	if f.Required {
		a["aria-required"] = "true"
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	return a
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string { return strconv.Itoa(max(f.Rows, 2)) }

// Option is one thing to choose.
type Option struct {
	Value string
	Text  string
	Note  string // an explanation under it
	Icon  string
	Voice bool // Text is in a person's words
	On    bool
	Group string // heading in a select
}
