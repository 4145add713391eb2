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

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "meeting", Whose: "host_id = $1 or keeper_id = $1 or timekeeper_id = $1 or made_by = $1 or guests like '%' || $1 || '%'"},
	{Table: "meeting_note", Whose: "person_id = $1 or (said_by = $1 and withdrawn_at is null)"},
	{Table: "meeting_present", Whose: "person_id = $1"},
	{Table: "meeting", Name: "meetings_you_were_at", Beside: true, Only: []string{"id", "starts_at", "place", "trajectory_id"}, Whose: "id in (select meeting_id from meeting_present where person_id = $1)"},
}
