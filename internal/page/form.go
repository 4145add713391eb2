package page

import (
	"errors"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/errs"
)

// Limits of any form. The size of the body is limited before it comes here.
const (
	maxFields = 2000
	maxName   = 100
)

// Form is what a person sent. It is for one goroutine.
type Form struct {
	values   url.Values
	files    map[string]File
	asked    map[string]bool
	problems []error
	strict   bool
	broken   bool
}

// Option changes how a form is read.
type Option func(*Form)

// Strict refuses fields that nobody asked for, instead of leaving them.
func Strict() Option { return func(f *Form) { f.strict = true } }

// ReadForm reads the form in the body of a request. A form that cannot be read is
// empty; Err tells why.
func ReadForm(r *http.Request, options ...Option) *Form {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return broken("form.unreadable", options)
	}
	raw, err := io.ReadAll(r.Body)
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return broken("form.too_big", options)
	case err != nil:
		return broken("form.unreadable", options)
	}
	return parse(string(raw), options)
}

// ReadQuery reads the values behind the question mark.
func ReadQuery(r *http.Request, options ...Option) *Form { return parse(r.URL.RawQuery, options) }

func parse(raw string, options []Option) *Form {
	if strings.Count(raw, "&") >= maxFields {
		return broken("form.too_many_fields", options)
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return broken("form.unreadable", options)
	}
	return NewForm(values, options...)
}

func broken(key string, options []Option) *Form {
	f := NewForm(nil, options...)
	f.Refuse("", key)
	f.broken = true
	return f
}

// Broken reports a form that did not arrive whole: nothing of it could be read.
func (f *Form) Broken() bool { return f.broken }

// NewForm is a form of values that were read elsewhere: the text parts of an upload.
func NewForm(values url.Values, options ...Option) *Form {
	f := &Form{values: url.Values{}, asked: map[string]bool{}}
	for _, o := range options {
		o(f)
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // refusals come in the same order each time
	for _, name := range names {
		if len(name) > maxName || !readable(name) {
			f.Refuse("", "form.unreadable")
			continue
		}
		f.values[name] = values[name]
		if !slices.ContainsFunc(values[name], func(v string) bool { return !readable(v) }) {
			continue
		}
		f.Refuse(name, "form.characters")
	}
	return f
}

func readable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// Refuse notes that a field cannot be accepted; an empty name is the form as a whole.
func (f *Form) Refuse(field, key string, args ...any) {
	f.problems = append(f.problems, errs.Invalid(key, args...).On(field))
}

// Err returns all that cannot be accepted, or nil. It is asked for after the fields.
func (f *Form) Err() error {
	problems := f.problems
	if f.strict {
		for _, name := range f.Names() {
			if !f.asked[name] {
				problems = append(problems, errs.Invalid("form.unknown").On(name))
			}
		}
	}
	return errs.Join(problems...)
}

// Names lists the fields that were sent.
func (f *Form) Names() []string {
	out := make([]string, 0, len(f.values))
	for name := range f.values {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Keyed are the fields of which a form has one for each of a list, in a fixed order: the key of the
// thing, and the name of its field, which is the kind, a dash and the key.
func (f *Form) Keyed(kind string) iter.Seq2[string, string] {
	return func(yield func(key, name string) bool) {
		for _, name := range f.Names() {
			if key, ok := strings.CutPrefix(name, kind+"-"); ok && !yield(key, name) {
				return
			}
		}
	}
}

// Has reports whether the field was sent, also when it is empty.
func (f *Form) Has(name string) bool {
	f.asked[name] = true
	return len(f.values[name]) > 0
}

// Typed is what the person typed in a field, to be shown again.
func (f *Form) Typed(name string) string {
	if v := f.values[name]; len(v) > 0 {
		return strings.ToValidUTF8(strings.ReplaceAll(v[0], "\x00", ""), "\ufffd")
	}
	return ""
}

// Chosen reports whether value is among those sent for a list, to be shown again.
func (f *Form) Chosen(name, value string) bool { return slices.Contains(f.values[name], value) }

// one is the only value of a field.
func (f *Form) one(name string) string {
	f.asked[name] = true
	v := f.values[name]
	if len(v) > 1 {
		f.Refuse(name, "form.twice")
	}
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

// short refuses a text of more than limit characters.
func (f *Form) short(name, s string, limit int) string {
	if n := utf8.RuneCountInString(s); n > limit {
		f.Refuse(name, "form.too_long", "n", n, "max", limit)
	}
	return s
}
