// Package page turns requests into plain values and values into replies.
//
// A Form is what a person sent: a list of fields out of which a handler asks
// the ones it knows, each with its type and its limit. What was not asked for
// does not exist. Text comes out clean: one Unicode form, no control, bidi or
// invisible characters. A field that cannot be accepted is noted with its name
// and a text key, and what was typed stays at hand to be shown again.
//
// A page is drawn whole before its first byte is sent. Redirects lead to paths
// of this house only. One table says which refusal has which status.
package page

import "embed"

// Texts holds the sentences for what a form or the house can refuse.
//
//go:embed text.*.toml
var Texts embed.FS
