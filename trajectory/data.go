package trajectory

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "method_version", Owner: "trajectory", Purpose: "trajectory.data_method", Class: access.Organisation, Retention: register.KeepWithObject, Erase: register.NothingPersonal},
		"method_id", "version", "hash", "source", "stored_at"),
	work("trajectory", "trajectory.data_trajectory", "id", "school_id", "method_id", "method_version", "focus_point_id", "predecessor_id", "title", "question",
		"state", "state_reason", "state_until_on", "open", "round", "stage_id", "visit_id", "started_on", "version", "made_at").
		With("sponsor_id", whom).With("made_by", whom),
	work("stage_visit", "trajectory.data_visit", "id", "trajectory_id", "number", "stage_id", "round", "move", "reason", "link", "entered_at", "left_at").
		With("decided_by", whom),
	work("participant", "trajectory.data_participant", "trajectory_id", "role").
		With("person_id", whom).With("stand_in_id", whom).
		With("constituency", part).With("ends_on", part).With("joined_at", part).With("left_at", part),
	work("trajectory_team", "trajectory.data_trajectory", "trajectory_id", "team_id"),
	work("gate_call", "trajectory.data_gate", "trajectory_id", "visit_id", "element_id", "value", "note", "called_at").
		With("called_by", whom),
	work("trajectory_goes_on", "trajectory.data_trajectory", "trajectory_id", "year_id", "said_at").
		With("said_by", whom),
	register.Table(register.Entry{Table: "pupil_link", Owner: "trajectory", Purpose: "trajectory.data_link", Class: access.Organisation, Retention: register.KeepLinks, Erase: register.EraseWithParent},
		"id", "trajectory_id", "visit_id", "element_id", "made_at", "expires_at", "closed_at").
		With("hash", register.Entry{Class: access.Secret}).
		With("made_by", whom),
)

var (
	whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "trajectory.data_whom"}
	part = register.Entry{Class: access.Personal, Erase: register.EraseName}
)

func work(table, purpose string, columns ...string) register.List {
	return register.Table(register.Entry{Table: table, Owner: "trajectory", Purpose: purpose, Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent}, columns...)
}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "trajectory", Whose: "sponsor_id = $1 or made_by = $1"},
	{Table: "stage_visit", Whose: "decided_by = $1"},
	{Table: "participant", Whose: "person_id = $1 or stand_in_id = $1"},
	{Table: "gate_call", Whose: "called_by = $1"},
	{Table: "trajectory_goes_on", Whose: "said_by = $1"},
	{Table: "pupil_link", Whose: "made_by = $1"},
	{Table: "trajectory", Name: "trajectories_you_were_in", Beside: true, Only: []string{"id", "title", "question", "started_on", "state"}, Whose: "id in (select trajectory_id from participant where person_id = $1)"},
}
