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

// Whose says which of it is about one person: who gave work away, and who got it. While somebody stands
// in it goes along and stays: what a colleague has of a person who is erased still finds its way on the
// day that was agreed, and a month later nothing of it is left.
var Whose = register.Mines{
	{Table: "handover", Whose: mine + " and not " + running},
	{Table: "handover", Name: "standing_in", Whose: mine + " and " + running, Beside: true},
	{Table: "handover_item", Name: "handed_over", Whose: "(to_id = $1 or handover_id in (select id from handover where " + mine + ")) and handover_id not in (select id from handover where " + running + ")"}, // goes before what it belongs to
	{Table: "handover_item", Name: "standing_in_for", Whose: "(to_id = $1 or handover_id in (select id from handover where " + mine + ")) and handover_id in (select id from handover where " + running + ")", Beside: true},
}

const (
	mine    = "(from_id = $1 or to_id = $1)"
	running = "(kind = 'substitute' and ended_at is null)"
)
