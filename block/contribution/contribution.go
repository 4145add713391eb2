package contribution

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/media"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Kind is what sort of thing somebody says.
type Kind string

// The kinds of contribution.
const (
	Voice    Kind = "voice"    // what somebody says
	Fact     Kind = "fact"     // a figure or a signal, with its source
	Solution Kind = "solution" // what somebody would do
	Worry    Kind = "worry"    // een zorg
	Success  Kind = "success"
	Wish     Kind = "wish"
)

// Kinds are all kinds, in the order in which they are offered.
var Kinds = []Kind{Voice, Fact, Solution, Worry, Success, Wish}

// Contribution is what one person said, as the person asking may see it.
type Contribution struct {
	ID           string
	TrajectoryID string
	VisitID      string
	ElementID    string  // the question; "" for a reaction
	About        why.Ref // what a reaction is about; empty for an answer
	RoundID      string
	ParentID     string // set for a reply
	FocusPointID string // the candidate that an answer chooses, when it chooses one
	Kind         Kind
	Chip         string // one of the labels of the question
	Body         string
	Source       string // of a fact
	Link         string
	OtherSound   bool // «ander geluid»: the writer sees it differently
	By           Author
	Outside      bool       // the writer did not take part when this was said
	Late         bool       // added after a blind round had opened
	MadeAt       time.Time  // zero for a pupil: only the day is known
	MadeOn       clock.Date // on the wall of the school
	Version      int
	EditedAt     time.Time
	EditedLate   bool // changed after the blind round had opened
	Withdrawn    By   // whose act took the words away, or ""
	Settled      Settlement
	Sealed       bool // only the writer sees this: the blind round is open
	Mine         bool
	Pictures     []media.Picture
	Replies      []Contribution
	Became       []why.Ref // what came of it: a finding, a goal, a task
}

// By says who took words away.
type By string

// Words are taken away by their author, or by a lead when a pupil wrote them.
const (
	ByAuthor By = "author"
	ByLead   By = "lead"
)

// Author is who said something, ready to show.
type Author struct {
	ID       string // "" for a pupil, and once a name has been erased
	Name     string
	Initials string
	Hue      int
	Subject  string
	Pupil    bool
}

// Outcome is what came of words that were heard.
type Outcome string

// The outcomes: done as asked, done in part, heard and decided otherwise.
const (
	Taken  Outcome = "taken"
	Partly Outcome = "partly"
	Kept   Outcome = "kept"
)

// Settlement is what was done with words, told to whoever wrote them.
type Settlement struct {
	Outcome Outcome
	Note    string
	By      Author
	At      time.Time
	Version int // 0 while nothing was said
}

// Bounds of texts, in characters.
const (
	maxBody   = 4000
	maxReply  = 2000
	maxSource = 200
	maxLink   = 500
	maxNote   = 1000
	maxPupil  = 600
)

// Words are what an author writes and may change later.
type Words struct {
	Kind       Kind // "" is a voice
	Chip       string
	Body       string
	Source     string
	Link       string
	OtherSound bool
}

// Tidy returns the words as they are kept, or what is wrong with them.
func (w Words) Tidy() (Words, error) {
	w.Body, w.Source, w.Link = strings.TrimSpace(w.Body), strings.TrimSpace(w.Source), strings.TrimSpace(w.Link)
	if w.Kind == "" {
		w.Kind = Voice
	}
	var refused []error
	if !slices.Contains(Kinds, w.Kind) {
		refused = append(refused, errs.Invalid("form.choose").On("kind"))
	}
	refused = append(refused, checkText(w.Body, maxBody, "contribution.body_empty", "body"))
	if w.Kind == Fact {
		refused = append(refused, checkText(w.Source, maxSource, "contribution.source_empty", "source"))
	} else {
		w.Source = ""
	}
	refused = append(refused, CheckLink(w.Link))
	return w, errs.Join(refused...)
}

// body is how words are kept in versions: whole, so that no change of any part is lost.
func (w Words) body() writing.Body {
	b := writing.Body{"kind": string(w.Kind), "chip": w.Chip, "body": w.Body, "source": w.Source, "link": w.Link, "other_sound": ""}
	if w.OtherSound {
		b["other_sound"] = "yes"
	}
	return b
}

func (c Contribution) words() Words {
	return Words{Kind: c.Kind, Chip: c.Chip, Body: c.Body, Source: c.Source, Link: c.Link, OtherSound: c.OtherSound}
}

func checkText(text string, most int, emptyKey, field string) error {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return errs.Invalid(emptyKey).On(field)
	case n > most:
		return errs.Invalid("form.too_long_max", "max", most).On(field)
	}
	return nil
}

// CheckLink refuses a link that is no plain https address. "" is no link.
func CheckLink(link string) error {
	if link == "" {
		return nil
	}
	if utf8.RuneCountInString(link) > maxLink {
		return errs.Invalid("form.too_long_max", "max", maxLink).On("link")
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsFunc(link, notInLink) {
		return errs.Invalid("contribution.link_https").On("link")
	}
	return nil
}

func notInLink(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || !unicode.IsGraphic(r)
}

// Check refuses a settlement that says nothing.
func (s Settlement) Check() error {
	var refused []error
	if !slices.Contains([]Outcome{Taken, Partly, Kept}, s.Outcome) {
		refused = append(refused, errs.Invalid("contribution.outcome_choose").On("outcome"))
	}
	refused = append(refused, checkText(strings.TrimSpace(s.Note), maxNote, "contribution.note_empty", "note"))
	return errs.Join(refused...)
}

// Object is a contribution as the rights see it, also for the line that says who can see it.
func (c Contribution) Object(seen trajectory.Seen) access.Object {
	kind := access.Contribution
	switch {
	case c.By.Pupil:
		kind = access.PupilContribution
	case c.ElementID == "":
		kind = access.Reaction
	}
	o := seen.Object(kind, c.By.ID)
	o.Sealed = c.Sealed || c.Withdrawn != ""
	return o
}

func (c Contribution) may(seen trajectory.Seen, action access.Action) bool {
	return access.May(seen.Who, action, c.Object(seen))
}

// MayEdit reports whether the person asking may change these words: their writer.
func (c Contribution) MayEdit(seen trajectory.Seen) bool {
	return c.Withdrawn == "" && c.may(seen, access.Edit)
}

// MayWithdraw reports whether the person asking may take these words away: their
// writer, or the lead for a pupil's.
func (c Contribution) MayWithdraw(seen trajectory.Seen) bool {
	return c.Withdrawn == "" && c.may(seen, access.Remove)
}

// MayReply reports whether the person asking may reply to these words.
func (c Contribution) MayReply(seen trajectory.Seen) bool {
	return c.Withdrawn == "" && !c.Sealed && c.may(seen, access.React)
}

// MaySettle reports whether the person asking may say what was done with these words.
func (c Contribution) MaySettle(seen trajectory.Seen) bool {
	return c.Withdrawn == "" && !c.Sealed && c.ParentID == "" && c.may(seen, access.Settle)
}
