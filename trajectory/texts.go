package trajectory

import "embed"

// Texts are the sentences of this room's refusals.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS
