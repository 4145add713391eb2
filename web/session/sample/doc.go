// Package sample shows the pages of a session in each of their states, for the gallery. The
// sessions are played by the rules of the product, with invented people and words; nothing that
// was said anywhere is in it.
package sample

import (
	"embed"

	"leerkring/block/session"
	"leerkring/task"
	"leerkring/web/room/sample"
	sessionweb "leerkring/web/session"
)

//go:embed text.nl.toml text.en.toml
var texts embed.FS

var book = sample.NewBook(session.Texts, sessionweb.Texts, task.Texts, texts)
