package meeting

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of its texts are registered by writing, the
// tasks by task, the agreements by the agreement page.
var Data = register.Join(
	register.Table(register.Entry{Table: "meeting", Owner: "meeting", Purpose: "meeting.data_meeting",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "visit_id", "starts_at", "minutes", "place", "bring", "state", "current_item_id", "started_at", "closed_at", "version", "made_at").
		With("host_id", whom).With("keeper_id", whom).With("timekeeper_id", whom).With("guests", whom).With("made_by", whom),
	register.Table(register.Entry{Table: "meeting_item", Owner: "meeting", Purpose: "meeting.data_item",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "meeting_id", "position", "part", "question", "reason", "element_id", "minutes", "started_at", "ended_at", "spent_seconds", "removed_at"),
	register.Table(register.Entry{Table: "meeting_note", Owner: "meeting", Purpose: "meeting.data_note",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "meeting_id", "item_id", "body", "version", "made_at", "withdrawn_at").
		With("person_id", whom).With("said_by", whom),
	register.Table(register.Entry{Table: "meeting_present", Owner: "meeting", Purpose: "meeting.data_present",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"meeting_id").
		With("person_id", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "meeting.data_whom"}
