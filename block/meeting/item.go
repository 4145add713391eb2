package meeting

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/errs"
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
	Reason    string // a text key when the product proposed it, else somebody's words
	ElementID string // the pack's question or criterion that it comes from
	Minutes   int
	StartedAt time.Time     // of the stretch that is going on or was the last
	EndedAt   time.Time     // zero while it goes on
	Spent     time.Duration // in stretches that are over
}

// Begun reports whether the group was at this item.
func (i Item) Begun() bool { return !i.StartedAt.IsZero() }

// Running reports whether the group is at this item now.
func (i Item) Running() bool { return i.Begun() && i.EndedAt.IsZero() }

// start begins a stretch: going back to an item goes on where it was.
func (i Item) start(now time.Time) Item {
	if !i.Running() {
		i.StartedAt, i.EndedAt = now, time.Time{}
	}
	return i
}

// stop ends the stretch. What lasted longer than the whole hour was forgotten, and counts
// as that hour.
func (i Item) stop(now time.Time, hour time.Duration) Item {
	if i.Running() {
		i.Spent += min(max(0, now.Sub(i.StartedAt)), hour)
		i.EndedAt = now
	}
	return i
}

// Since is the moment from which a clock of the running item counts: as if it had been
// held in one stretch.
func (i Item) Since() time.Time { return i.StartedAt.Add(-i.Spent) }

// Left is how much of its minutes is left at a moment; less than nothing over time.
func (i Item) Left(now time.Time) time.Duration {
	spent := i.Spent
	if i.Running() {
		spent += now.Sub(i.StartedAt)
	}
	return time.Duration(i.Minutes)*time.Minute - spent
}

// MaxQuestion is the longest question, in characters.
const MaxQuestion = 240

const (
	mostItems = 12
	maxReason = 300
	itemStep  = 5
)

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
	refused = append(refused, tooLong(n.Question, MaxQuestion, "question"), tooLong(n.Reason, maxReason, "reason"), checkMinutes(n.Minutes))
	return errs.Join(refused...)
}

func checkMinutes(n int) error {
	if n < 1 || n > longest {
		return errs.Invalid("meeting.item_minutes").On("minutes")
	}
	return nil
}

// checkItems refuses a list of items that does not fit an hour.
func checkItems(items []NewItem) error {
	if len(items) > mostItems {
		return errs.Invalid("meeting.many_items", "most", mostItems)
	}
	for _, i := range items {
		if err := i.Check(); err != nil {
			return err
		}
	}
	return nil
}

func (n NewItem) item(id, meetingID string, position int) Item {
	return Item{ID: id, MeetingID: meetingID, Position: position, Part: n.Part, Question: strings.TrimSpace(n.Question), Reason: strings.TrimSpace(n.Reason), ElementID: n.ElementID, Minutes: n.Minutes}
}

// Planned is what the items take together, in minutes.
func Planned(items []Item) int {
	n := 0
	for _, i := range items {
		n += i.Minutes
	}
	return n
}

// Spent is how many minutes went to each part: as held once the hour has begun, when an
// item that was skipped takes none; before that as planned.
func Spent(items []Item) map[Part]int {
	held := slices.ContainsFunc(items, Item.Begun)
	spent := map[Part]time.Duration{}
	for _, i := range items {
		if held {
			spent[i.Part] += i.Spent
		} else {
			spent[i.Part] += time.Duration(i.Minutes) * time.Minute
		}
	}
	out := map[Part]int{}
	for part, d := range spent {
		if n := int(d.Round(time.Minute).Minutes()); n > 0 {
			out[part] = n
		}
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

// place returns the place of an item in a list, -1 when it is not there.
func place(items []Item, id string) int {
	return slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
}

// Next returns the item after the present one, and false at the end. Before the first
// item it is the first.
func Next(items []Item, currentID string) (Item, bool) {
	at := place(items, currentID)
	if (at < 0 && currentID != "") || at+1 >= len(items) {
		return Item{}, false
	}
	return items[at+1], true
}
