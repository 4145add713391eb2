package account

import "embed"

// Texts are the sentences of refusals and letters, in every language.
//
//go:embed text.*.toml
var Texts embed.FS
