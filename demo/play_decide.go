package demo

import (
	"context"
	"fmt"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/why"
)

// decide is the plan, and what people find of it.
func (p *play) decide(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Plan != nil:
		return "", p.draft(ctx, by, s.Plan)
	case s.Action != nil:
		a := s.Action
		return p.Blocks.Plans.Add(ctx, by, p.id, plan.Action{Text: a.Text, OwnerID: p.made.people[a.Owner].ID, When: a.When, Hours: a.Hours})
	case s.PutUp != nil:
		var err error
		p.plan, err = p.Blocks.Plans.PutUp(ctx, by, p.id, plan.State(s.PutUp.To), s.PutUp.Reason)
		return "", err
	case s.Adjust != nil:
		_, err := p.Blocks.Plans.Adjust(ctx, by, p.id, s.Adjust.Reason, s.Adjust.By)
		return "", err
	case s.Propose != nil:
		a := s.Propose
		n := decision.Proposal{Title: a.Title, Body: a.Body, Audience: decision.Audience(a.Audience), ClosesOn: p.now.Add(a.Closes)}
		if a.Plan {
			n.PlanNumber = p.plan
		}
		return p.Blocks.Decisions.Open(ctx, by, p.id, n)
	case s.Say != nil:
		id, err := p.key(s.Say.About)
		if err != nil {
			return "", err
		}
		return "", stands(p.Blocks.Decisions.React(ctx, by, p.id, id, 0, decision.Say{Choice: decision.Choice(s.Say.Choice), Text: s.Say.Text}))
	case s.AnswerTo != nil:
		return "", p.answerTo(ctx, by, s.AnswerTo)
	case s.Decided != nil:
		id, err := p.key(s.Decided.About)
		if err != nil {
			return "", err
		}
		return "", p.Blocks.Decisions.Close(ctx, by, p.id, id, decision.Closing{Outcome: decision.Outcome(s.Decided.Outcome), Reason: s.Decided.Reason})
	}
	return "", errNotMine
}

func (p *play) draft(ctx context.Context, by access.Who, a *planAct) error {
	q := plan.QuickPlan{Why: a.Why, Core: a.Core, Room: a.Room}
	for _, g := range a.Goals {
		findings, err := p.keys(g.Answers)
		if err != nil {
			return err
		}
		goal := plan.QuickGoal{Text: g.Text, NoticedBy: g.Notice}
		for _, id := range findings {
			goal.Answers = append(goal.Answers, why.Ref{Kind: "finding", ID: id})
		}
		q.Goals = append(q.Goals, goal)
	}
	for _, x := range a.Actions {
		q.Actions = append(q.Actions, plan.QuickAction{Text: x.Text, Who: x.Who, When: x.When, Hours: x.Hours, Goal: x.Goal})
	}
	return p.Blocks.Plans.Draft(ctx, by, p.id, q)
}

// answerTo answers what somebody said about a proposal.
func (p *play) answerTo(ctx context.Context, by access.Who, a *answerToAct) error {
	id, err := p.key(a.About)
	if err != nil {
		return err
	}
	view, _, err := p.Blocks.Decisions.One(ctx, by, p.id, id)
	if err != nil {
		return err
	}
	for _, r := range view.Reactions {
		if r.PersonID == p.made.people[a.Of].ID {
			return stands(p.Blocks.Decisions.Answer(ctx, by, p.id, id, decision.Reply{ReactionID: r.ID, To: r.Version, Base: r.AnswerVersion, Text: a.Text}))
		}
	}
	return fmt.Errorf("%s said nothing", a.Of)
}
