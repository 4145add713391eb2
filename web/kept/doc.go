// Package kept tells what is kept and who sees it: the whole register for whoever wants to
// know, and two pages of paper for the council of a school.
//
// Words: a line of the paper is one thing that a colleague would name, with the kinds of the
// rights matrix and the tables of the data register that it stands for. A reader is one of
// the columns of the paper.
//
// Promises: both pages are made from the matrix that guards the doors and the register that
// the build holds against the database, so that they cannot say anything else. Nobody has to
// sign in to read them, and they hold nothing of anybody.
package kept

import (
	"embed"

	"leerkring/access/register"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room shows what the house keeps.
type Room struct{ Kept register.List }
