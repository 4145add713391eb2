package demo

import (
	"context"
	"fmt"

	"leerkring/authoring"
	"leerkring/content"
	"leerkring/method"

	"github.com/goccy/go-yaml"
)

// ownWay is a way of working that the school made itself, from content/demo/own.yaml: a copy
// with a few other words, and a change that is not published yet.
type ownWay struct {
	By, From  string
	Name      method.Text
	Published []ownWords
	Draft     []ownWords
}

type ownWords struct {
	Part, Key string
	Text      method.Text
}

// OwnWay lets the school make a way of working its own.
func (a *Acts) OwnWay(ctx context.Context, m *made) error {
	raw, err := content.FS.ReadFile("demo/own.yaml")
	if err != nil {
		return err
	}
	var own ownWay
	if err := yaml.UnmarshalWithOptions(raw, &own, yaml.Strict()); err != nil {
		return fmt.Errorf("demo: own.yaml: %w", err)
	}
	who, err := a.who(ctx, m, own.By)
	if err != nil {
		return err
	}
	id, err := a.Own.Copy(ctx, who, m.school.ID, own.From, own.Name)
	if err != nil {
		return err
	}
	write := func(words []ownWords) error {
		for _, w := range words {
			p, err := a.Own.One(ctx, who, id)
			if err != nil {
				return err
			}
			body := authoring.Fill(p.Draft, w.Part)
			body[w.Key+".nl"], body[w.Key+".en"] = w.Text.NL, w.Text.EN
			saved, err := a.Own.Save(ctx, who, id, w.Part, p.Parts[w.Part], body)
			if err != nil || len(saved.Problems) > 0 {
				return fmt.Errorf("demo: own.yaml: %s %v: %w", w.Key, saved.Problems, err)
			}
		}
		return nil
	}
	if err := write(own.Published); err != nil {
		return err
	}
	p, err := a.Own.One(ctx, who, id)
	if err != nil {
		return err
	}
	if _, err := a.Own.Publish(ctx, who, id, p.Version); err != nil {
		return err
	}
	return write(own.Draft)
}
