package agreement

import (
	"time"

	"leerkring/internal/clock"
	"leerkring/method"
)

// careList is the id of the checklist in a pack that holds the caretaker's tasks.
const careList = "zorg"

// CareList returns the caretaker's tasks of a pack, in its order; none for a pack that
// has no such checklist.
func CareList(pack *method.Pack) (method.Checklist, bool) {
	for _, s := range pack.Stages {
		for _, l := range s.Checklists {
			if l.ID == careList {
				return l, true
			}
		}
	}
	return method.Checklist{}, false
}

// rhythm is how often one of the tasks comes back.
type rhythm struct {
	days   int        // so many days after the last time
	month  time.Month // or every year in this month
	day    int
	review bool // or on the day that the team chose to look again
	never  bool // or by itself, on a fixed agenda
}

// rhythms are those that the texts of the tasks name. A task that is not here, of a
// school's own pack, comes back each half year.
var rhythms = map[string]rhythm{
	careList + ".1": {days: 42},
	careList + ".2": {month: time.August, day: 20},
	careList + ".3": {days: halfYear},
	careList + ".4": {review: true},
	careList + ".5": {month: time.May, day: 1},
	careList + ".6": {never: true},
}

// DueOn returns the day on which a task is due next; "" when it is never. last is when it
// was done last, since when the caretaker has it.
func DueOn(itemID string, last, since, review clock.Date) clock.Date {
	r, ok := rhythms[itemID]
	if !ok {
		r = rhythm{days: halfYear}
	}
	switch {
	case r.never || since == "":
		return ""
	case r.review:
		return review // a check that was held has moved it on
	case r.month != 0:
		return yearly(last, since, r)
	}
	return max(last, since).Add(r.days)
}

// yearly is the first such day of a year since the caretaker has it, of which the task was
// not done from the beginning of that month on.
func yearly(last, since clock.Date, r rhythm) clock.Date {
	at := func(year, day int) clock.Date {
		return clock.Date(time.Date(year, r.month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	year := since.Time().Year()
	for at(year, r.day) < since || (last != "" && last >= at(year, 1)) {
		year++
	}
	return at(year, r.day)
}

// Task is one of the caretaker's tasks.
type Task struct {
	Item   method.Item
	Last   clock.Date // "" when it was not done yet
	Due    clock.Date // "" when it is never due
	Review bool       // it is the check of the page, asked for by itself
}

// Tasks are the caretaker's tasks with when each was done last and is due next.
func Tasks(pack *method.Pack, p Page, done map[string]clock.Date) []Task {
	list, ok := CareList(pack)
	if !ok {
		return nil
	}
	out := make([]Task, 0, len(list.Items))
	for _, item := range list.Items {
		last := done[item.ID]
		out = append(out, Task{Item: item, Last: last, Due: DueOn(item.ID, last, p.CareSince, p.Care.ReviewOn), Review: rhythms[item.ID].review})
	}
	return out
}

// First returns the task that is due first, by a day, the check left out; ok is false when
// none is.
func First(tasks []Task, by clock.Date) (Task, bool) {
	var first Task
	for _, t := range tasks {
		if !t.Review && t.Due != "" && t.Due <= by && (first.Due == "" || t.Due < first.Due) {
			first = t
		}
	}
	return first, first.Due != ""
}
