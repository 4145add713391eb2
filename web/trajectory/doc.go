// Package trajectory shows trajectories: the list and beginning one, the stage page with
// the wheel, the people in it, its history, and its settings.
package trajectory

import (
	"embed"

	"leerkring/block/coach"
	"leerkring/block/contribution"
	"leerkring/media"
	"leerkring/school"
	"leerkring/trajectory"
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
}
