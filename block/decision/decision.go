package decision

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Decision is a proposal that people were asked about, with its end once it has one.
type Decision struct {
	ID            string
	TrajectoryID  string
	PlanNumber    int    // the version of the plan that it is about; 0 for words of its own
	PredecessorID string // the closed decision that this one follows
	SuccessorID   string // the one that followed it
	Form          Form
	Audience      Audience
	Title, Body   string
	Minutes       int        // what reacting takes
	ClosesOn      clock.Date // until when people are asked; closing itself is an act
	OpenedBy      string
	OpenedAt      time.Time
	End           End
	Word          Word // of others, when it was agreed subject to them
}

// Closed reports whether it has ended.
func (d Decision) Closed() bool { return !d.End.At.IsZero() }

// Agreed reports whether it ended in yes, with or without a condition.
func (d Decision) Agreed() bool { return d.End.Outcome.Agrees() }

// Form is how voices are given; it is fixed before the first.
type Form string

// The forms.
const (
	Named  Form = "open"   // names stand beside reactions
	Secret Form = "secret" // a ballot
)

// Audience is who is asked.
type Audience string

// The audiences.
const (
	PLG    Audience = "plg"    // those who take part
	Teams  Audience = "teams"  // and all staff of the teams that it touches
	School Audience = "school" // and all staff of the school
)

// Audiences are all audiences, the smallest first.
var Audiences = []Audience{PLG, Teams, School}

// Outcome is how a decision ends.
type Outcome string

// The outcomes; each is a valid end.
const (
	Agreed          Outcome = "agreed"
	AgreedSubjectTo Outcome = "agreed_subject_to"
	NotNow          Outcome = "not_now"
	No              Outcome = "no"
	Withdrawn       Outcome = "withdrawn"
)

// Outcomes are all outcomes, in the order in which they are offered.
var Outcomes = []Outcome{Agreed, AgreedSubjectTo, NotNow, No, Withdrawn}

// Agrees reports whether it is a yes.
func (o Outcome) Agrees() bool { return o == Agreed || o == AgreedSubjectTo }

// End is how and when a decision was closed.
type End struct {
	Outcome    Outcome
	Reason     string
	SubjectTo  string // what it is subject to
	SubjectWho string // who sees to that
	Knowingly  bool   // closed with an objection open, or before everybody had the time that was promised
	Tally      Tally  // as it stood
	By         string
	At         time.Time
}

// Word is what those said who had to agree before a decision held: the council, the
// leadership, the timetabler, the board. The zero value is that they were not heard yet.
type Word struct {
	Agreed bool
	Text   string     // in a sentence, with their condition if they have one
	On     clock.Date // when they said so
	By     string     // who wrote it down
	At     time.Time
}

// Heard reports whether they said something.
func (w Word) Heard() bool { return !w.At.IsZero() }

// Waits reports whether the decision is a yes that others still have to agree to.
func (d Decision) Waits() bool { return d.End.Outcome == AgreedSubjectTo && !d.Word.Heard() }

// check refuses a word that says nothing, or that was said before the decision was closed or
// is still to come.
func (w Word) check(closedOn, today clock.Date) error {
	refused := []error{says("text", w.Text, "decision.word_empty"), fits("text", w.Text, maxReason)}
	if _, err := clock.ParseDate(string(w.On)); err != nil {
		refused = append(refused, errs.Invalid("form.date").On("heard_on"))
	} else if w.On < closedOn || w.On > today {
		refused = append(refused, errs.Invalid("decision.word_day", "day", closedOn).On("heard_on"))
	}
	return errs.Join(refused...)
}

// Bounds, in characters and days.
const (
	maxTitle   = 120
	maxBody    = 4000
	maxText    = 2000
	maxReason  = 600
	maxWho     = 120
	maxDays    = 120
	minutes    = 3 // what reacting takes when nobody says
	maxMinutes = 30
)

// Proposal is what is put to people.
type Proposal struct {
	Title, Body string
	PlanNumber  int // the frozen version of the plan that it is about; 0 for words of its own
	Audience    Audience
	GuestIDs    []string // guests of the trajectory are asked only when they are named
	Form        Form     // "" is Named
	ClosesOn    clock.Date
	Minutes     int // 0 for what is usual
}

