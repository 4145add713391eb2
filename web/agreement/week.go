package agreement

import (
	"context"

	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/week"
)

// Source tells Mijn week what the pages ask of whoever keeps them alive: one task at a
// time, and on its day to ask the team whether it still holds.
type Source struct {
	Agreements *agreement.Service
	Words      func(school.Known) *method.Words // in which a person reads packs
}

// The minutes that these take.
const (
	taskMinutes   = 10
	reviewMinutes = 10
)

// Asks returns what is due this week, and what was due before it.
func (s *Source) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	list, err := s.Agreements.DueFor(ctx, k.Who, today, today.Monday().Add(6))
	if err != nil {
		return nil, err
	}
	out := make([]week.Ask, 0, len(list))
	for _, d := range list {
		a := week.Ask{Item: "care/" + d.TrajectoryID + "/" + d.Item.ID, Kind: week.Promise, TextKey: "week.ask_care", Args: []any{"title", d.Title}, WhyKey: "week.why_care", DoKey: "week.do_care",
			Link: base(d.TrajectoryID) + "#care", Minutes: taskMinutes, DueOn: later(d.On, today), LaterOK: true, SchoolID: d.SchoolID}
		if d.Review {
			a.Item, a.TextKey, a.WhyKey, a.DoKey = "review/"+d.TrajectoryID, "week.ask_review", "week.why_review", "week.do_review"
			a.Link, a.Minutes = base(d.TrajectoryID)+"#check", reviewMinutes
		} else {
			a.Voice = s.Words(k).Render(d.Item.Text)
		}
		out = append(out, a)
	}
	return out, nil
}

// later is a due day that has not passed: nothing here is ever late.
func later(due, today clock.Date) clock.Date {
	if due < today {
		return ""
	}
	return due
}

// Happens returns the days in a week on which a page is looked at again.
func (s *Source) Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]week.Happening, error) {
	list, err := s.Agreements.DueFor(ctx, k.Who, from, to)
	var out []week.Happening
	for _, d := range list {
		if d.Review && d.On >= from {
			out = append(out, week.Happening{On: d.On, Title: d.Title, NoteKey: "week.note_review", Link: base(d.TrajectoryID) + "#check"})
		}
	}
	return out, err
}
