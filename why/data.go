package why

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "why_link", Owner: "why", Purpose: "why.data_link", Class: access.Organisation, Retention: register.KeepWithObject, Erase: register.EraseWithParent},
		"from_kind", "from_id", "to_kind", "to_id", "relation", "trajectory_id", "made_at").
		With("made_by", register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "why.data_whom"}),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "why_link", Whose: "made_by = $1"},
}
