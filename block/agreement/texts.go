package agreement

import "embed"

// Texts are the sentences of this block's refusals, and why it keeps what it keeps.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS
