package bring

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
var Data = register.Table(register.Entry{Table: "brought", Owner: "bring", Purpose: "bring.data_brought", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
	"trajectory_id", "source", "kind", "object_id", "rest", "came_at", "away_at").
	With("away_by", register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "bring.data_whom"})

// Whose says which of it is about one person.
var Whose = register.Mines{{Table: "brought", Whose: "away_by = $1"}}
