package agreement

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// Kind is for whom an agreement leaves room.
type Kind string

// The kinds.
const (
	Core Kind = "core" // what everybody does
	Room Kind = "room" // own choice
)

// Kinds are both, in the order of the page.
var Kinds = []Kind{Core, Room}

// State is where an agreement stands.
type State string

// The states.
const (
	Proposed State = "proposed"
	Standing State = "standing"
	Retired  State = "retired"
)

// Kept is how it went with an agreement, as the group says at a later hour.
type Kept string

// How it went; "" when it was not asked yet.
const (
	KeptMet    Kept = "met"
	KeptPartly Kept = "partly"
	KeptOpen   Kept = "open"
)

// AllKept are all answers, in the order in which they are offered.
var AllKept = []Kept{KeptMet, KeptPartly, KeptOpen}

// Agreement is one thing that a team always does.
type Agreement struct {
	ID        string
	MeetingID string // the hour in which it was settled; "" when it was written on the page
	Kind      Kind
	Body      string
	Quality   string // when it is done well
	State     State
	OnPage    bool // it stands on the one page
	Position  int
	Version   int
	MadeBy    string
	MadeAt    time.Time
	Since     clock.Date // standing since
	RetiredOn clock.Date
	Kept      Kept // the newest answer to how it went
	KeptOn    clock.Date
}

func (a Agreement) ref() why.Ref { return why.Ref{Kind: "agreement", ID: a.ID} }

func (a Agreement) text() writing.Ref { return writing.Ref{Kind: "agreement", ID: a.ID} }

// Bounds of agreements: what stands on the page stays on one A4.
const (
	mostCore    = 7
	mostRoom    = 5
	mostAll     = 200
	maxBody     = 90
	maxAgreed   = 240 // said in an hour; shortened before it goes on the page
	maxQuality  = 40
	maxReason   = 160
	leastLetter = 3
)

// Line is an agreement to propose, or the new words of one.
type Line struct {
	Kind    Kind
	Body    string
	Quality string
}

func (l Line) clean() Line {
	return Line{Kind: l.Kind, Body: strings.TrimSpace(l.Body), Quality: strings.TrimSpace(l.Quality)}
}

// Check refuses an agreement without words, of no known kind, or too long for its place.
func (l Line) Check(onPage bool) error {
	limit := maxAgreed
	if onPage {
		limit = maxBody
	}
	var refused []error
	if !slices.Contains(Kinds, l.Kind) {
		refused = append(refused, errs.Invalid("form.choose").On("kind"))
	}
	if utf8.RuneCountInString(strings.TrimSpace(l.Body)) < leastLetter {
		refused = append(refused, errs.Invalid("agreement.line_empty").On("body"))
	}
	return errs.Join(append(refused, fits("body", l.Body, limit), fits("quality", l.Quality, maxQuality))...)
}

func (l Line) words() writing.Body {
	return writing.Body{"kind": string(l.Kind), "body": l.Body, "quality": l.Quality}
}

// LineOf reads an agreement's words back from one of its versions.
func LineOf(b writing.Body) Line {
	return Line{Kind: Kind(b["kind"]), Body: b["body"], Quality: b["quality"]}
}

// fits refuses a text that is longer than its place.
func fits(field, text string, limit int) error {
	if utf8.RuneCountInString(text) > limit {
		return errs.Invalid("form.too_long_max", "max", limit).On(field)
	}
	return nil
}

// hasRoom refuses one more line of a kind on the page when that half is full.
func hasRoom(all []Agreement, k Kind, without string) error {
	n := 0
	for _, a := range all {
		if a.OnPage && a.State == Standing && a.Kind == k && a.ID != without {
			n++
		}
	}
	switch {
	case k == Core && n >= mostCore:
		return errs.Invalid("agreement.core_full", "n", mostCore)
	case k == Room && n >= mostRoom:
		return errs.Invalid("agreement.room_full", "n", mostRoom)
	}
	return nil
}
