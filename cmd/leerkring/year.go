package main

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	schoolweb "leerkring/web/school"
	"leerkring/week"
)

// schoolRoom are the pages of the school; what teams need of the timetable lies in a block.
func (h *house) schoolRoom() *schoolweb.Room {
	return &schoolweb.Room{Schools: h.schools, Trajectories: h.trajectories, Wishes: h.wishes}
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

// yearSource asks leads, in the last months of a school year, how their teams go on.
type yearSource struct{ h *house }

// afterMinutes is how long that answer takes.
const afterMinutes = 1

// Asks returns the trajectories of which a lead said nothing for after the year. Outside those
// months it is one query.
func (s *yearSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	sc := k.Home()
	asked, err := s.h.trajectories.AskedHowOn(ctx, k.Who, sc.ID, today)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	turn, err := s.h.schools.TurnAt(ctx, sc.ID)
	if err != nil || !turn.Asks() {
		return nil, err
	}
	var out []week.Ask
	for _, a := range asked {
		if a.YearID != turn.From.ID {
			continue
		}
		out = append(out, week.Ask{Item: "after/" + a.ID, Kind: week.Prepare, TextKey: "trajectory.week_after", Args: []any{"title", a.Title}, WhyKey: "trajectory.week_after_why", DoKey: "trajectory.week_after_do",
			Link: "/trajectories/" + a.ID + "/year/form", Minutes: afterMinutes, LaterOK: true, SchoolID: sc.ID})
	}
	return out, nil
}

// Happens returns nothing: an answer has no hour.
func (s *yearSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
