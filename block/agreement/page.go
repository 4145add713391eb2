package agreement

import (
	"time"

	"leerkring/internal/clock"
)

// Page is the one page of a team, as it is kept. The zero Page is one that nobody began.
type Page struct {
	TrajectoryID string
	Words        Words
	Care         Care
	CareSince    clock.Date // since when the caretaker has it
	WordsVersion int
	CareVersion  int
	Changed      bool // something changed since the newest fixed version
	MadeAt       time.Time
}

// Begun reports whether somebody wrote on it.
func (p Page) Begun() bool { return p.TrajectoryID != "" }

// Keeps reports whether somebody keeps the page alive: the caretaker or the stand-in.
func (p Page) Keeps(personID string) bool {
	return personID != "" && (personID == p.Care.CaretakerID || personID == p.Care.StandInID)
}

// MaySeeSigned returns who sees the names of those who signed: whoever keeps the page
// alive, to settle newcomers in. Everybody sees their own; nobody sees who did not.
func (p Page) MaySeeSigned() []string {
	var out []string
	for _, id := range []string{p.Care.CaretakerID, p.Care.StandInID} {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}

// HalfYear is the day half a year on, moved to a Friday: the default for looking again.
func HalfYear(from clock.Date) clock.Date {
	return from.Add(halfYear).Monday().Add(4)
}

// Ready is what the page still needs to be one: a title, at least one thing that
// everybody does, and a day on which it is looked at again.
type Ready struct{ Title, Core, Review bool }

// All reports whether nothing is missing.
func (r Ready) All() bool { return r.Title && r.Core && r.Review }

// Any reports whether there is anything yet.
func (r Ready) Any() bool { return r.Title || r.Core }

// ready reads off what is there.
func ready(p Page, lines []Agreement, today clock.Date) Ready {
	r := Ready{Title: p.Words.Title != "", Review: p.Care.ReviewOn >= today && p.Care.ReviewOn != ""}
	for _, a := range lines {
		if a.OnPage && a.State == Standing && a.Kind == Core {
			r.Core = true
		}
	}
	return r
}

// Fixed is the page as it was fixed under a number.
type Fixed struct {
	Number int
	Reason string // what is different
	On     clock.Date
	Body   Snapshot
}

// Snapshot is all that stands on the page.
type Snapshot struct {
	Words     Words      `json:"words"`
	Core      []Shown    `json:"core"`
	Room      []Shown    `json:"room"`
	Caretaker string     `json:"caretaker,omitempty"` // id of the person
	StandIn   string     `json:"stand_in,omitempty"`
	Hours     string     `json:"hours,omitempty"`
	Doing     string     `json:"doing,omitempty"`
	Meeting   string     `json:"meeting,omitempty"`
	Often     string     `json:"often,omitempty"`
	ReviewOn  clock.Date `json:"review_on,omitempty"`
}

// Shown is one line of the page.
type Shown struct {
	Body    string `json:"body"`
	Quality string `json:"quality,omitempty"`
}

// snapshot is what stands on the page now.
func snapshot(p Page, lines []Agreement) Snapshot {
	s := Snapshot{Words: p.Words, Caretaker: p.Care.CaretakerID, StandIn: p.Care.StandInID, Hours: p.Care.Hours, Doing: p.Care.Doing,
		Meeting: p.Care.Meeting, Often: p.Care.Often, ReviewOn: p.Care.ReviewOn}
	for _, a := range lines {
		switch {
		case !a.OnPage || a.State != Standing:
		case a.Kind == Core:
			s.Core = append(s.Core, Shown{a.Body, a.Quality})
		default:
			s.Room = append(s.Room, Shown{a.Body, a.Quality})
		}
	}
	return s
}
