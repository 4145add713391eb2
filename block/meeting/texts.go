package meeting

import "embed"

// Texts are the sentences of this room's refusals, and the reasons of its proposals.
//
//go:embed text.*.toml
var Texts embed.FS
