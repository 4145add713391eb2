// Package decision shows decisions: a proposal with the question whether one can go on
// with it, what everybody who was asked says, what was done with wishes and objections,
// how it ended, and what was decided before.
package decision

import (
	"embed"

	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/trajectory"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories *trajectory.Service
	Decisions    *decision.Service
	Plans        *plan.Service
}

func at(id string) string { return "/trajectories/" + id + "/decisions" }
