package decision

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of its texts are registered by writing, the
// links by why.
var Data = register.Join(
	register.Table(register.Entry{Table: "decision", Owner: "decision", Purpose: "decision.data_decision",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "plan_number", "predecessor_id", "form", "audience", "title", "body", "minutes", "closes_on", "opened_at",
		"outcome", "reason", "subject_to", "subject_who", "knowingly", "tally", "closed_at", "sealed_at").
		With("opened_by", whom).With("closed_by", whom),
	register.Table(register.Entry{Table: "decision_word", Owner: "decision", Purpose: "decision.data_word",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"decision_id", "agreed", "body", "heard_on", "heard_at").
		With("heard_by", whom),
	register.Table(register.Entry{Table: "decision_asked", Owner: "decision", Purpose: "decision.data_asked",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"decision_id").
		With("person_id", register.Entry{Class: access.Personal, Erase: register.EraseName}),
	register.Table(register.Entry{Table: "decision_reaction", Owner: "decision", Purpose: "decision.data_reaction",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "decision_id", "choice", "body", "version", "changed_at", "put_at", "due_on", "answer", "answer_version", "answered_version", "answered_at", "solved_at", "unsolved_at").
		With("person_id", whom).With("owner_id", whom).With("answered_by", whom),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "decision.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "decision", Whose: "opened_by = $1 or closed_by = $1"},
	{Table: "decision_word", Whose: "heard_by = $1"},
	{Table: "decision_asked", Whose: "person_id = $1"},
	{Table: "decision_reaction", Whose: "person_id = $1 or owner_id = $1 or answered_by = $1"},
	{Table: "decision", Name: "decisions_you_were_asked_in", Beside: true, Only: []string{"id", "title", "outcome", "closed_at", "trajectory_id"}, Whose: "id in (select decision_id from decision_asked where person_id = $1)"},
}
