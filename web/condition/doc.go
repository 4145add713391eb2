// Package condition shows what is needed for a trajectory: rows that say who sees to it
// and how it stands, and a page for each where somebody is asked, answers in their own
// words, and the group marks whether it came. Who is asked from outside a closed
// trajectory finds that one page, and no more.
package condition

import (
	"embed"

	"leerkring/block/condition"
	"leerkring/school"
	"leerkring/trajectory"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories *trajectory.Service
	Conditions   *condition.Service
	Schools      *school.Service
}

// page is the address of all that a trajectory needs; one that of a single condition.
func page(trajectoryID string) string { return "/trajectories/" + trajectoryID + "/conditions" }

func address(id string) string { return "/conditions/" + id }
