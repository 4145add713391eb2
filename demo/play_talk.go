package demo

import (
	"context"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/why"
)

// talk is what people say, and are asked.
func (p *play) talk(ctx context.Context, by access.Who, s step) (string, error) {
	c := p.Blocks.Contributions
	switch {
	case s.Answer != nil:
		a := s.Answer
		return c.Add(ctx, by, p.id, contribution.Answer{ElementID: a.To, Words: contribution.Words{Kind: contribution.Kind(a.Kind), Chip: a.Chip, Body: a.Text, Source: a.Source, OtherSound: a.Other}})
	case s.Reply != nil:
		to, err := p.key(s.Reply.To)
		if err != nil {
			return "", err
		}
		return c.Reply(ctx, by, p.id, to, s.Reply.Text, "")
	case s.React != nil:
		to, err := p.key(s.React.To)
		if err != nil {
			return "", err
		}
		return c.React(ctx, by, p.id, contribution.Reaction{About: why.Ref{Kind: s.React.Kind, ID: to}, Words: contribution.Words{Body: s.React.Text}})
	case s.Ask != nil:
		n := contribution.NewRound{ElementID: s.Ask.Question, Form: contribution.Form(s.Ask.Form), Audience: contribution.Audience(s.Ask.Audience), ClosesOn: p.now.Add(s.Ask.Closes)}
		for _, t := range s.Ask.Teams {
			n.TeamIDs = append(n.TeamIDs, p.made.teams[t])
		}
		return c.Open(ctx, by, p.id, n)
	case s.EndRound != "":
		id, err := p.key(s.EndRound)
		if err != nil {
			return "", err
		}
		return "", c.Close(ctx, by, p.id, id)
	case s.Pupils != nil:
		return "", p.pupils(ctx, by, s.Pupils)
	case s.Cluster != nil:
		return p.cluster(ctx, by, s.Cluster)
	}
	return "", errNotMine
}

// pupils answer by a link, without a name.
func (p *play) pupils(ctx context.Context, by access.Who, a *pupilsAct) error {
	secret, err := p.Trajectories.MakeLink(ctx, by, p.id, a.Question)
	if err != nil {
		return err
	}
	for _, text := range a.Say {
		if err := p.Blocks.Contributions.AddByLink(ctx, secret, "", text); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) cluster(ctx context.Context, by access.Who, a *clusterAct) (string, error) {
	of, err := p.keys(a.Of)
	if err != nil {
		return "", err
	}
	line := ""
	if a.Vision > 0 {
		line = p.made.vision[a.Vision-1]
	}
	return p.Blocks.Contributions.Cluster(ctx, by, p.id, a.Title, a.Body, line, of)
}

// choose is what a leader decides about a candidate.
func (p *play) choose(ctx context.Context, by access.Who, a *chooseAct) error {
	id, err := p.key(a.Focus)
	if err != nil {
		return err
	}
	f, err := p.Schools.FocusByID(ctx, by, id)
	if err != nil {
		return err
	}
	choice := school.FocusChoice{State: school.FocusState(a.State), ParkedFor: a.Until, Reason: a.Reason}
	if choice.State == school.Parked {
		choice.KeeperID = by.ID
		choice.BackOn = clock.Date(p.now.Add(180))
	}
	return p.Schools.ChooseFocus(ctx, by, id, f.Version, choice)
}
