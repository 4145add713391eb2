package room

import "embed"

// Texts are the sentences of the frame, of forms and of refusals.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS
