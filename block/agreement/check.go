package agreement

import (
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Wanted is whether the team still wants to work like this.
type Wanted string

// The answers, in the order in which they are offered.
const (
	WantedYes     Wanted = "yes"
	WantedChanged Wanted = "changed" // with a change
	WantedNo      Wanted = "no"
)

// AllWanted are all answers.
var AllWanted = []Wanted{WantedYes, WantedChanged, WantedNo}

// Held is a check: is it still done as meant, counted together, and is it still wanted.
type Held struct {
	ID     string
	On     clock.Date
	Yes    int // hands for: yes, that is how we do it
	Almost int // almost, something pinches
	No     int // no, this is over
	Wanted Wanted
	Note   string
	NextOn clock.Date // when to look again
	MadeAt time.Time
}

// Hands is how many were counted.
func (h Held) Hands() int { return h.Yes + h.Almost + h.No }

const (
	mostHands = 999
	maxNote   = 600
)

// Check refuses a check in which nobody was counted and nothing was answered.
func (h Held) Check(today clock.Date) error {
	var refused []error
	for _, x := range []struct {
		field string
		n     int
	}{{"yes", h.Yes}, {"almost", h.Almost}, {"no", h.No}} {
		if x.n < 0 || x.n > mostHands {
			refused = append(refused, errs.Invalid("agreement.hands", "most", mostHands).On(x.field))
		}
	}
	if len(refused) == 0 && h.Hands() == 0 {
		refused = append(refused, errs.Invalid("agreement.no_hands").On("yes"))
	}
	switch h.Wanted {
	case WantedYes, WantedChanged, WantedNo:
	default:
		refused = append(refused, errs.Invalid("form.choose").On("wanted"))
	}
	if h.On > today {
		refused = append(refused, errs.Invalid("agreement.held_later").On("on"))
	}
	if h.NextOn != "" && (h.NextOn <= today || today.Days(h.NextOn) > farthest) {
		refused = append(refused, errs.Invalid("agreement.review_day").On("next_on"))
	}
	return errs.Join(append(refused, fits("note", h.Note, maxNote))...)
}

// next is the day on which the page is looked at again after a check: the one that was
// said, else half a year on; none is needed when the team stops with it.
func (h Held) next(today clock.Date) clock.Date {
	switch {
	case h.NextOn != "":
		return h.NextOn
	case h.Wanted == WantedNo:
		return ""
	}
	return HalfYear(today)
}

// noCheckHalfYear: half a year secured, or half a year since the last check, and no check
// held. What is not secured yet asks for none.
func noCheckHalfYear(secured, last, today clock.Date) bool {
	if secured == "" {
		return false
	}
	return max(secured, last).Days(today) >= halfYear
}

// Remark is something that pinches, or what somebody new asks, with its writer's name.
type Remark struct {
	ID            string
	PersonID      string
	Body          string
	Answer        string // what the caretaker does with it
	AnswerVersion int
	AnsweredAt    time.Time
	MadeAt        time.Time
}

const maxRemark = 400

// checkRemark refuses an empty remark.
func checkRemark(field, body string) (string, error) {
	body = strings.TrimSpace(body)
	if utf8.RuneCountInString(body) < leastLetter {
		return "", errs.Invalid("agreement.remark_empty").On(field)
	}
	return body, fits(field, body, maxRemark)
}
