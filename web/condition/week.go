package condition

import (
	"context"

	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/week"
)

// Week brings what a person is asked for, and what the person promised, to their week.
type Week struct {
	Conditions *condition.Service
}

// minutes that an answer takes, and a look at what one promised.
const (
	answerMinutes = 2
	lookMinutes   = 5
)

// Asks returns what waits for an answer of this person, and own promises whose day is near.
func (w Week) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	list, err := w.Conditions.AskedOf(ctx, k.Who, today)
	out := make([]week.Ask, 0, len(list))
	for _, a := range list {
		ask := week.Ask{Item: "condition/" + a.ID, Kind: week.Promise, TextKey: "condition.week_ask", Args: []any{"title", a.Title}, Voice: a.Text, WhyKey: "condition.week_why", DoKey: "condition.week_do",
			Link: address(a.ID), Minutes: answerMinutes, DueOn: a.By, LaterOK: true, SchoolID: a.SchoolID}
		if a.Essential {
			ask.WhyKey = "condition.week_why_essential"
		}
		if a.Promised {
			ask.Kind, ask.TextKey, ask.WhyKey, ask.DoKey, ask.Minutes, ask.DueOn, ask.Own, ask.LaterOK = week.Task, "condition.week_promised", "condition.week_why_promised", "condition.week_do_promised", lookMinutes, a.Due, true, false
		}
		out = append(out, ask)
	}
	return out, err
}

// Happens returns nothing: a condition is asked, it does not happen.
func (w Week) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
