package evidence

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of its texts are registered by writing, the
// links by why.
var Data = register.Join(
	register.Table(register.Entry{Table: "evidence_item", Owner: "evidence", Purpose: "evidence.data_item",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "kind", "body", "shared_at", "version", "made_at", "removed_at").
		With("person_id", whom).With("made_by", whom).With("shared_by", whom).With("removed_by", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "evidence.data_whom"}

// Whose says which of it is about one person. What somebody else has not shared yet is not given along, also not to whom it is about.
var Whose = register.Mines{
	{Table: "evidence_item", Whose: "made_by = $1 or shared_by = $1 or removed_by = $1 or (person_id = $1 and (kind <> 'finding' or shared_at is not null))"},
}
