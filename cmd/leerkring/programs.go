package main

import (
	"context"
	"net/http"
	"time"

	"leerkring/access"
	"leerkring/api"
	"leerkring/block/session"
	"leerkring/internal/errs"
	"leerkring/internal/serve"
)

// programs is the door for programs: the same rooms, by token and without cookies. The
// outer door is that of the pages, but for what belongs to browsers.
func (h *house) programs(o serve.Options) http.Handler {
	door := api.New(api.Rooms{DB: h.db, Clock: h.clock, Catalog: h.catalog, Library: h.library, Tokens: h.accounts, Log: h.set.Log,
		Schools: h.schools, Trajectories: h.trajectories, Contributions: h.blocks.contributions, Evidence: h.blocks.evidence, Conditions: h.blocks.conditions,
		Plans: h.blocks.plans, Decisions: h.blocks.decisions, Meetings: h.blocks.meetings, Monitor: h.blocks.monitors, Agreements: h.blocks.agreements, Tasks: h.blocks.tasks, Sessions: held{h}})
	o.Rule, o.Fail = nil, nil
	return serve.API(door.Mux(), o)
}

// held tells programs that sessions are held, and no more than that.
type held struct{ h *house }

// Between are the sessions of a stretch of time that somebody may know of.
func (x held) Between(ctx context.Context, who access.Who, from, until time.Time) ([]api.Session, error) {
	list, err := x.h.blocks.sessions.KnownBetween(ctx, who, from, until)
	out := make([]api.Session, len(list))
	for i, s := range list {
		out[i] = heldAs(s.Session)
	}
	return out, err
}

// One is a session by its id.
func (x held) One(ctx context.Context, who access.Who, id string) (api.Session, error) {
	list, err := x.h.blocks.sessions.Among(ctx, who, []string{id})
	if err != nil {
		return api.Session{}, err
	}
	if len(list) == 0 {
		return api.Session{}, errs.Absent()
	}
	return heldAs(list[0].Session), nil
}

func heldAs(s session.Session) api.Session {
	return api.Session{ID: s.ID, MethodID: s.MethodID, State: string(s.State), StartsAt: s.StartsAt, BegunAt: s.BegunAt, ClosedAt: s.ClosedAt}
}
