package room

import (
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/web/ui"
)

// Say makes the sentence of one refused field.
func (r *Request) Say(f errs.Field) string { return r.T.T(f.Key, f.Args...) }

// Error returns the sentence for a field of the form that came back, or "".
func (r *Request) Error(field string) string {
	for _, f := range errs.FieldsOf(r.Err) {
		if f.Name == field {
			return r.Say(f)
		}
	}
	return ""
}

// Mistakes are all refused fields, for the summary on top of a form.
func (r *Request) Mistakes() []ui.Mistake {
	var out []ui.Mistake
	for _, f := range errs.FieldsOf(r.Err) {
		id := "main"
		if f.Name != "" {
			id = "f-" + f.Name
		}
		out = append(out, ui.Mistake{Field: id, Text: r.Say(f)})
	}
	return out
}

// Was returns what stood in a field: what was typed when the form came back, else what
// is kept.
func (r *Request) Was(field, kept string) string {
	if r.Err != nil && r.Typed != nil && r.Typed.Has(field) {
		return r.Typed.Typed(field)
	}
	return kept
}

// Field makes a field of a form, with its sentence when it was refused. kept is the
// value that is known.
func (r *Request) Field(name, labelKey, kept string) ui.Field {
	return ui.Field{Name: name, Label: r.T.T(labelKey), Value: r.Was(name, kept), Error: r.Error(name)}
}

// Key is the hidden field by which a form that is sent twice is done once.
func (r *Request) Key() ui.Pair { return ui.Pair{Name: "idempotency_key", Value: ident.Code(20)} }

// Hidden are the hidden fields of a form: the key, and what the page adds.
func (r *Request) Hidden(pairs ...ui.Pair) []ui.Pair { return append([]ui.Pair{r.Key()}, pairs...) }

// WasOn reports whether a box of a list was ticked: as typed when the form came back,
// else as it is kept.
func (r *Request) WasOn(field, value string, kept bool) bool {
	if r.Err != nil && r.Typed != nil {
		return r.Typed.Chosen(field, value)
	}
	return kept
}
