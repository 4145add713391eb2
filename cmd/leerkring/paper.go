package main

import "leerkring/publish"

// press makes what people take along on paper.
func (h *house) press() *publish.Press {
	return &publish.Press{Trajectories: h.trajectories, Plans: h.blocks.plans, Conditions: h.blocks.conditions, Meetings: h.blocks.meetings, Agreements: h.blocks.agreements, Clock: h.clock}
}
