// Package trajectory shows trajectories: the list and beginning one, the stage page with
// the wheel, the people in it, its history, and its settings.
package trajectory

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"leerkring/block/coach"
	"leerkring/block/contribution"
	"leerkring/internal/db"
	"leerkring/media"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories  *trajectory.Service
	Schools       *school.Service
	Contributions *contribution.Service
	Coach         *coach.Service
	Media         *media.Service
	Sections      []Section // what other blocks add to the stage page
	// OnPeople adds who carries it beside the people; nil adds nothing.
	OnPeople func(r *room.Request, seen trajectory.Seen) (templ.Component, error)
	// WithoutLead tells which of some trajectories nobody can lead today; nil tells nothing.
	WithoutLead func(ctx context.Context, q db.Queryer, list []trajectory.Seen) (map[string]bool, error)
}
