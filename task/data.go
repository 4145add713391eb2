package task

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "task", Owner: "task", Purpose: "task.data_task", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "school_id", "trajectory_id", "source_kind", "source_id", "text_id", "body", "due_on", "state", "made_at", "begun_at", "settled_at", "version").
		With("owner_id", whom).With("made_by", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "task.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "task", Whose: "owner_id = $1 or made_by = $1"},
}
