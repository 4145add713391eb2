package session

import (
	"slices"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
)

// Session is one time that people hold a protocol together.
type Session struct {
	ID            string
	BoardID       string
	SchoolID      string
	TrajectoryID  string // "" when it stands by itself
	MethodID      string
	MethodVersion string
	Circle        method.Circle
	Title         string // what it is about, for who is asked; never the case
	StartsAt      time.Time
	Place         string // a room, or the address of a call
	State         State
	HostID        string // who leads now
	Step          int    // the present step, from nought
	Laps          int    // how often the run of stages that goes round is walked; fixed at the start
	StepAt        time.Time
	PausedAt      time.Time // zero while it runs
	Extra         int       // seconds that this step got on top
	Extended      int       // how often
	Stopped       bool      // somebody pressed stop; never who
	Floor         Floor
	BegunAt       time.Time
	ClosedAt      time.Time
	EraseOn       clock.Date // "" until it is closed
	Version       int
	MadeBy        string
	MadeAt        time.Time
}

// HeldAt is when it began, or when it is planned to.
func (s Session) HeldAt() time.Time {
	if !s.BegunAt.IsZero() {
		return s.BegunAt
	}
	return s.StartsAt
}

// State is where a session stands.
type State string

// The states of a session. While it is paused it is running too.
const (
	Planned   State = "planned"
	Running   State = "running"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

// Over reports that it was held or will not be.
func (s State) Over() bool { return s == Closed || s == Cancelled }

// Floor is who has the word in the present step. It is kept only while the step lasts: nothing of
// it can be counted over steps.
type Floor struct {
	Of     string    `json:"of,omitempty"`     // whose turn it is
	Since  time.Time `json:"since,omitzero"`   // when that turn began
	Queue  []string  `json:"queue,omitempty"`  // who comes next, in order
	Passed []string  `json:"passed,omitempty"` // who passed, and gets a second chance at the end
	Spoke  []string  `json:"spoke,omitempty"`  // who had a turn
	Done   []string  `json:"done,omitempty"`   // who is ready with writing
}

// Person is somebody of the circle.
type Person struct {
	SessionID string
	PersonID  string
	Name      string
	Hue       int
	Role      string // a role of the pack, "" for taking part
	Place     int    // in the order of turns
	State     Attends
	FromStep  int // the first step that this person was there for; neverThere for who went without coming in
	Leads     bool
}

// Attends is whether somebody is there.
type Attends string

// Invited has not come yet, In is there, Out said no or left.
const (
	Invited Attends = "invited"
	In      Attends = "in"
	Out     Attends = "out"
)

const neverThere = -1

// Bounds of a session.
const (
	maxTitle   = 120
	maxPlace   = 200
	maxPeople  = 160
	keepDays   = 30 // after closing, for what was written in a closed circle
	closeAfter = 15 * time.Minute
)

// Plan is what somebody says who calls people together.
type Plan struct {
	SchoolID     string
	MethodID     string
	TrajectoryID string
	Title        string
	StartsAt     time.Time
	Place        string
	HostID       string // "" is whoever plans it
	PresenterID  string // "" is settled later
	People       []string
	Teams        []string // of the school, with all who are in them
	Everyone     bool     // all who work at the school
}

// Check refuses a plan that cannot be held.
func (p Plan) Check(pack *method.Pack, now time.Time) error {
	var refused []error
	if p.StartsAt.Before(now.Add(-12*time.Hour)) || p.StartsAt.After(now.AddDate(2, 0, 0)) {
		refused = append(refused, errs.Invalid("session.when").On("date"))
	}
	if len(p.People) > maxPeople {
		refused = append(refused, errs.Invalid("session.too_many", "max", maxPeople).On("people"))
	}
	if p.HostID != "" && p.HostID == p.PresenterID {
		refused = append(refused, errs.Invalid("session.host_presents").On("presenter"))
	}
	return errs.Join(append(refused, tooLong(p.Title, maxTitle, "title"), tooLong(p.Place, maxPlace, "place"))...)
}

func tooLong(s string, limit int, field string) error {
	if utf8.RuneCountInString(s) > limit {
		return errs.Invalid("form.too_long_max", "max", limit).On(field)
	}
	return nil
}

// Circle is the people of a session, in the order of their places.
type Circle []Person

// Find returns somebody of the circle.
func (c Circle) Find(personID string) (Person, bool) {
	i := slices.IndexFunc(c, func(p Person) bool { return p.PersonID == personID })
	if i < 0 {
		return Person{}, false
	}
	return c[i], true
}

// There are the people who are in.
func (c Circle) There() Circle {
	return slices.DeleteFunc(slices.Clone(c), func(p Person) bool { return p.State != In })
}

// With are the people who hold a role.
func (c Circle) With(role string) Circle {
	return slices.DeleteFunc(slices.Clone(c), func(p Person) bool { return p.Role != role })
}

// Enough reports whether there are people enough to begin.
func (c Circle) Enough(g method.Group) bool { return len(c.There()) >= g.Min }
