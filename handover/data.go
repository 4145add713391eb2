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

// Whose says which of it is about one person: who gave work away, and who got it.
var Whose = register.Mines{
	{Table: "handover", Whose: "from_id = $1 or to_id = $1"},
	{Table: "handover_item", Name: "handed_over", Whose: "to_id = $1 or handover_id in (select id from handover where from_id = $1 or to_id = $1)"}, // goes before what it belongs to
}
