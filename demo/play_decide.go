package demo

import (
	"context"
	"fmt"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/why"
)

// decide is the plan, and what people find of it.
func (p *play) decide(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Plan != nil:
		return "", p.draft(ctx, by, s.Plan)
	case s.Action != nil:
		return p.action(ctx, by, s)
	case s.Hearing != nil:
		a := s.Hearing
		return p.Blocks.Plans.Add(ctx, by, p.id, plan.Hearing{Who: a.Who, What: a.What, On: p.dayFrom(s, a.On), When: a.When})
	case s.Look != nil:
		a := s.Look
		return p.Blocks.Plans.Add(ctx, by, p.id, plan.Look{On: p.dayFrom(s, a.On), Question: a.Question, How: a.How, Who: a.Who})
	case s.PutUp != nil:
		var err error
		p.plan, err = p.Blocks.Plans.PutUp(ctx, by, p.id, plan.State(s.PutUp.To), s.PutUp.Reason)
		return "", err
	case s.Adjust != nil:
		_, err := p.Blocks.Plans.Adjust(ctx, by, p.id, s.Adjust.Reason, s.Adjust.By)
		return "", err
	case s.Propose != nil:
		a := s.Propose
		n := decision.Proposal{Title: a.Title, Body: a.Body, Audience: decision.Audience(a.Audience), ClosesOn: weekday(p.now.Add(a.Closes))}
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

// action puts an action in the plan, with the goal that it serves.
func (p *play) action(ctx context.Context, by access.Who, s step) (string, error) {
	a := s.Action
	item := plan.Action{Text: a.Text, OwnerID: p.made.people[a.Owner].ID, Who: a.Who, FromOn: p.dayFrom(s, a.From), ToOn: p.dayFrom(s, a.To), When: a.When, Hours: a.Hours}
	if a.Goal > 0 {
		seen, err := p.Trajectories.Reach(ctx, p.DB, by, p.id)
		if err != nil {
			return "", err
		}
		page, err := p.Blocks.Plans.Page(ctx, p.DB, seen)
		if err != nil {
			return "", err
		}
		if a.Goal > len(page.Goals) {
			return "", fmt.Errorf("the plan has no goal %d", a.Goal)
		}
		item.GoalID = page.Goals[a.Goal-1].ID
	}
	return p.Blocks.Plans.Add(ctx, by, p.id, item)
}

// dayFrom is a day of the case, counted from today as the days of steps are; 0 is none.
func (p *play) dayFrom(s step, n int) clock.Date {
	if n == 0 {
		return ""
	}
	return weekday(p.now.Add(n - s.Day))
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
