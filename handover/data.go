package handover

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "handover", Owner: "handover", Purpose: "handover.data", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "school_id", "kind", "from_id", "to_id", "lasts", "from_on", "until_on", "teams", "made_by", "made_at", "begun_at", "ended_at"),
	register.Table(register.Entry{Table: "handover_item", Owner: "handover", Purpose: "handover.data", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "handover_id", "school_id", "trajectory_id", "kind", "item_id", "position", "to_id", "was", "state", "ended_at"),
)
