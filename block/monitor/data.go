package monitor

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this block keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "indicator", Owner: "monitor", Purpose: "monitor.data_indicator", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "kind", "body", "unit", "position", "version", "made_at", "retired_at").
		With("made_by", register.Entry{Purpose: "monitor.data_maker", Class: access.Personal, Erase: register.EraseName}),
	register.Table(register.Entry{Table: "monitor_moment", Owner: "monitor", Purpose: "monitor.data_moment", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "visit_id", "planned_on", "question", "minutes", "how", "state", "word", "held_on", "told", "version", "told_version", "made_at"),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "indicator", Whose: "made_by = $1"},
}
