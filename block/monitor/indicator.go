package monitor

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
	"leerkring/writing"
)

// Kind is what an indicator tells about.
type Kind string

// The kinds of indicator, in the order in which change goes.
const (
	CarriedOut Kind = "carried_out" // we do what we meant to do
	Mechanism  Kind = "mechanism"   // pupils then do something differently
	Result     Kind = "result"      // it shows in what comes of it
	Condition  Kind = "condition"   // what is needed was there
)

// Kinds are all kinds, in that order.
var Kinds = []Kind{CarriedOut, Mechanism, Result, Condition}

// Indicator is one thing that the group follows together.
type Indicator struct {
	ID       string
	Kind     Kind
	Body     string
	Unit     string // what is counted: lessons, mornings, classes
	Position int
	Version  int
	MadeBy   string
	MadeAt   time.Time
	Retired  time.Time // zero while it is followed
}

// Stands reports whether the indicator is still followed.
func (i Indicator) Stands() bool { return i.Retired.IsZero() }

// Bounds of indicators: more than eight is no five minutes any more.
const (
	mostIndicators = 8
	maxIndicator   = 140
	maxUnit        = 24
)

// NewIndicator is an indicator to follow, or the new words of one.
type NewIndicator struct {
	Kind Kind
	Body string
	Unit string
}

// Check refuses an indicator without words or of no known kind.
func (n NewIndicator) Check() error {
	var refused []error
	if !slices.Contains(Kinds, n.Kind) {
		refused = append(refused, errs.Invalid("form.choose").On("kind"))
	}
	if utf8.RuneCountInString(strings.TrimSpace(n.Body)) < 3 {
		refused = append(refused, errs.Invalid("monitor.indicator_empty").On("body"))
	}
	return errs.Join(append(refused, fits("body", n.Body, maxIndicator), fits("unit", n.Unit, maxUnit))...)
}

func (n NewIndicator) clean() NewIndicator {
	return NewIndicator{Kind: n.Kind, Body: strings.TrimSpace(n.Body), Unit: strings.TrimSpace(n.Unit)}
}

func (n NewIndicator) words() writing.Body {
	return writing.Body{"kind": string(n.Kind), "body": n.Body, "unit": n.Unit}
}

// fits refuses a text that is longer than its place.
func fits(field, text string, limit int) error {
	if utf8.RuneCountInString(text) > limit {
		return errs.Invalid("form.too_long_max", "max", limit).On(field)
	}
	return nil
}
