package main

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/job"
	"leerkring/school"
	"leerkring/trajectory"
	schoolweb "leerkring/web/school"
	"leerkring/week"
)

// schoolRoom are the pages of the school; what teams need of the timetable lies in a block.
func (h *house) schoolRoom() *schoolweb.Room {
	return &schoolweb.Room{Schools: h.schools, Trajectories: h.trajectories, Wishes: h.wishes}
}

// forgetting is that what stood before the opening of a year goes when its day is over.
func (h *house) forgetting() {
	const kind = "year.forget"
	h.jobs.Handle(kind, func(ctx context.Context, _ job.Job) error {
		_, err := h.schools.ForgetUndo(ctx)
		return err
	})
	h.jobs.Repeat(kind, job.Every(10*time.Minute))
}

// wishes are what teams need of the timetable and in hours.
func (h *house) wishes(ctx context.Context, list []trajectory.Seen) ([]schoolweb.Wish, error) {
	all, err := h.blocks.conditions.Wishes(ctx, h.db, list)
	out := make([]schoolweb.Wish, len(all))
	for i, c := range all {
		out[i] = schoolweb.Wish{TrajectoryID: c.TrajectoryID, Text: c.Text, Open: c.State.Open()}
	}
	return out, err
}

// yearSource asks leads, in the last months of a school year, how their teams go on, and who leads
// the school to choose and to open the next one.
type yearSource struct{ h *house }

// How long that takes, in minutes.
const (
	afterMinutes  = 1
	chooseMinutes = 10
	openMinutes   = 3
)

// Asks returns the trajectories of which a lead said nothing for after the year. Outside those
// months it is one query.
func (s *yearSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	sc := k.Home()
	asked, err := s.h.trajectories.AskedHowOn(ctx, k.Who, sc.ID, today)
	if err != nil {
		return nil, err
	}
	leads := access.May(k.Who, access.Decide, access.Object{Kind: access.FocusPoint, BoardID: sc.BoardID, SchoolID: sc.ID})
	if len(asked) == 0 && !leads {
		return nil, nil
	}
	turn, err := s.h.schools.TurnAt(ctx, sc.ID)
	if err != nil {
		return nil, err
	}
	var out []week.Ask
	if leads {
		if out, err = s.leads(ctx, k, turn); err != nil {
			return nil, err
		}
	}
	if !turn.Asks() {
		return out, nil
	}
	for _, a := range asked {
		if a.YearID != turn.From.ID {
			continue
		}
		out = append(out, week.Ask{Item: "after/" + a.ID, Kind: week.Prepare, TextKey: "trajectory.week_after", Args: []any{"title", a.Title}, WhyKey: "trajectory.week_after_why", DoKey: "trajectory.week_after_do",
			Link: "/trajectories/" + a.ID + "/year/form", Minutes: afterMinutes, LaterOK: true, SchoolID: sc.ID})
	}
	return out, nil
}

// leads asks who leads the school to choose what goes on, and later to open the year.
func (s *yearSource) leads(ctx context.Context, k school.Known, turn school.YearTurn) ([]week.Ask, error) {
	if turn.Step == school.YearRuns || turn.Step == school.Begun {
		return nil, nil
	}
	sc := k.Home()
	points, err := s.h.schools.FocusPoints(ctx, k.Who, sc.ID)
	if err != nil {
		return nil, err
	}
	a := week.Ask{Kind: week.Prepare, Link: "/school/year", LaterOK: true, SchoolID: sc.ID}
	switch turn.Wants(points) {
	case school.Choosing:
		a.Item, a.TextKey, a.WhyKey, a.DoKey, a.Minutes = "year-choose/"+turn.From.ID, "school.week_choose", "school.week_choose_why", "school.week_choose_do", chooseMinutes
	case school.Opening:
		a.Item, a.TextKey, a.Args, a.WhyKey, a.DoKey, a.Minutes = "year-open/"+turn.To.ID, "school.week_open", []any{"year", turn.To.Name}, "school.week_open_why", "school.week_open_do", openMinutes
	default:
		return nil, nil
	}
	return []week.Ask{a}, nil
}

// Happens returns nothing: an answer has no hour.
func (s *yearSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
