package demo

import (
	"context"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/block/evidence"
	"leerkring/internal/clock"
	"leerkring/why"
)

// learn is what a team finds out, and what it needs.
func (p *play) learn(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Source != nil:
		a := s.Source
		from, err := p.keys(a.From)
		if err != nil {
			return "", err
		}
		n := evidence.New{Item: evidence.Source{Of: evidence.SourceType(a.Of), Title: a.Title, Where: a.Where, Says: a.Says, Strength: evidence.Strength(a.Strength), Stance: evidence.Stance(a.Stance), Translation: a.Translation}}
		for _, id := range from {
			n.From = append(n.From, why.Ref{Kind: "contribution", ID: id})
		}
		return p.Blocks.Evidence.Add(ctx, by, p.id, n)
	case s.Explain != nil:
		a := s.Explain
		return p.found(ctx, by, evidence.Explanation{Text: a.Text, Whose: a.Whose, Lies: evidence.Lies(a.Lies), Present: a.Present, Behind: a.Behind}, a.For, a.Against)
	case s.Finding != nil:
		a := s.Finding
		return p.found(ctx, by, evidence.Finding{Text: a.Text, ForWhom: a.ForWhom, HowOften: a.HowOften, Tried: a.Tried, Keep: a.Keep, Proud: a.Proud}, a.For, nil)
	case s.Need != nil:
		a := s.Need
		return p.Blocks.Conditions.Add(ctx, by, p.id, condition.New{Words: condition.Words{Kind: condition.Kind(a.Kind), Text: a.Text, Essential: a.Essential, SharedTime: a.Shared}, AskedID: p.made.people[a.Asked].ID, Says: a.Says})
	case s.Promise != nil:
		return "", p.promise(ctx, by, s.Promise)
	case s.Kept != nil:
		one, err := p.need(ctx, by, s.Kept.Need)
		if err != nil {
			return "", err
		}
		return "", p.Blocks.Conditions.Mark(ctx, by, one.ID, one.Step, s.Kept.Kept, s.Kept.Words)
	}
	return "", errNotMine
}

func (p *play) found(ctx context.Context, by access.Who, item evidence.Item, forIt, against []string) (string, error) {
	n := evidence.New{Item: item}
	var err error
	if n.For, err = p.keys(forIt); err != nil {
		return "", err
	}
	if n.Against, err = p.keys(against); err != nil {
		return "", err
	}
	return p.Blocks.Evidence.Add(ctx, by, p.id, n)
}

func (p *play) need(ctx context.Context, by access.Who, key string) (condition.One, error) {
	id, err := p.key(key)
	if err != nil {
		return condition.One{}, err
	}
	return p.Blocks.Conditions.One(ctx, p.DB, by, id)
}

func (p *play) promise(ctx context.Context, by access.Who, a *promiseAct) error {
	one, err := p.need(ctx, by, a.Need)
	if err != nil {
		return err
	}
	due := clock.Date("")
	if a.Due != 0 {
		due = p.now.Add(a.Due)
	}
	return p.Blocks.Conditions.Promise(ctx, by, one.ID, one.Step, condition.Answer{To: condition.State(a.To), Words: a.Words, Due: due})
}
