// Package errs names the few ways in which an act can be refused.
//
// A refusal is a text key with values; the sentence is made at the edge, in the
// language of the person. The domain knows neither HTTP nor language. What is
// not allowed is absent: the two are the same value on purpose, so that no
// caller can tell them apart.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of refusal an error is. The edge turns it into a status.
type Kind int

// The kinds of refusal. Anything without a kind is Internal.
const (
	KindInternal    Kind = iota // a fault of ours
	KindInvalid                 // the input cannot be accepted as it is
	KindAbsent                  // not there, or not for this person
	KindConflict                // somebody else was first
	KindLimited                 // too often, wait
	KindUnavailable             // we cannot write or read now
)

func (k Kind) String() string {
	return [...]string{"internal", "invalid", "absent", "conflict", "limited", "unavailable"}[k]
}

// Field is one refusal with the form field that it belongs to ("" for the form as a whole).
type Field struct {
	Name string // field name of the form or JSON body
	Key  string // text key
	Args []any  // name, value pairs for the text
}

// Error is a refusal that may be shown to the person who asked.
type Error struct {
	Kind   Kind
	Fields []Field // at least one, except for Absent
	cause  error
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Kind.String()
	}
	keys := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		keys[i] = f.Key
		if f.Name != "" {
			keys[i] = f.Name + ": " + f.Key
		}
	}
	return e.Kind.String() + " (" + strings.Join(keys, ", ") + ")"
}

func (e *Error) Unwrap() error { return e.cause }

// On returns the same refusal tied to a form field.
func (e *Error) On(field string) *Error {
	out := *e
	out.Fields = append([]Field(nil), e.Fields...)
	for i := range out.Fields {
		out.Fields[i].Name = field
	}
	return &out
}

func refusal(kind Kind, key string, args []any) *Error {
	return &Error{Kind: kind, Fields: []Field{{Key: key, Args: args}}}
}

// Invalid refuses input; key is the text that tells what is wrong and what to do.
func Invalid(key string, args ...any) *Error { return refusal(KindInvalid, key, args) }

// Conflict tells that the object changed in between.
func Conflict(key string, args ...any) *Error { return refusal(KindConflict, key, args) }

// Limited tells that this was asked too often.
func Limited(key string, args ...any) *Error { return refusal(KindLimited, key, args) }

// Unavailable tells that the house cannot do this now, and why; cause is for the log only.
func Unavailable(key string, cause error) *Error {
	e := refusal(KindUnavailable, key, nil)
	e.cause = cause
	return e
}

// Absent is the one answer for what is not there and what is not allowed.
func Absent() *Error { return &Error{Kind: KindAbsent} }

// Join collects refusals of several fields into one. It returns nil when all are nil.
// An error that is no *Error of kind Invalid wins over the rest and is returned as it is.
func Join(list ...error) error {
	var all *Error
	for _, err := range list {
		if err == nil {
			continue
		}
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindInvalid {
			return err
		}
		if all == nil {
			all = &Error{Kind: KindInvalid}
		}
		all.Fields = append(all.Fields, e.Fields...)
	}
	if all == nil {
		return nil
	}
	return all
}

// KindOf returns the kind of the first refusal in the chain of err.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Is reports whether err is a refusal of the given kind. A nil error is of no kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// IsAbsent reports whether err says: not there, or not for you.
func IsAbsent(err error) bool { return Is(err, KindAbsent) }

// FieldsOf returns the refused fields of err, or nil.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// Because wraps err with what was tried; what names acts and ids, never content.
func Because(err error, what string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(what, args...), err)
}