// Check refuses a proposal that cannot be opened.
func (p Proposal) Check() error {
	refused := []error{fits("body", p.Body, maxBody)}
	if n := utf8.RuneCountInString(strings.TrimSpace(p.Title)); n < 3 || n > maxTitle {
		refused = append(refused, errs.Invalid("decision.title_length", "n", maxTitle).On("title"))
	}
	if !slices.Contains(Audiences, p.Audience) {
		refused = append(refused, errs.Invalid("form.choice").On("audience"))
	}
	switch p.Form {
	case "", Named:
	case Secret:
		refused = append(refused, errs.Invalid("decision.secret_later").On("form"))
	default:
		refused = append(refused, errs.Invalid("form.choice").On("form"))
	}
	if p.Minutes < 0 || p.Minutes > maxMinutes {
		refused = append(refused, errs.Invalid("form.between", "min", 1, "max", maxMinutes).On("minutes"))
	}
	if p.PlanNumber < 0 {
		refused = append(refused, errs.Absent())
	}
	return errs.Join(refused...)
}

// checkDay refuses a last day that lies behind, or too far ahead to be remembered.
func (p Proposal) checkDay(today clock.Date) error {
	if _, err := clock.ParseDate(string(p.ClosesOn)); err != nil {
		return errs.Invalid("form.date").On("closes_on")
	}
	if p.ClosesOn < today || today.Days(p.ClosesOn) > maxDays {
		return errs.Invalid("decision.closes_on", "n", maxDays).On("closes_on")
	}
	return nil
}

// Closing is what a lead says when a decision ends.
type Closing struct {
	Outcome    Outcome
	Reason     string
	SubjectTo  string
	SubjectWho string
	Knowingly  bool
}

// check refuses an end without what it owes: a no its reason, a condition its owner. A
// yes over an open objection, and an end before the promised day while somebody has not
// been heard, ask that it is said knowingly and why. Who objected is heard about the answer
// too, before a yes; after the promised day their silence holds nothing up.
func (c Closing) check(voices []Voice, closesOn, today clock.Date) error {
	if !slices.Contains(Outcomes, c.Outcome) {
		return errs.Invalid("form.choice").On("outcome")
	}
	refused := []error{fits("reason", c.Reason, maxReason), fits("subject_to", c.SubjectTo, maxReason), fits("subject_who", c.SubjectWho, maxWho)}
	if c.Outcome == AgreedSubjectTo {
		refused = append(refused, says("subject_to", c.SubjectTo, "decision.subject_to"), says("subject_who", c.SubjectWho, "decision.subject_who"))
	}
	if !c.Outcome.Agrees() {
		refused = append(refused, says("reason", c.Reason, "decision.reason_empty"))
	}
	return errs.Join(append(refused, c.overObjections(voices), c.tooEarly(voices, closesOn, today))...)
}

func (c Closing) overObjections(voices []Voice) error {
	open, unowned := 0, 0
	for _, v := range voices {
		if v.Reaction != nil && v.Reaction.Open() {
			open++
			if v.Reaction.OwnerID == "" || v.Reaction.DueOn == "" {
				unowned++
			}
		}
	}
	switch {
	case !c.Outcome.Agrees() || open == 0:
		return nil
	case !c.Knowingly:
		return errs.Invalid("decision.objection_open", "n", open).On("knowingly")
	case unowned > 0:
		return errs.Invalid("decision.objection_unowned", "n", unowned).On("knowingly")
	}
	return says("reason", c.Reason, "decision.knowing_reason")
}

func (c Closing) tooEarly(voices []Voice, closesOn, today clock.Date) error {
	unheard, back := Count(voices, today).NotYet, 0
	if c.Outcome.Agrees() { // an answer that nobody asked its reader about closes nothing quietly
		back = askedBack(voices, today)
	}
	switch {
	case c.Outcome == NotNow || c.Outcome == Withdrawn || unheard+back == 0 || today >= closesOn:
		return nil
	case !c.Knowingly && unheard == 0:
		return errs.Invalid("decision.not_asked_back", "n", back, "day", closesOn).On("knowingly")
	case !c.Knowingly:
		return errs.Invalid("decision.too_early", "n", unheard, "day", closesOn).On("knowingly")
	}
	return says("reason", c.Reason, "decision.knowing_reason")
}

func (c Closing) end(t Tally, by string, at time.Time) End {
	e := End{Outcome: c.Outcome, Reason: strings.TrimSpace(c.Reason), Knowingly: c.Knowingly, Tally: t, By: by, At: at}
	if c.Outcome == AgreedSubjectTo {
		e.SubjectTo, e.SubjectWho = strings.TrimSpace(c.SubjectTo), strings.TrimSpace(c.SubjectWho)
	}
	return e
}

func fits(field, text string, most int) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n > most {
		return errs.Invalid("form.too_long_max", "max", most).On(field)
	}
	return nil
}

func says(field, text, empty string) error {
	if utf8.RuneCountInString(strings.TrimSpace(text)) < 3 {
		return errs.Invalid(empty).On(field)
	}
	return nil
}
