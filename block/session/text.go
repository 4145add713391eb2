package session

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/method"
)

// Text is what somebody wrote in a field of a step, or chose there.
type Text struct {
	ID        string
	SessionID string
	FieldID   string
	Step      int
	PersonID  string
	Body      string
	Choice    string
	Kept      bool
	MadeAt    time.Time
	Version   int
	Asked     bool // an own card that is asked after
	place     place
}

// Card reports whether it is somebody's own card.
func (t Text) Card() bool { return t.place == inCards }

// place is the table that a text is kept in: each has its own end.
type place string

const (
	inNotes place = "session_note" // until the end date of the circle
	inLines place = "session_line" // with the work
	inCards place = "session_card" // until its writer erases it
)

// placeOf is where what is written in a field is kept.
func placeOf(circle method.Circle, f *method.Field) place {
	switch {
	case OwnCard(f):
		return inCards
	case private(circle, f):
		return inNotes
	}
	return inLines
}

// In is a text as a field of this circle keeps it; an own card is asked after until its writer
// says otherwise.
func (t Text) In(circle method.Circle, f *method.Field) Text {
	t.place = placeOf(circle, f)
	t.Asked = t.Card()
	return t
}

// Mark is a choice among texts: a vote, or a word that is put on one.
type Mark struct {
	TextID   string
	PersonID string
	Step     int
	Mark     string
}

const (
	maxBody = 2000
	vote    = "vote" // the mark of a vote
	lateDay = 24 * time.Hour
)

// private reports whether a field is kept as very private: in a closed circle, on somebody's own
// pad, or for one person.
func private(circle method.Circle, f *method.Field) bool {
	return circle == method.CircleClosed || f.For == method.ForSelf || f.For == method.ForPresenter
}

// fieldAt finds the field of the present step, or one that may be filled in before the session and
// after it: what is hidden until later, and somebody's own step.
func (s Session) fieldAt(pack *method.Pack, id string, now time.Time) (int, *method.Field, error) {
	stage, f, ok := pack.Field(id)
	if !ok {
		return 0, nil, errs.Absent()
	}
	steps := Steps(pack, s.Laps)
	first := slices.IndexFunc(steps, func(x Step) bool { return x.Stage.ID == stage.ID })
	switch {
	case s.State == Running && At(steps, s.Step).Stage.ID == stage.ID:
		return s.Step, f, nil
	case s.State == Running && first > s.Step && f.Reveal == method.RevealLater, s.State == Planned && f.Reveal == method.RevealLater:
		return first, f, nil // the ending of a story, written down beforehand
	case s.State == Closed && f.Becomes == method.HarvestIntention:
		return len(steps) - 1, f, nil
	case s.onWall(now) && first <= s.Step:
		return first, f, nil
	case s.State.Over():
		return 0, nil, errs.Invalid("session.over")
	}
	return 0, nil, errs.Invalid("session.moved_on")
}

// onWall reports whether what was written on the wall of a team is still taken: every part of it
// while the team stands there, and until a day later, because a screen may have been cut off.
func (s Session) onWall(now time.Time) bool {
	return s.Circle != method.CircleClosed && (s.State == Running || (s.State == Closed && now.Before(s.ClosedAt.Add(lateDay))))
}

// Writes reports whether somebody writes in a field of a step.
func (s Session) Writes(pack *method.Pack, circle Circle, f *method.Field, step int, personID string) bool {
	p, ok := circle.Find(personID)
	if !ok || p.State == Out || (p.State == Invited && s.State != Planned) {
		return false
	}
	at := At(Steps(pack, s.Laps), step)
	role := s.RoleOf(pack, circle, at, personID)
	if f.By != "" {
		return role == f.By || (f.By == method.RoleHost && s.HostID == personID)
	}
	return role == "" || role != at.Stage.Live.Silent || f.For == method.ForSelf // who only listens keeps an own pad
}

// Written checks the words for a field.
func Written(f *method.Field, body, choice string) (string, error) {
	body = strings.TrimSpace(body)
	switch {
	case len(f.Choices) > 0:
		if !slices.ContainsFunc(f.Choices, func(c method.Chip) bool { return c.ID == choice }) {
			return "", errs.Invalid("form.choose").On(f.ID)
		}
	case body == "":
		return "", errs.Invalid("session.empty").On(f.ID)
	}
	if utf8.RuneCountInString(body) > maxBody {
		return "", errs.Invalid("form.too_long_max", "max", maxBody).On(f.ID)
	}
	return body, nil
}

