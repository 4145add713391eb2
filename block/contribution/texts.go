package contribution

import "embed"

// Texts are what this room says when it refuses something, and the few lines that stand
// where words were.
//
//go:embed text.*.toml
var Texts embed.FS
