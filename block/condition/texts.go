package condition

import "embed"

// Texts are the sentences of this room's refusals, and what it keeps and why.
//
//go:embed text.*.toml
var Texts embed.FS
