package agreement

import (
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// filling is what stands in the fields of one form: as it was typed when the form came
// back, else as it was being typed, else as it is kept.
type filling struct {
	r     *room.Request
	form  string // its name, so that a page can have several
	id    string // before the ids of its fields while it did not come back
	draft writing.Body
	kept  writing.Body
}

// back reports whether this is the form that came back.
func (f filling) back() bool {
	return f.r.Err != nil && f.r.Typed != nil && f.r.Typed.Typed("form") == f.form
}

// open reports whether there is something in it that is not kept yet.
func (f filling) open() bool { return f.back() || len(f.draft) > 0 }

func (f filling) value(name string) string {
	if f.back() && f.r.Typed.Has(name) {
		return f.r.Typed.Typed(name)
	}
	if v, ok := f.draft[name]; ok {
		return v
	}
	return f.kept[name]
}

// stands is what is kept, when the field shows something else: what two people wrote is
// seen side by side before one of them saves.
func (f filling) stands(name string) string {
	if kept := f.kept[name]; f.open() && kept != f.value(name) {
		return kept
	}
	return ""
}

func (f filling) error(name string) string {
	if !f.back() {
		return ""
	}
	return f.r.Error(name)
}

// field makes a field of the form. Only the form that came back has the plain ids to which
// the summary of mistakes leads.
func (f filling) field(name, label string) ui.Field {
	x := ui.Field{Name: name, Label: label, Value: f.value(name), Error: f.error(name)}
	if !f.back() {
		x.ID = f.id + name
	}
	return x
}

// set makes a question with options.
func (f filling) set(name, legend string, options []ui.Option) ui.Set {
	at := f.value(name)
	for i := range options {
		options[i].On = options[i].Value == at
	}
	s := ui.Set{Name: name, Legend: legend, Options: options, Error: f.error(name), Wide: true}
	if !f.back() {
		s.ID = f.id + name
	}
	return s
}

// hidden are the values that go along unseen.
func (f filling) hidden(pairs ...ui.Pair) []ui.Pair {
	return f.r.Hidden(append(pairs, ui.Pair{Name: "form", Value: f.form})...)
}
