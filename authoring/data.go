package authoring

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "own_pack", Owner: "authoring", Purpose: "authoring.data_pack", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"id", "school_id", "file_id", "origin", "source", "parts", "version", "published", "made_at", "changed_at", "retired_at").
		With("made_by", whom).With("changed_by", whom),
	register.Table(register.Entry{Table: "own_pack_version", Owner: "authoring", Purpose: "authoring.data_version", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"pack_id", "version", "hash", "source", "published_at").
		With("published_by", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "authoring.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "own_pack", Whose: "made_by = $1 or changed_by = $1"},
	{Table: "own_pack_version", Whose: "published_by = $1"},
}
