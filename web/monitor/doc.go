// Package monitor shows the ordinary moment: what comes next, the form in which a group
// counts together and says what it saw, and the line of totals with what it cannot tell.
package monitor

import (
	"context"
	"embed"

	"leerkring/block/monitor"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call. Changes and Ideas come from the plan, which
// is another block; without them the pages show neither.
type Room struct {
	Trajectories *trajectory.Service
	Schools      *school.Service
	Monitor      *monitor.Service
	Changes      func(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]monitor.Change, error)
	Ideas        func(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Idea, error)
}

// Idea is something to follow that the plan already names.
type Idea struct {
	Kind monitor.Kind
	Text string
}
