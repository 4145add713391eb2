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

// Happens returns what people hold together between two days: the sessions that the person is asked
// to, the board of their team, and what they promised at an event to take up again.
func (s *sessionSource) Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]week.Happening, error) {
	zone := k.Home().Location()
	list, err := s.h.blocks.sessions.Between(ctx, k.Who, from.At(0, 0, zone), to.Add(1).At(0, 0, zone))
	if err != nil {
		return nil, err
	}
	var out []week.Happening
	for _, x := range list {
		h := week.Happening{At: x.StartsAt, Title: s.h.wordsFor(k).Render(x.Pack.Name), Place: x.Place, Link: "/sessions/" + x.ID, Meets: !x.State.Over()}
		if x.Title != "" {
			h.Title += ": " + x.Title
		}
		switch {
		case x.State == session.Running:
			h.NoteKey = "week.hour_live"
		case x.Me == "":
			h.NoteKey = "week.team_board"
		}
		out = append(out, h)
	}
	again, err := s.h.blocks.sessions.FollowUps(ctx, k.Who, from, to)
	for _, x := range again {
		out = append(out, week.Happening{On: x.On, Title: x.Title, NoteKey: "week.follow_up", Args: []any{"what", x.Text}, Link: "/sessions/" + x.SessionID + "/offers/" + x.OfferID})
	}
	return out, err
}
