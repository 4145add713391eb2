// Package meeting shows the PLG hour: the list of hours and planning the next one,
// preparing it in five minutes, the page that everybody has open during the hour, the
// big screen, and the minutes.
//
// Every press is a form of its own that works without script; live parts show what a
// colleague adds without reloading. The big screen never shows anything private.
package meeting

import (
	"embed"

	"leerkring/block/agreement"
	"leerkring/block/contribution"
	"leerkring/block/meeting"
	"leerkring/school"
	"leerkring/trajectory"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories  *trajectory.Service
	Meetings      *meeting.Service
	Agreements    *agreement.Service
	Contributions *contribution.Service
	Schools       *school.Service
}
