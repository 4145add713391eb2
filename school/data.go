package school

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	structure("board", "id", "name", "made_at"),
	structure("level", "id", "board_id", "parent_id", "name"),
	structure("school", "id", "board_id", "level_id", "name", "sector", "language", "zone", "region", "words", "change_cap", "colour", "version", "made_at"),
	structure("team", "id", "school_id", "kind", "name", "made_at"),
	structure("school_year", "id", "school_id", "name", "starts_on", "ends_on"),
	structure("calendar_period", "id", "school_id", "team_id", "kind", "name", "from_on", "to_on"),
	structure("vision_line", "id", "school_id", "position", "body", "version", "retired_at"),

	register.Table(register.Entry{Table: "person", Owner: "school", Purpose: "school.data_person", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseValue},
		"id", "board_id", "email", "language", "theme", "hue", "state", "guest", "version", "made_at", "left_at").
		With("name", register.Entry{Purpose: "school.data_whom", Erase: register.EraseName}).
		With("working_days", register.Entry{Purpose: "school.data_days"}).
		With("away_until_on", register.Entry{Purpose: "school.data_days"}),
	register.Table(register.Entry{Table: "staff", Owner: "school", Purpose: "school.data_staff", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"person_id", "school_id", "functions", "subject", "since_on", "until_on"),
	register.Table(register.Entry{Table: "team_member", Owner: "school", Purpose: "school.data_staff", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"team_id", "person_id"),
	register.Table(register.Entry{Table: "newcomer", Owner: "school", Purpose: "school.data_newcomer", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"person_id", "school_id", "named_at", "settled_at").
		With("helper_id", whom).With("named_by", whom),
	register.Table(register.Entry{Table: "role", Owner: "school", Purpose: "school.data_role", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "person_id", "kind", "board_id", "school_id", "team_id", "made_at"),

	register.Table(register.Entry{Table: "focus_point", Owner: "school", Purpose: "school.data_focus", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "school_id", "trajectory_id", "letter", "title", "body", "state", "vision_line_id", "parked_for", "reason", "back_on", "version", "made_at",
		"stopped", "year_name", "decided_at", "after_choice", "after_until", "after_reason", "after_at").
		With("keeper_id", whom).With("proposed_by", whom).With("decided_by", whom).With("after_by", whom),
	register.Table(register.Entry{Table: "year_opening", Owner: "school", Purpose: "school.data_opening", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"school_id", "year_id", "began", "opened_at").
		With("undo", register.Entry{Class: access.Personal, Purpose: "school.data_undo", Retention: register.KeepDay, Erase: register.EraseByTime}).With("opened_by", whom),
	register.Table(register.Entry{Table: "focus_team", Owner: "school", Purpose: "school.data_focus", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"focus_point_id", "team_id"),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "school.data_whom"}

// structure is what a school is made of; it says nothing about a person.
func structure(table string, columns ...string) register.List {
	return register.Table(register.Entry{Table: table, Owner: "school", Purpose: "school.data_structure", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal}, columns...)
}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "person", Whose: "id = $1"},
	{Table: "staff", Whose: "person_id = $1"},
	{Table: "team_member", Whose: "person_id = $1"},
	{Table: "role", Whose: "person_id = $1"},
	{Table: "newcomer", Whose: "person_id = $1"},
	{Table: "newcomer", Name: "newcomers_you_help", Beside: true, Only: []string{"person_id", "school_id", "named_at"}, Whose: "helper_id = $1"}, // that they know the way is theirs to say
	{Table: "focus_point", Whose: "keeper_id = $1 or proposed_by = $1 or decided_by = $1 or after_by = $1"},
	{Table: "year_opening", Whose: "opened_by = $1", Not: map[string]string{"undo": "how focus points of the school stood for a day, with who decided about them: it is of the school, not of who opened the year"}},
}
