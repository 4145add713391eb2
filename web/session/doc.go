// Package session shows a session: calling people together, waiting for each other, the page that
// everybody has open while it runs, the same on a big screen, and what is left at the end.
//
// Every press is a form of its own that works without script; live parts show what others do. The
// big screen shows what lies on the table and nothing that is somebody's own.
package session

import (
	"embed"

	"leerkring/block/session"
	"leerkring/school"
	"leerkring/trajectory"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Sessions     *session.Service
	Trajectories *trajectory.Service
	Schools      *school.Service
	Door         Door
}
