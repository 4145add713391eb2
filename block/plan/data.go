package plan

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of its texts are registered by writing, the
// links by why.
var Data = register.Join(
	register.Table(register.Entry{Table: "plan", Owner: "plan", Purpose: "plan.data_plan",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"trajectory_id", "body", "state", "standing", "revision", "version", "discussed_at", "put_up_at", "settled_at", "made_at").
		With("made_by", whom),
	register.Table(register.Entry{Table: "plan_item", Owner: "plan", Purpose: "plan.data_item",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "kind", "position", "body", "from_on", "to_on", "version", "made_at", "removed_at").
		With("owner_id", whom).With("made_by", whom).With("removed_by", whom),
	register.Table(register.Entry{Table: "plan_version", Owner: "plan", Purpose: "plan.data_version",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"trajectory_id", "number", "frozen_for", "reason", "decided_by", "adjusts", "revision", "body", "made_at").
		With("made_by", whom),
	register.Table(register.Entry{Table: "plan_paper", Owner: "plan", Purpose: "plan.data_paper",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "title", "made_at").
		With("made_by", whom),
	register.Table(register.Entry{Table: "plan_line", Owner: "plan", Purpose: "plan.data_line",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "paper_id", "position", "head", "body", "digest", "state", "version", "settled_at", "made_at").
		With("settled_by", whom).With("made_by", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "plan.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "plan", Whose: "made_by = $1"},
	{Table: "plan_item", Whose: "owner_id = $1 or made_by = $1 or removed_by = $1"},
	{Table: "plan_version", Whose: "made_by = $1"},
	{Table: "plan_paper", Whose: "made_by = $1"},
	{Table: "plan_line", Whose: "made_by = $1 or settled_by = $1"},
}
