package condition

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of its texts are registered by writing.
var Data = register.Join(
	register.Table(about("condition"), "id", "trajectory_id", "body", "essential", "shared_time", "state", "due_on", "open_since_on", "step", "version", "made_at", "removed_at").
		With("asked_id", whom).With("answered_by", whom).With("made_by", whom).With("removed_by", whom),
	register.Table(about("condition_step"), "condition_id", "number", "state", "words", "due_on", "said_at").
		With("said_by", whom).With("asked_id", whom),
	register.Table(about("condition_waiver"), "id", "trajectory_id", "conditions", "reason", "made_at").
		With("made_by", whom),
)

func about(table string) register.Entry {
	return register.Entry{Table: table, Owner: "condition", Purpose: "condition.data_" + table, Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent}
}

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "condition.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "condition", Whose: "asked_id = $1 or answered_by = $1 or made_by = $1 or removed_by = $1"},
	{Table: "condition_step", Whose: "said_by = $1 or asked_id = $1"},
	{Table: "condition_waiver", Whose: "made_by = $1"},
}
