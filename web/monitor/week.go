package monitor

import (
	"context"

	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

// Source tells Mijn week of the moments of this week: five minutes that are asked of those
// who take part, and on which day.
type Source struct {
	Trajectories *trajectory.Service
	Monitor      *monitor.Service
	Words        func(school.Known) *method.Words // in which a person reads packs
}

// Asks returns the planned moments of this week that are still to come.
func (s *Source) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	list, err := s.Monitor.Coming(ctx, k.Who, today, today.Monday().Add(6))
	if err != nil {
		return nil, err
	}
	out := make([]week.Ask, 0, len(list))
	for _, c := range list {
		voice, err := s.question(ctx, k, c)
		if err != nil {
			return nil, err
		}
		out = append(out, week.Ask{Item: "moment/" + c.MomentID, Kind: week.Prepare, TextKey: "week.ask_moment", Args: []any{"title", c.Title}, Voice: voice, WhyKey: "week.why_moment", DoKey: "week.do_moment",
			Link: link(c), Minutes: c.Minutes, DueOn: c.On, LaterOK: true, SchoolID: c.SchoolID})
	}
	return out, nil
}

// question is the moment's own, else that of the method.
func (s *Source) question(ctx context.Context, k school.Known, c monitor.Coming) (string, error) {
	if c.Question != "" {
		return c.Question, nil
	}
	pack, err := s.Trajectories.PackOf(ctx, s.Trajectories.DB(), trajectory.Trajectory{MethodID: c.MethodID, MethodVersion: c.MethodVersion})
	if err != nil {
		return "", err
	}
	return s.Words(k).Render(monitor.Asks(pack)), nil
}

// Happens returns the planned moments of a week, each on its day.
func (s *Source) Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]week.Happening, error) {
	list, err := s.Monitor.Coming(ctx, k.Who, from, to)
	out := make([]week.Happening, 0, len(list))
	for _, c := range list {
		out = append(out, week.Happening{On: c.On, Title: c.Title, NoteKey: "week.note_moment", Args: []any{"minutes", c.Minutes}, Link: link(c)})
	}
	return out, err
}

func link(c monitor.Coming) string { return base(c.TrajectoryID) + "/moments/" + c.MomentID }
