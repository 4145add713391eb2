package meeting

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
)

// Meeting is one hour of a trajectory.
type Meeting struct {
	ID           string
	TrajectoryID string
	VisitID      string
	StartsAt     time.Time
	Minutes      int
	Place        string
	Bring        string // what everybody takes along
	State        State
	HostID       string // who leads the hour
	KeeperID     string // who fills the board
	TimekeeperID string
	CurrentID    string // the item that is going on
	StartedAt    time.Time
	ClosedAt     time.Time
	Version      int
	MadeBy       string
	MadeAt       time.Time
}

// Ends is when the hour is planned to end.
func (m Meeting) Ends() time.Time { return m.StartsAt.Add(time.Duration(m.Minutes) * time.Minute) }

// State is where a meeting stands.
type State string

// The states of a meeting.
const (
	Draft     State = "draft"     // proposed, not yet put ready
	Ready     State = "ready"     // everybody can see it
	Live      State = "live"      // going on
	Closed    State = "closed"    // minutes, agreements and tasks are with everybody
	Cancelled State = "cancelled" // will not be held
)

// Part is what the minutes of an item go to.
type Part string

// The parts of an hour.
const (
	Share    Part = "share"
	Learn    Part = "learn"
	Decide   Part = "decide"
	Organise Part = "organise"
)

// Parts are all parts, in their usual order.
var Parts = []Part{Share, Learn, Decide, Organise}

// Item is one part of the hour.
type Item struct {
	ID        string
	MeetingID string
	Position  int
	Part      Part
	Question  string
	Reason    string
	ElementID string // the pack's question that it comes from
	Minutes   int
	StartedAt time.Time
	EndedAt   time.Time
}

// Note is what somebody brought in during an item.
type Note struct {
	ID       string
	ItemID   string
	PersonID string
	Name     string
	Hue      int
	Body     string
	Version  int
	MadeAt   time.Time
}

// Bounds of a meeting.
const (
	shortest    = 5
	longest     = 480
	mostItems   = 12
	maxQuestion = 240
	maxReason   = 300
	maxNote     = 1200
	maxPlace    = 80
	maxBring    = 200
	itemStep    = 5
)

// Plan is when and where, as a lead says it.
type Plan struct {
	StartsAt time.Time
	Minutes  int
	Place    string
	Bring    string
	HostID   string
	KeeperID string
	TimerID  string
}

// Check refuses a plan that cannot be held.
func (p Plan) Check(now time.Time) error {
	var refused []error
	if p.StartsAt.Before(now.Add(-12*time.Hour)) || p.StartsAt.After(now.AddDate(2, 0, 0)) {
		refused = append(refused, errs.Invalid("meeting.when").On("date"))
	}
	if p.Minutes < shortest || p.Minutes > longest {
		refused = append(refused, errs.Invalid("meeting.minutes", "least", shortest, "most", longest).On("minutes"))
	}
	refused = append(refused, tooLong(p.Place, maxPlace, "place"), tooLong(p.Bring, maxBring, "bring"))
	return errs.Join(refused...)
}

func tooLong(s string, limit int, field string) error {
	if utf8.RuneCountInString(s) > limit {
		return errs.Invalid("form.too_long_max", "max", limit).On(field)
	}
	return nil
}

// NewItem is a part to add or change.
type NewItem struct {
	Part      Part
	Question  string
	Reason    string
	ElementID string
	Minutes   int
}

// Check refuses an item without a question or without minutes.
func (n NewItem) Check() error {
	var refused []error
	if !slices.Contains(Parts, n.Part) {
		refused = append(refused, errs.Invalid("form.choose").On("part"))
	}
	if utf8.RuneCountInString(strings.TrimSpace(n.Question)) < 3 {
		refused = append(refused, errs.Invalid("meeting.question").On("question"))
	}
	refused = append(refused, tooLong(n.Question, maxQuestion, "question"), tooLong(n.Reason, maxReason, "reason"))
	if n.Minutes < 1 || n.Minutes > longest {
		refused = append(refused, errs.Invalid("meeting.item_minutes").On("minutes"))
	}
	return errs.Join(refused...)
}

// Planned is what the items take together, in minutes.
func Planned(items []Item) int {
	n := 0
	for _, i := range items {
		n += i.Minutes
	}
	return n
}

// Spent is how many minutes went to each part: as held when the meeting was live, else
// as planned.
func Spent(items []Item) map[Part]int {
	out := map[Part]int{}
	for _, i := range items {
		minutes := i.Minutes
		if !i.StartedAt.IsZero() && !i.EndedAt.IsZero() {
			minutes = int(i.EndedAt.Sub(i.StartedAt).Round(time.Minute).Minutes())
		}
		out[i.Part] += minutes
	}
	return out
}

// MostlyOrganising reports whether more than half of the hour went to arranging things.
func MostlyOrganising(items []Item) bool {
	spent, all := Spent(items), 0
	for _, n := range spent {
		all += n
	}
	return all > 0 && 2*spent[Organise] > all
}

// Next returns the item after the present one, and false at the end. Before the first
// item it is the first.
func Next(items []Item, currentID string) (Item, bool) {
	if currentID == "" {
		if len(items) == 0 {
			return Item{}, false
		}
		return items[0], true
	}
	for i := range items {
		if items[i].ID == currentID && i+1 < len(items) {
			return items[i+1], true
		}
	}
	return Item{}, false
}

// Begin is the state of a meeting when its hour begins. One that is closed or cancelled
// does not begin again.
func (m Meeting) Begin(now time.Time) (Meeting, error) {
	switch m.State {
	case Draft, Ready:
		m.State, m.StartedAt = Live, now
		return m, nil
	case Live:
		return m, nil
	}
	return m, errs.Invalid("meeting.over")
}

// Close is the state of a meeting whose hour is over.
func (m Meeting) Close(now time.Time) (Meeting, error) {
	if m.State != Live {
		return m, errs.Invalid("meeting.not_live")
	}
	m.State, m.ClosedAt, m.CurrentID = Closed, now, ""
	return m, nil
}
