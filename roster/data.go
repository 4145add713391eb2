package roster

import (
	"embed"

	"leerkring/access"
	"leerkring/access/register"
)

// Texts are the sentences of this room.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Data is what this room keeps.
var Data = register.Table(register.Entry{Table: "roster_entry", Owner: "roster", Purpose: "roster.data_entry", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
	"school_id", "source", "person_id", "key", "given", "came_at", "gone_at")

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "roster_entry", Whose: "person_id = $1"},
}
