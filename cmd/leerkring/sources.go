package main

import (
	"context"

	"leerkring/block/contribution"
	"leerkring/block/session"
	"leerkring/carry"
	"leerkring/handover"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	agreementweb "leerkring/web/agreement"
	conditionweb "leerkring/web/condition"
	monitorweb "leerkring/web/monitor"
	"leerkring/week"
)

// weekSources are the rooms that ask something of a person.
func (h *house) weekSources() []week.Source {
	return []week.Source{
		&handoverSource{h}, &roundSource{h}, &taskSource{h}, &hourSource{h}, &sessionSource{h}, &decisionSource{h}, &yearSource{h},
		conditionweb.Week{Conditions: h.blocks.conditions},
		&monitorweb.Source{Trajectories: h.trajectories, Monitor: h.blocks.monitors, Words: h.wordsFor},
		&agreementweb.Source{Agreements: h.blocks.agreements, Words: h.wordsFor},
	}
}

// roundSource asks for answers in open rounds.
type roundSource struct{ h *house }

// minutes that an answer takes.
const (
	answerMinutes = 3
	rateMinutes   = 4
	taskMinutes   = 10
)

// Asks returns the rounds that have not heard this person yet.
func (s *roundSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	asked, err := s.h.blocks.contributions.Asked(ctx, k.Who, today)
	if err != nil {
		return nil, err
	}
	out := make([]week.Ask, 0, len(asked))
	for _, a := range asked {
		ask := week.Ask{Item: "round/" + a.RoundID, Kind: week.Answer, TextKey: "week.ask_answer", Args: []any{"title", a.TrajectoryTitle}, WhyKey: "week.why_round", DoKey: "week.do_answer",
			Link: "/trajectories/" + a.TrajectoryID + "/questions/" + a.ElementID, Minutes: answerMinutes, DueOn: a.ClosesOn, Closing: true, LaterOK: true, SchoolID: a.SchoolID}
		if a.Form == contribution.Rating {
			ask.TextKey, ask.Minutes, ask.DoKey, ask.Link = "week.ask_rate", rateMinutes, "week.do_rate", "/trajectories/"+a.TrajectoryID+"/explore#weigh"
		} else if ask.Voice, err = s.question(ctx, k, a); err != nil {
			return nil, err
		}
		out = append(out, ask)
	}
	return out, nil
}

// question is the words of the question that a round asks.
func (s *roundSource) question(ctx context.Context, k school.Known, a contribution.Ask) (string, error) {
	pack, err := s.h.trajectories.PackOf(ctx, s.h.db, trajectory.Trajectory{MethodID: a.MethodID, MethodVersion: a.MethodVersion})
	if err != nil {
		return "", err
	}
	_, q, ok := pack.Question(a.ElementID)
	if !ok {
		return "", nil
	}
	return s.h.wordsFor(k).Render(q.Text), nil
}

// Happens returns nothing: rounds have no hour.
func (s *roundSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}

// taskSource shows what a person took on.
type taskSource struct{ h *house }

// Asks returns the person's open tasks of the coming two weeks and those without a date.
func (s *taskSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	tasks, err := task.Mine(ctx, s.h.db, k.Who)
	if err != nil {
		return nil, err
	}
	from, err := s.sessions(ctx, k, tasks)
	if err != nil {
		return nil, err
	}
	reasons := map[string]handover.Reason{}
	if len(tasks) > 0 {
		of, err := s.h.handovers.Week(ctx, k.Who)
		if err != nil {
			return nil, err
		}
		reasons = of.Why
	}
	var out []week.Ask
	for _, t := range tasks {
		if t.DueOn != "" && t.DueOn > today.Add(14) {
			continue
		}
		a := week.Ask{Item: "task/" + t.ID, Kind: week.Task, TextKey: "week.ask_task", Voice: t.Body, WhyKey: "week.why_task", DoKey: "week.do_task", Minutes: taskMinutes, DueOn: t.DueOn, Own: true, SettleURL: "/tasks/" + t.ID}
		if x, ok := from[t.SourceID]; ok && (t.SourceKind == session.FromSession || t.SourceKind == session.FromNote) {
			a.Link, a.WhyKey = "/sessions/"+x.ID, "week.why_task_session"
			a.WhyArgs = []any{"method", s.h.wordsFor(k).Render(x.Pack.Name), "date", clock.On(x.HeldAt(), k.Home().Location())}
			if t.SourceKind == session.FromNote {
				a.WhyKey = "week.why_task_own"
			}
		} else if t.TrajectoryID != "" {
			a.Link = "/trajectories/" + t.TrajectoryID
			if t.SourceKind == "meeting" {
				a.Link += "/meetings/" + t.SourceID
			} else if t.SourceKind == session.FromRelease && t.MadeBy != t.OwnerID {
				a.WhyKey = "week.why_task_given"
			}
		}
		if r, ok := reasons[carry.Item{Kind: carry.Task, ID: t.ID}.Key()]; ok {
			a.WhyKey, a.WhyArgs = fromWhom(r)
			if !r.Taken {
				a.TextKey, a.Args = "week.handover_got", []any{"from", r.From}
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// sessions are those that the tasks came from, as far as the person may still know of them.
func (s *taskSource) sessions(ctx context.Context, k school.Known, tasks []task.Task) (map[string]session.Listed, error) {
	var ids []string
	for _, t := range tasks {
		if t.SourceKind == session.FromSession || t.SourceKind == session.FromNote {
			ids = append(ids, t.SourceID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := s.h.blocks.sessions.Among(ctx, k.Who, ids)
	out := make(map[string]session.Listed, len(list))
	for _, x := range list {
		out[x.ID] = x
	}
	return out, err
}

// Happens returns nothing: a task is asked, it does not happen.
func (s *taskSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
