package authoring

import "embed"

// Texts are the sentences of this room's refusals.
//
//go:embed text.*.toml
var Texts embed.FS
