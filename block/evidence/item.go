package evidence

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// Item is one thing that this room keeps: a Source, an Explanation, a Finding or an
// Attempt.
type Item interface {
	Kind() Kind
	Check() error // refuses what cannot be kept
	body() writing.Body
	person() string // whose it is, for the column that is asked for in queries
}

// Kind is what sort of thing it is. Its word is its name in the journal, in the chain of
// why and in the versions of its text.
type Kind string

// The kinds.
const (
	SourceKind      Kind = "evidence"
	ExplanationKind Kind = "explanation"
	FindingKind     Kind = "finding"
	AttemptKind     Kind = "attempt"
)

// Kinds are all kinds, in the order of the page.
var Kinds = []Kind{SourceKind, ExplanationKind, FindingKind, AttemptKind}

// Access is the kind by which the rights know it.
func (k Kind) Access() access.Kind {
	if k == SourceKind || k == AttemptKind {
		return access.Evidence
	}
	return access.Finding
}

// most is how many of a kind one trajectory holds; more is no overview any more.
var most = map[Kind]int{SourceKind: 200, ExplanationKind: 40, FindingKind: 60, AttemptKind: 60}

// ItemOf reads an item back from the words of one of its versions, or of a form.
func ItemOf(k Kind, b writing.Body) Item {
	switch k {
	case SourceKind:
		return SourceOf(b)
	case ExplanationKind:
		return ExplanationOf(b)
	case FindingKind:
		return FindingOf(b)
	default:
		return AttemptOf(b)
	}
}

// BodyOf gives the words of an item as its versions keep them, field name to words.
func BodyOf(item Item) writing.Body { return item.body() }

// entry is an item as it is kept.
type entry struct {
	ID        string
	Kind      Kind
	Version   int
	Item      Item
	MadeBy    string
	MadeAt    time.Time
	SharedBy  string
	SharedAt  time.Time // of a finding; zero while it stays in the group
	RemovedBy string
	RemovedAt time.Time // zero while it stands
}

// ref is its name in the chain of why.
func (e entry) ref() why.Ref { return why.Ref{Kind: string(e.Kind), ID: e.ID} }

func (e entry) text() writing.Ref { return writing.Ref{Kind: string(e.Kind), ID: e.ID} }

// Bounds of texts, in characters.
const (
	maxTitle    = 160
	maxPlace    = 500
	maxSays     = 2000
	maxSentence = 300
	maxText     = 800
	maxLabel    = 300
	maxNote     = 200
)

// words makes a body of names and values; what is empty is left out, so that two bodies
// with the same words are the same.
func words(pairs ...string) writing.Body {
	b := writing.Body{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v := strings.TrimSpace(pairs[i+1]); v != "" {
			b[pairs[i]] = v
		}
	}
	return b
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

func fits(field, text string, most int) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n > most {
		return errs.Invalid("form.too_long_max", "max", most).On(field)
	}
	return nil
}

// says refuses an empty text with the key that asks for it, and one that is too long.
func says(field, text string, most int, empty string) error {
	if strings.TrimSpace(text) == "" {
		return errs.Invalid(empty).On(field)
	}
	return fits(field, text, most)
}

func oneOf[S ~string](field string, value S, allowed []S) error {
	if value != "" && !slices.Contains(allowed, value) {
		return errs.Invalid("form.choice").On(field)
	}
	return nil
}
