package contribution

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. The versions of words are registered by writing, the
// links between signals, candidates and what words became by why. A pupil's words have
// no author to erase; whoever reads of a pupil in them asks the lead to take them away.
var Data = register.Join(
	register.Table(register.Entry{Table: "contribution", Owner: "contribution", Purpose: "contribution.data_words",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "visit_id", "element_id", "about_kind", "about_id", "round_id", "parent_id", "focus_point_id", "kind", "chip",
		"body", "source", "link", "other_sound", "by_pupil", "outside", "late", "made_at", "made_on", "edited_at", "withdrawn",
		"outcome", "settled_note", "settled_at", "settled_version", "version").
		With("author_id", whom).With("settled_by", whom),
	register.Table(register.Entry{Table: "round", Owner: "contribution", Purpose: "contribution.data_round",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "trajectory_id", "school_id", "visit_id", "element_id", "form", "audience", "closes_on", "opened_at", "closed_at", "closed_why", "answered", "asked").
		With("opened_by", whom).With("closed_by", whom),
	register.Table(register.Entry{Table: "round_team", Owner: "contribution", Purpose: "contribution.data_round",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.NothingPersonal}, "round_id", "team_id"),
	register.Table(register.Entry{Table: "round_candidate", Owner: "contribution", Purpose: "contribution.data_round",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.NothingPersonal}, "round_id", "focus_point_id"),
	register.Table(register.Entry{Table: "rating", Owner: "contribution", Purpose: "contribution.data_rating",
		Class: access.VeryPrivate, Retention: register.KeepHiddenName, Erase: register.EraseRow},
		"focus_point_id", "person_id", "round_id", "importance", "effort"),
	register.Table(register.Entry{Table: "rating_figure", Owner: "contribution", Purpose: "contribution.data_figure",
		Class: access.Organisation, Retention: register.KeepFigures, Erase: register.NothingPersonal},
		"round_id", "focus_point_id", "answers", "importance_middle", "importance_low", "importance_high", "importance_apart",
		"effort_middle", "effort_low", "effort_high", "effort_apart"),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "contribution.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "contribution", Whose: "author_id = $1 or settled_by = $1"},
	{Table: "contribution", Name: "answers_to_you", Beside: true, Whose: "withdrawn = '' and author_id <> $1 and parent_id in (select id from contribution where author_id = $1)"},
	{Table: "round", Whose: "opened_by = $1 or closed_by = $1"},
	{Table: "rating", Whose: "person_id = $1"},
}
