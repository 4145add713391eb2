package plan

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// between is what keeps two pieces in a part of the head apart: each is a paragraph.
const between = "\n\n"

// Onto puts words behind what a part of the head says.
func Onto(stands, more string) string {
	return strings.TrimSpace(strings.TrimSpace(stands) + between + strings.TrimSpace(more))
}

// FitsHead reports whether words fit behind what a part of the head says.
func FitsHead(stands, more string) bool {
	return utf8.RuneCountInString(Onto(stands, more)) <= maxWhy
}

// InHead reports whether a part of the head has these words already: as a line or a paragraph
// of its own.
func InHead(stands, text string) bool {
	says := Says(text)
	if says == "" || strings.TrimSpace(stands) == "" {
		return false
	}
	same := func(s string) bool { return Says(s) == says }
	return slices.ContainsFunc(strings.Split(stands, "\n"), same) || slices.ContainsFunc(strings.Split(stands, between), same)
}

// begins reports whether a head says with whom the team begins.
func (h Head) begins() bool { return h.Strategy != "" || h.With != "" }

// head puts the plan's own words behind what stands, and with whom the team begins.
func (w *taking) head(ctx context.Context, p OwnPaper) error {
	h := w.plan.Head
	for _, part := range []struct {
		into *string
		list []OwnText
	}{{&h.Why, p.Why}, {&h.Keep, p.Keep}} {
		for _, t := range part.list {
			*part.into = Onto(*part.into, t.Text)
			if err := w.line(ctx, t, linePlaced); err != nil {
				return err
			}
			w.out.Placed++
		}
	}
	if p.Start != nil {
		h.Strategy, h.With = p.Start.Strategy, strings.TrimSpace(p.Start.With)
		if err := w.line(ctx, OwnText{Digest: p.Start.Digest}, linePlaced); err != nil {
			return err
		}
		w.out.Placed++
	}
	if len(p.Why)+len(p.Keep) == 0 && p.Start == nil {
		return nil
	}
	return w.rewrite(ctx, h)
}

// rewrite makes other words the head, with their version and their entry.
func (w *work) rewrite(ctx context.Context, h Head) error {
	if err := h.Check(); err != nil {
		return err
	}
	from := w.plan.Version
	k, err := w.keep(ctx, w.self(), from, from, h.body())
	if err != nil || !k.stands {
		return err
	}
	w.plan.Head, w.plan.Version = HeadOf(h.body()), k.version
	return w.changed(ctx, "changed", w.self(), from, k.version)
}
