package main

import (
	"net/http"

	"leerkring/api"
	"leerkring/internal/serve"
)

// programs is the door for programs: the same rooms, by token and without cookies. The
// outer door is that of the pages, but for what belongs to browsers.
func (h *house) programs(o serve.Options) http.Handler {
	door := api.New(api.Rooms{DB: h.db, Clock: h.clock, Catalog: h.catalog, Library: h.library, Tokens: h.accounts, Log: h.set.Log,
		Schools: h.schools, Trajectories: h.trajectories, Contributions: h.blocks.contributions, Evidence: h.blocks.evidence, Conditions: h.blocks.conditions,
		Plans: h.blocks.plans, Decisions: h.blocks.decisions, Meetings: h.blocks.meetings, Monitor: h.blocks.monitors, Agreements: h.blocks.agreements, Tasks: h.blocks.tasks})
	o.Rule, o.Fail = nil, nil
	return serve.API(door.Mux(), o)
}
