package condition

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Kind is what sort of thing is needed.
type Kind string

// The kinds.
const (
	Time      Kind = "time"
	Timetable Kind = "timetable"
	Budget    Kind = "budget"
	Material  Kind = "material"
	Skill     Kind = "skill"
	Mandate   Kind = "mandate"
)

// Kinds are all kinds, in the order in which they are offered.
var Kinds = []Kind{Time, Timetable, Budget, Material, Skill, Mandate}

// Words are what the group says that it needs.
type Words struct {
	Kind       Kind
	Text       string
	Essential  bool       // the plan cannot do without
	SharedTime bool       // a fixed hour for all in the timetable
	By         clock.Date // when it is needed; "" without a day
}

// Condition is one thing that is needed, with how it stands.
type Condition struct {
	ID           string
	TrajectoryID string
	Words
	State      State
	AskedID    string     // who is asked for it
	AnsweredBy string     // who promised, refused or put it off
	Due        clock.Date // of a promise: by when; of later: when it is looked at again
	OpenSince  clock.Date // "" while it is promised or kept
	Step       int        // number of the latest step
	Version    int        // of the words
	MadeBy     string
	MadeAt     time.Time
	RemovedBy  string
	RemovedAt  time.Time // zero while it stands
}

// Bounds of texts, in characters, and how many conditions one trajectory holds.
const (
	maxText = 300
	maxSaid = 600
	most    = 60
)

// Check refuses words that cannot be kept.
func (w Words) Check() error {
	var refused []error
	if !slices.Contains(Kinds, w.Kind) {
		refused = append(refused, errs.Invalid("condition.kind_choose").On("kind"))
	}
	if strings.TrimSpace(w.Text) == "" {
		refused = append(refused, errs.Invalid("condition.text_empty").On("text"))
	}
	refused = append(refused, fits("text", w.Text, maxText), aDay("by", w.By))
	return errs.Join(refused...)
}

// body is how words are kept in versions; what is empty is left out, so that two bodies
// with the same words are the same.
func (w Words) body() writing.Body {
	b := writing.Body{"kind": string(w.Kind), "text": strings.TrimSpace(w.Text)}
	for name, is := range map[string]bool{"essential": w.Essential, "shared_time": w.SharedTime} {
		if is {
			b[name] = "yes"
		}
	}
	if w.By != "" {
		b["by"] = string(w.By)
	}
	return b
}

// WordsOf reads words back from one of their versions.
func WordsOf(b writing.Body) Words {
	return Words{Kind: Kind(b["kind"]), Text: b["text"], Essential: b["essential"] != "", SharedTime: b["shared_time"] != "", By: clock.Date(b["by"])}
}

func fits(field, text string, most int) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n > most {
		return errs.Invalid("form.too_long_max", "max", most).On(field)
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
