// Package bring shows how a board that a team kept elsewhere comes in: first a look at what
// every list and every card would become, then one press.
package bring

import (
	"embed"

	"leerkring/bring"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct{ Boards *bring.Service }

func base(trajectoryID string) string { return "/trajectories/" + trajectoryID + "/bring" }