// Reads reports whether somebody may read a text now. It is asked before the rights are: both
// must say yes.
func (s Session) Reads(pack *method.Pack, circle Circle, t Text, personID string) bool {
	if t.PersonID == personID {
		return true
	}
	stage, f, ok := pack.Field(t.FieldID)
	if !ok {
		return false
	}
	step := At(Steps(pack, s.Laps), t.Step)
	switch f.For {
	case method.ForSelf:
		return false
	case method.ForPresenter:
		if s.Holding(pack, circle, step, method.RolePresenter) != personID && s.startedAs(pack, circle, step) != personID {
			return false
		}
	}
	return s.opened(pack, circle, stage, f, t.Step)
}

// startedAs is who brought something in, also after they left.
func (s Session) startedAs(pack *method.Pack, circle Circle, step Step) string {
	for _, p := range circle {
		if s.RoleOf(pack, circle, step, p.PersonID) == method.RolePresenter {
			return p.PersonID
		}
	}
	return ""
}

// opened reports whether what was written in a field of a step has come on the table.
func (s Session) opened(pack *method.Pack, circle Circle, stage *method.Stage, f *method.Field, step int) bool {
	if s.State != Running && s.State != Closed {
		return false
	}
	switch f.Reveal {
	case method.RevealAllIn:
		return s.State == Closed || s.Step > step || (s.Step == step && s.AllReady(pack, circle, f, step))
	case method.RevealLater:
		steps := Steps(pack, s.Laps)
		for i := step; i <= s.Step && i < len(steps); i++ {
			if steps[i].Stage.ID == f.Opens { // who closes early opens nothing that was to come
				return true
			}
		}
		return false
	}
	return true
}

// AllReady reports whether everybody who writes in a field said that they are done.
func (s Session) AllReady(pack *method.Pack, circle Circle, f *method.Field, step int) bool {
	ready, all := s.ReadyOf(pack, circle, f, step)
	return all > 0 && ready == all
}

// ReadyOf is how many of those who write in a field are done, of how many: never who.
func (s Session) ReadyOf(pack *method.Pack, circle Circle, f *method.Field, step int) (ready, all int) {
	for _, p := range circle.There() {
		if !s.Writes(pack, circle, f, step, p.PersonID) {
			continue
		}
		all++
		if slices.Contains(s.Floor.Done, p.PersonID) {
			ready++
		}
	}
	return ready, all
}

// object is a text as the rights see it for one person. Who leads people must have been there from
// the very start; who came later sees what was written from then on.
func (s Session) object(circle Circle, t Text, kind access.Kind, personID string) access.Object {
	o := access.Object{Kind: kind, BoardID: s.BoardID, OwnerID: t.PersonID}
	p, ok := circle.Find(personID)
	if !ok || p.State == Invited {
		return o
	}
	o.MyRole = access.AsMember
	if p.State == Out || p.FromStep < 0 {
		return o // they left: their own words stay theirs
	}
	o.PresentFromStart = p.FromStep == 0 || (!p.Leads && p.FromStep <= t.Step)
	return o
}

// May a mark be put, and which: a vote for anything but one's own, within the number of votes; a
// word by who holds the role.
func (s Session) mayMark(pack *method.Pack, circle Circle, t Text, personID, mark string, given []Mark) error {
	if err := s.runs(); err != nil {
		return err
	}
	step := At(Steps(pack, s.Laps), s.Step)
	m := step.Stage.Live.Mark
	p, ok := circle.Find(personID)
	if m.Field == "" || m.Field != t.FieldID || !ok || p.State != In {
		return errs.Invalid("session.moved_on")
	}
	if m.By != "" && s.RoleOf(pack, circle, step, personID) != m.By {
		return errs.Absent()
	}
	if mark == "" {
		return nil // taken back
	}
	if len(m.Options) > 0 {
		if !slices.ContainsFunc(m.Options, func(c method.Chip) bool { return c.ID == mark }) {
			return errs.Invalid("form.choose")
		}
		return nil
	}
	if mark != vote {
		return errs.Invalid("form.choose")
	}
	mine := 0
	for _, g := range given {
		if g.PersonID == personID && g.Step == s.Step && g.TextID != t.ID {
			mine++
		}
	}
	if mine >= m.Votes {
		return errs.Invalid("session.votes_given", "n", m.Votes)
	}
	return nil
}
