package main

import (
	"context"

	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	conditionweb "leerkring/web/condition"
	decisionweb "leerkring/web/decision"
	planweb "leerkring/web/plan"
	"leerkring/week"
	"leerkring/why"
)

// planning makes the plans and the decisions, and lets them and their neighbours answer
// each other: what a goal can rest on, and what can be reacted to.
func (h *house) planning() {
	h.blocks.plans = plan.NewService(h.trajectories, h.clock)
	h.blocks.decisions = decision.NewService(h.trajectories, h.clock, h.blocks.plans)
	for _, kind := range []string{"contribution", "pupil_contribution"} {
		h.blocks.plans.Cites(kind, h.blocks.contributions.Belong)
	}
	for _, kind := range []string{"finding", "evidence"} {
		h.blocks.plans.Cites(kind, h.found(kind))
	}
	for _, kind := range []string{"plan", "goal", "action_item"} {
		h.blocks.contributions.About(kind, h.blocks.plans.There(kind))
	}
}

// found answers whether findings or sources stand in a trajectory.
func (h *house) found(kind string) plan.Belong {
	return func(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error {
		refs := make([]why.Ref, len(ids))
		for i, id := range ids {
			refs[i] = why.Ref{Kind: kind, ID: id}
		}
		return h.blocks.evidence.Belong(ctx, q, seen, refs)
	}
}

// planRoom are the pages of the plan, with what is needed in it and the decision about it
// beside it.
func (h *house) planRoom() *planweb.Room {
	needs := &conditionweb.Room{Trajectories: h.trajectories, Conditions: h.blocks.conditions, Schools: h.schools}
	return &planweb.Room{Trajectories: h.trajectories, Plans: h.blocks.plans, Decisions: h.blocks.decisions, Contributions: h.blocks.contributions,
		Evidence: h.blocks.evidence, Deciding: decisionweb.Beside, Needs: needs.Part}
}

// decisionSource asks for voices in open decisions.
type decisionSource struct{ h *house }

// Asks returns the open decisions that have not heard this person yet, or not about the
// answer to an objection, and the objections that this person takes up. One about a plan
// leads to the plan, where its form stands; who cannot see that any more goes to the
// decision itself.
func (s *decisionSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	asked, err := s.h.blocks.decisions.Asked(ctx, k.Who, today)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	ids := make([]string, len(asked))
	for i, a := range asked {
		ids[i] = a.TrajectoryID
	}
	sees, err := s.h.trajectories.Reachable(ctx, k.Who, ids)
	if err != nil {
		return nil, err
	}
	out := make([]week.Ask, 0, len(asked))
	for _, a := range asked {
		out = append(out, decisionAsk(a, sees[a.TrajectoryID]))
	}
	return out, nil
}

func decisionAsk(a decision.Ask, sees bool) week.Ask {
	link := "/trajectories/" + a.TrajectoryID + "/decisions/" + a.DecisionID
	if a.TakenUp != "" {
		return week.Ask{Item: "taken-up/" + a.TakenUp, Kind: week.Answer, TextKey: "week.ask_taken_up", Args: []any{"title", a.TrajectoryTitle}, Voice: a.Title,
			WhyKey: "week.why_taken_up", DoKey: "week.do_taken_up", Link: link + "#reaction-" + a.TakenUp, Minutes: a.Minutes, DueOn: a.ClosesOn, Own: true, LaterOK: true, SchoolID: a.SchoolID}
	}
	if a.Back {
		return week.Ask{Item: "objection/" + a.DecisionID, Kind: week.Decide, TextKey: "week.ask_solved", Args: []any{"title", a.TrajectoryTitle}, Voice: a.Title,
			WhyKey: "week.why_solved", DoKey: "week.do_solved", Link: link, Minutes: 1, DueOn: a.ClosesOn, Closing: true, LaterOK: true, SchoolID: a.SchoolID}
	}
	if a.AboutPlan && sees {
		link = "/trajectories/" + a.TrajectoryID + "/plan#decide"
	}
	return week.Ask{Item: "decision/" + a.DecisionID, Kind: week.Decide, TextKey: "week.ask_decide", Args: []any{"title", a.TrajectoryTitle}, Voice: a.Title,
		WhyKey: "week.why_decide", DoKey: "week.do_decide", Link: link, Minutes: a.Minutes, DueOn: a.ClosesOn, Closing: true, LaterOK: true, SchoolID: a.SchoolID}
}

// Happens returns nothing: a decision is asked until a day, it has no hour.
func (s *decisionSource) Happens(context.Context, school.Known, clock.Date, clock.Date) ([]week.Happening, error) {
	return nil, nil
}
