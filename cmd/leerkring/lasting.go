package main

import (
	"context"
	"strconv"

	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
	agreementweb "leerkring/web/agreement"
	handoverweb "leerkring/web/handover"
	monitorweb "leerkring/web/monitor"
)

// monitorRoom are the pages of what a team follows, with what its plan already names.
func (h *house) monitorRoom() *monitorweb.Room {
	return &monitorweb.Room{Trajectories: h.trajectories, Schools: h.schools, Monitor: h.blocks.monitors, Changes: h.planChanges, Ideas: h.planIdeas}
}

// agreementRoom is the page that lasts; a new one begins with the goals of the plan.
func (h *house) agreementRoom(hands *handoverweb.Room) *agreementweb.Room {
	return &agreementweb.Room{TakeOver: hands.OnAgreement, Trajectories: h.trajectories, Schools: h.schools, Agreements: h.blocks.agreements, Goals: h.planGoals}
}

// planChanges are the days on which a settled plan was adjusted.
func (h *house) planChanges(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]monitor.Change, error) {
	p, err := h.blocks.plans.Page(ctx, q, seen)
	if err != nil {
		return nil, err
	}
	var out []monitor.Change
	for _, v := range p.Versions {
		if v.FrozenFor == plan.ForAdjustment {
			out = append(out, monitor.Change{On: clock.On(v.MadeAt, seen.School.Location()), Text: v.Reason, Href: "/trajectories/" + seen.ID + "/plan/versions/" + strconv.Itoa(v.Number)})
		}
	}
	return out, nil
}

// planIdeas are what the goals say by which a team will notice.
func (h *house) planIdeas(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]monitorweb.Idea, error) {
	p, err := h.blocks.plans.Page(ctx, q, seen)
	if err != nil {
		return nil, err
	}
	var out []monitorweb.Idea
	for _, g := range p.Goals {
		if g.Is.NoticedBy != "" {
			out = append(out, monitorweb.Idea{Kind: monitor.CarriedOut, Text: g.Is.NoticedBy})
		}
	}
	return out, nil
}

func (h *house) planGoals(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]string, error) {
	p, err := h.blocks.plans.Page(ctx, q, seen)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, g := range p.Goals {
		out = append(out, g.Is.Text)
	}
	return out, nil
}
