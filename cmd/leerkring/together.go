package main

import (
	"context"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

// counted shows on the wall of a team what it counts together: two blocks that do not know each other.
type counted struct{ h *house }

// Of returns what a team follows by counting, each with its newest count.
func (c counted) Of(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]session.Goal, error) {
	p, err := c.h.blocks.monitors.Page(ctx, q, seen)
	if err != nil {
		return nil, err
	}
	var out []session.Goal
	for _, s := range p.Series {
		g := session.Goal{Body: s.Indicator.Body, Unit: s.Indicator.Unit}
		if last, ok := s.Last(); ok {
			g.Hits, g.Of = last.Total.Yes, last.Total.Of
		}
		out = append(out, g)
	}
	return out, nil
}

// sessionSource shows in somebody's own week what they are asked to.
type sessionSource struct{ h *house }

// cardMinutes is how long looking back on something takes.
const cardMinutes = 3

// Asks says that something of the person's own stands ready, and no more: what, and how much, is
// behind a door of its own. Who is asked to a session sees that on its day, and answers there.
func (s *sessionSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	ready, err := s.h.blocks.sessions.CardReady(ctx, k.Who, today)
	if err != nil || !ready {
		return nil, err
	}
	return []week.Ask{{Item: "cards", Kind: week.Own, TextKey: "week.ask_own", WhyKey: "week.why_own", DoKey: "week.do_own", Link: "/cards", Minutes: cardMinutes, LaterOK: true, Private: true}}, nil
}

// Happens returns the sessions between two days that the person is asked to.
func (s *sessionSource) Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]week.Happening, error) {
	list, err := s.h.blocks.sessions.Mine(ctx, k.Who)
	if err != nil {
		return nil, err
	}
	zone := k.Home().Location()
	var out []week.Happening
	for _, x := range list {
		if on := clock.On(x.StartsAt, zone); on < from || on > to {
			continue
		}
		h := week.Happening{At: x.StartsAt, Title: s.h.wordsFor(k).Render(x.Pack.Name), Place: x.Place, Link: "/sessions/" + x.ID, Meets: !x.State.Over()}
		if x.Title != "" {
			h.Title += ": " + x.Title
		}
		if x.State == session.Running {
			h.NoteKey = "week.hour_live"
		}
		out = append(out, h)
	}
	return out, nil
}
