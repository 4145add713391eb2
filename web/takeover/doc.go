// Package takeover shows how a plan that a team already has comes in, from Word or pasted:
// first a look at what every line would become, then one press. A trajectory can begin with it.
package takeover

import (
	"context"
	"embed"

	"leerkring/block/plan"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories *trajectory.Service
	Plans        *plan.Service
	Schools      *school.Service
	Needs        func(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]string, error) // what a trajectory needs, in its words
}

// newPath is where a trajectory begins with a plan.
const newPath = "/trajectories/own"

func planPath(trajectoryID string) string { return "/trajectories/" + trajectoryID + "/plan" }
