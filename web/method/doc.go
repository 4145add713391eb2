// Package method shows the ways of working before anybody walks one: the list by need, one of
// them whole, on screen and on paper, the words, what lies outside, and the tips of the coach.
//
// Nothing here belongs to somebody: the pages show the content of the house in the words of
// the reader's school, and keep nothing of who looked at what.
package method

import (
	"embed"

	"leerkring/access"
	"leerkring/web/room"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds nothing: what there is comes from the library of the reader's school.
type Room struct{}

// must lets in who may read ways of working at all.
func must(r *room.Request, action access.Action) error {
	return access.Must(r.Who(), action, access.Object{Kind: access.Method, BoardID: r.Who().BoardID})
}
