package agreement

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this block keeps.
var Data = register.Join(
	register.Table(ofWork("agreement_page", "agreement.data_page"),
		"trajectory_id", "words", "care", "care_since_on", "review_on", "words_version", "care_version", "changed", "made_at").
		With("caretaker_id", person(register.EraseName)).
		With("stand_in_id", person(register.EraseName)).
		With("buddy_id", person(register.EraseName)),
	register.Table(ofWork("agreement", "agreement.data_line"),
		"id", "trajectory_id", "meeting_id", "kind", "body", "quality", "state", "on_page", "position", "version", "made_at", "standing_on", "retired_on").
		With("made_by", register.Entry{Purpose: "agreement.data_maker", Class: access.Personal, Erase: register.EraseName}),
	register.Table(ofWork("agreement_kept", "agreement.data_line"), "agreement_id", "asked_on", "kept"),
	register.Table(ofWork("agreement_version", "agreement.data_page"), "trajectory_id", "number", "reason", "body", "fixed_on", "made_at"),
	register.Table(ofWork("agreement_read", "agreement.data_read"), "trajectory_id", "person_id").
		With("trajectory_id", register.Entry{Erase: register.EraseRow}).
		With("person_id", person(register.EraseRow)),
	register.Table(ofWork("agreement_remark", "agreement.data_remark"),
		"id", "trajectory_id", "body", "answer", "answer_version", "answered_at", "made_at", "withdrawn_at").
		With("person_id", person(register.EraseName)),
	register.Table(ofWork("agreement_care_done", "agreement.data_care"), "trajectory_id", "item_id", "done_on"),
	register.Table(ofWork("agreement_check", "agreement.data_check"), "id", "trajectory_id", "held_on", "yes", "almost", "no_more", "wanted", "note", "made_at"),
	register.Table(ofWork("agreement_evaluation", "agreement.data_evaluation"),
		"id", "trajectory_id", "visit_id", "body", "problem", "outcome", "back_to", "held_on", "version", "made_at"),
)

// ofWork is what holds for work of the organisation: kept as long as the trajectory.
func ofWork(table, purpose string) register.Entry {
	return register.Entry{Table: table, Owner: "agreement", Purpose: purpose, Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent}
}

func person(erase register.Erase) register.Entry {
	return register.Entry{Class: access.Personal, Erase: erase}
}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "agreement_page", Whose: "caretaker_id = $1 or stand_in_id = $1 or buddy_id = $1"},
	{Table: "agreement", Whose: "made_by = $1"},
	{Table: "agreement_read", Whose: "person_id = $1"},
	{Table: "agreement_remark", Whose: "person_id = $1"},
}
