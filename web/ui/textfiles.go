package ui

import "embed"

// TextFiles are the words of the frame, for the catalog of the program.
//
//go:embed text.nl.toml text.en.toml
var TextFiles embed.FS
