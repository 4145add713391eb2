package notify

import "embed"

// Texts are the sentences of this room.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS
