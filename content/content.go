// Package content carries the packs, coach cards, glossary, sector words and
// demo cases inside the binary, so that one file is a whole Leerkring.
//
// It holds data only. Package method reads it and says what it means; nothing
// here is trusted before that.
package content

import "embed"

// FS is the content folder as it was when the binary was built. The star takes
// every folder: a new kind of content needs no change here. Names that begin
// with a dot or an underscore stay out.
//
//go:embed *
var FS embed.FS
