package monitor

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Moment is a few minutes in which the group looks how it goes.
type Moment struct {
	ID        string
	VisitID   string
	On        clock.Date // the day that was planned
	Question  string     // "" for the question of the method
	Minutes   int
	How       How
	State     State
	Word      string     // why it was skipped
	HeldOn    clock.Date // "" until it is held
	Told      Telling
	Version   int // of the plan for the moment
	TellingAt int // version of the telling; 0 before it is held
	MadeAt    time.Time
}

// Day is the day on which a moment stands in a line: held, else planned.
func (m Moment) Day() clock.Date {
	if m.HeldOn != "" {
		return m.HeldOn
	}
	return m.On
}

// How is the way of looking.
type How string

// The ways of looking. Whichever it is, the group can count as well.
const (
	ByCount       How = "count"
	ByObservation How = "observation"
	ByPupils      How = "pupils"
)

// Hows are all ways, in the order in which they are offered.
var Hows = []How{ByCount, ByObservation, ByPupils}

// State is where a moment stands.
type State string

// The states of a moment.
const (
	Planned State = "planned"
	Held    State = "held"
	Skipped State = "skipped"
)

// Bounds of a moment.
const (
	// DefaultMinutes is what a moment takes when nobody says otherwise.
	DefaultMinutes = 5
	mostMinutes    = 60
	maxQuestion    = 200
	maxWord        = 200
	mostMoments    = 120
	farthest       = 400 // days ahead
)

// NewMoment is a moment to plan, or the new plan for one.
type NewMoment struct {
	On       clock.Date
	Question string
	Minutes  int // DefaultMinutes when nought
	How      How // ByCount when empty
}

// Check refuses a day that cannot be planned, and a moment that is no short one.
func (n NewMoment) Check(today clock.Date) error {
	n = n.clean()
	var refused []error
	if n.On < today || today.Days(n.On) > farthest {
		refused = append(refused, errs.Invalid("monitor.when").On("on"))
	}
	if n.Minutes < 1 || n.Minutes > mostMinutes {
		refused = append(refused, errs.Invalid("monitor.minutes", "most", mostMinutes).On("minutes"))
	}
	if !slices.Contains(Hows, n.How) {
		refused = append(refused, errs.Invalid("form.choose").On("how"))
	}
	return errs.Join(append(refused, fits("question", n.Question, maxQuestion))...)
}

func (n NewMoment) clean() NewMoment {
	n.Question = strings.TrimSpace(n.Question)
	if n.Minutes == 0 {
		n.Minutes = DefaultMinutes
	}
	if n.How == "" {
		n.How = ByCount
	}
	return n
}

// words are the plan for a moment as its versions keep it.
func (n NewMoment) words() writing.Body {
	return writing.Body{"on": string(n.On), "question": n.Question, "minutes": strconv.Itoa(n.Minutes), "how": string(n.How)}
}

// skip is a moment that the group lets go, with a word. One that was held stays held.
func (m Moment) skip(word string) (Moment, error) {
	word = strings.TrimSpace(word)
	if m.State == Held {
		return m, errs.Invalid("monitor.is_held")
	}
	if utf8.RuneCountInString(word) < 2 {
		return m, errs.Invalid("monitor.skip_word").On("word")
	}
	if err := fits("word", word, maxWord); err != nil {
		return m, err
	}
	m.State, m.Word = Skipped, word
	return m, nil
}

// hold is a moment after the group told what it saw. The first time says on which day; a
// correction keeps that day unless another one is given.
func (m Moment) hold(t Telling, today clock.Date) (Moment, error) {
	day := t.On
	if day == "" {
		day = m.HeldOn
	}
	if day == "" {
		day = today
	}
	if day > today {
		return m, errs.Invalid("monitor.held_later").On("on")
	}
	t.On = day
	m.State, m.Word, m.HeldOn, m.Told = Held, "", day, t
	return m, nil
}
