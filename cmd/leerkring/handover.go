package main

import (
	"context"
	"time"

	"leerkring/handover"
	"leerkring/internal/clock"
	"leerkring/internal/job"
	"leerkring/school"
	handoverweb "leerkring/web/handover"
	"leerkring/week"
)

// handing connects the rooms in which people carry something with the one that hands it over.
func (h *house) handing() {
	b := h.blocks
	h.handovers = handover.NewService(h.db, h.clock, h.schools, h.trajectories, h.schools, h.trajectories, b.agreements, b.conditions, b.decisions, b.plans, b.tasks, b.meetings, b.sessions)
}

// turning lets a substitute step in on the first day, and work go back on the last one.
func (h *house) turning() {
	const kind = "handover.turn"
	h.jobs.Handle(kind, func(ctx context.Context, _ job.Job) error {
		_, err := h.handovers.Turn(ctx)
		return err
	})
	h.jobs.Repeat(kind, job.Every(10*time.Minute))
}

// handoverSource tells in somebody's own week what came to them from a colleague, and who does
// their work.
type handoverSource struct{ h *house }

// Asks returns one line for each time that work went over.
func (s *handoverSource) Asks(ctx context.Context, k school.Known, _ clock.Date) ([]week.Ask, error) {
	of, err := s.h.handovers.Week(ctx, k.Who)
	var out []week.Ask
	for _, n := range of.New {
		a := week.Ask{Item: "handover/" + n.ID, Kind: week.Read, DoKey: "week.handover_do", Link: handoverweb.Path, Minutes: 1, LaterOK: true, SchoolID: n.SchoolID}
		from := n.Giver.Called()
		switch mine := n.FromID == k.Who.ID; {
		case n.Kind == handover.Substitute:
			a.TextKey, a.Args = substituteText(n, mine), []any{"name", from, "from", n.FromOn}
			a.WhyKey, a.WhyArgs = "week.handover_you_why", []any{"until", n.UntilOn}
			if mine {
				a.Args[1], a.WhyKey, a.Own = n.To, a.TextKey+"_why", true // also while they are away
			}
		case mine:
			a.TextKey, a.Args, a.WhyKey, a.Own = "week.handover_taken", []any{"name", n.To}, "week.handover_taken_why", true
		default:
			a.TextKey, a.Args = "week.handover_got", []any{"from", from}
			a.WhyKey, a.WhyArgs = fromWhom(n.Reason())
		}
		out = append(out, a)
	}
	for _, l := range of.Left {
		a := week.Ask{Item: "lying/" + l.ID, Kind: week.Read, TextKey: "week.handover_lying", Args: []any{"n", l.Things, "title", l.Title}, WhyKey: "week.handover_lying_why",
			DoKey: "week.handover_lying_do", Link: "/trajectories/" + l.ID + "/people#led", Minutes: 2, LaterOK: true, SchoolID: l.SchoolID}
		if l.Nobody {
			a.TextKey, a.Args = "week.handover_nobody_leads", []any{"title", l.Title}
		}
		out = append(out, a)
	}
	return out, err
}

func substituteText(n handover.New, mine bool) string {
	switch begun := !n.BegunAt.IsZero(); {
	case mine && begun:
		return "week.handover_stands"
	case mine:
		return "week.handover_comes"
	case begun:
		return "week.handover_you_stand"
	}
	return "week.handover_you_come"
}

// fromWhom says from whom somebody has something, and how long.
func fromWhom(r handover.Reason) (key string, args []any) {
	switch {
	case r.Good:
		return "week.from_good", []any{"from", r.From}
	case r.Until == "":
		return "week.from_back", []any{"from", r.From}
	}
	return "week.from_date", []any{"from", r.From, "until", r.Until}
}

// Happens returns nothing: the things themselves stand on their days.
func (s *handoverSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
