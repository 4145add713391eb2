package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Plan is the plan of one trajectory, as it is being written.
type Plan struct {
	TrajectoryID string
	Head         Head
	State        State
	Standing     int // number of the version in force; 0 while none is
	Revision     int // goes up with every change to anything in the plan
	Version      int // of the head's text; 0 before its first words
	DiscussedAt  time.Time
	PutUpAt      time.Time
	SettledAt    time.Time
	MadeBy       string
	MadeAt       time.Time
}

// Begun reports whether anybody wrote anything yet.
func (p Plan) Begun() bool { return p.TrajectoryID != "" }

// State is where a plan stands on its way.
type State string

// The states of a plan, in their order.
const (
	Concept    State = "concept"
	Discussed  State = "discussed"
	ToDecision State = "to_decision"
	Settled    State = "settled"
)

// Step is one point of the way from concept to settled.
type Step struct {
	State State
	At    time.Time // zero while the plan has not been there
	Done  bool      // passed
	Now   bool
}

// Steps is the way of the plan, for the stepper on its page.
func (p Plan) Steps() []Step {
	steps := []Step{
		{State: Concept, At: p.MadeAt}, {State: Discussed, At: p.DiscussedAt},
		{State: ToDecision, At: p.PutUpAt}, {State: Settled, At: p.SettledAt},
	}
	now := max(0, slices.IndexFunc(steps, func(s Step) bool { return s.State == p.State }))
	for i := range steps {
		steps[i].Done, steps[i].Now = i < now, i == now
		if i > now {
			steps[i].At = time.Time{}
		}
	}
	return steps
}

// Head is the plan's own text.
type Head struct {
	Why      string   // why this plan
	Keep     string   // what goes well now, and stays
	Strategy Strategy // with a few first, or with everybody
	With     string   // who begins
	Detail   Detail   // how exactly it says what people do
}

// Strategy is with whom a team begins.
type Strategy string

// The strategies; "" while nobody chose.
const (
	Pilot Strategy = "pilot"
	Whole Strategy = "whole"
)

// Detail is how exactly a plan says what people do.
type Detail string

// The details; "" while nobody chose.
const (
	MainLines Detail = "main_lines"
	InDetail  Detail = "in_detail"
)

// Bounds of texts, in characters.
const (
	maxWhy      = 4000
	maxSentence = 300
	maxLink     = 600 // one link of a chain
	maxShort    = 120
	maxReason   = 600
)

// Check refuses a head that cannot be kept. An empty one is fine: a plan grows.
func (h Head) Check() error {
	return errs.Join(
		fits("why", h.Why, maxWhy), fits("keep", h.Keep, maxWhy), fits("with", h.With, maxSentence),
		oneOf("strategy", string(h.Strategy), "", string(Pilot), string(Whole)),
		oneOf("detail", string(h.Detail), "", string(MainLines), string(InDetail)),
	)
}

func (h Head) body() writing.Body {
	return words("why", h.Why, "keep", h.Keep, "strategy", string(h.Strategy), "with", h.With, "detail", string(h.Detail))
}

// HeadOf reads a head back from the words of one of its versions.
func HeadOf(b writing.Body) Head {
	return Head{Why: b["why"], Keep: b["keep"], Strategy: Strategy(b["strategy"]), With: b["with"], Detail: Detail(b["detail"])}
}

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

func oneOf(field, value string, allowed ...string) error {
	if !slices.Contains(allowed, value) {
		return errs.Invalid("form.choice").On(field)
	}
	return nil
}

// aDay refuses what is no day. No day at all is fine.
func aDay(field string, d clock.Date) error {
	if d == "" {
		return nil
	}
	if _, err := clock.ParseDate(string(d)); err != nil {
		return errs.Invalid("form.date").On(field)
	}
	return nil
}

// reasoned returns a reason that can be kept, or refuses with the key that asks for it.
func reasoned(field, text, key string, most int) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) < 3 {
		return "", errs.Invalid(key).On(field)
	}
	return text, fits(field, text, most)
}

func byKindAndPlace(a, b Entry) int {
	return cmp.Or(cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)), cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
}
