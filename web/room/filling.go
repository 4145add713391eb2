package room

import (
	"leerkring/web/ui"
	"leerkring/writing"
)

// Filling is what stands in the fields of one form: as it was typed when the form came
// back, else as it was being typed, else as it is kept.
type Filling struct {
	R     *Request
	Form  string // its name, so that a page can have several
	ID    string // before the ids of its fields while it did not come back
	Draft writing.Body
	Kept  writing.Body
}

// Back reports whether this is the form that came back.
func (f Filling) Back() bool {
	return f.R.Err != nil && f.R.Typed != nil && f.R.Typed.Typed("form") == f.Form
}

// Open reports whether there is something in it that is not kept yet.
func (f Filling) Open() bool { return f.Back() || len(f.Draft) > 0 }

// Value is what a field shows.
func (f Filling) Value(name string) string {
	if f.Back() && f.R.Typed.Has(name) {
		return f.R.Typed.Typed(name)
	}
	if v, ok := f.Draft[name]; ok {
		return v
	}
	return f.Kept[name]
}

// Stands is what is kept, when the field shows something else: what two people wrote is
// seen side by side before one of them saves.
func (f Filling) Stands(name string) string {
	if kept := f.Kept[name]; f.Open() && kept != f.Value(name) {
		return kept
	}
	return ""
}

// Error is what is wrong with a field.
func (f Filling) Error(name string) string {
	if !f.Back() {
		return ""
	}
	return f.R.Error(name)
}

// Field makes a field of the form. Only the form that came back has the plain ids to which
// the summary of mistakes leads.
func (f Filling) Field(name, label string) ui.Field {
	x := ui.Field{Name: name, Label: label, Value: f.Value(name), Error: f.Error(name)}
	if !f.Back() {
		x.ID = f.ID + name
	}
	return x
}

// Set makes a question with options.
func (f Filling) Set(name, legend string, options []ui.Option) ui.Set {
	at := f.Value(name)
	for i := range options {
		options[i].On = options[i].Value == at
	}
	s := ui.Set{Name: name, Legend: legend, Options: options, Error: f.Error(name), Wide: true}
	if !f.Back() {
		s.ID = f.ID + name
	}
	return s
}

// Hidden are the values that go along unseen.
func (f Filling) Hidden(pairs ...ui.Pair) []ui.Pair {
	return f.R.Hidden(append(pairs, ui.Pair{Name: "form", Value: f.Form})...)
}
