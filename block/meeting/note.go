package meeting

import (
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// Note is what somebody brought in during an item.
type Note struct {
	ID       string
	ItemID   string
	WriterID string
	SaidBy   string // ByWriter, ByGroup, ByPupil, or the id of a colleague
	PersonID string // whose words they are; "" for the group and for a pupil
	Name     string
	Hue      int
	Body     string
	MadeAt   time.Time
}

// Who said what the keeper of the board writes down.
const (
	ByWriter = ""
	ByGroup  = "group" // nobody by name
	ByPupil  = "pupil" // never by name
)

// Mine reports whether the words are a person's own: to take away.
func (n Note) Mine(personID string) bool {
	return personID != "" && (n.WriterID == personID || n.PersonID == personID)
}

// NewNote is something to bring in.
type NewNote struct {
	ItemID string
	Body   string
	SaidBy string
}

const maxNote = 1200

// tidy returns the note without space around it, or refuses it.
func (n NewNote) tidy() (NewNote, error) {
	n.Body = strings.TrimSpace(n.Body)
	if n.Body == "" {
		return n, errs.Invalid("meeting.note_empty").On("note")
	}
	if utf8.RuneCountInString(n.Body) > maxNote {
		return n, errs.Invalid("form.too_long_max", "max", maxNote).On("note")
	}
	if n.byName() && !ident.Valid(n.SaidBy) {
		return n, errs.Invalid("form.choose").On("said_by")
	}
	return n, nil
}

// byName reports whether the words are put in the name of a colleague.
func (n NewNote) byName() bool {
	return n.SaidBy != ByWriter && n.SaidBy != ByGroup && n.SaidBy != ByPupil
}
