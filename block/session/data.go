package session

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. What is said in a closed circle has tables of its own, with its
// end date; that a session is held is of the organisation.
var Data = register.Join(
	register.Table(register.Entry{Table: "session", Owner: "session", Purpose: "session.data_session",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "board_id", "school_id", "trajectory_id", "visit_id", "method_id", "method_version", "circle", "title", "starts_at", "place", "state", "step", "laps", "step_at", "paused_at",
		"extra_seconds", "extended", "stopped", "begun_at", "closed_at", "erase_on", "version", "made_at").
		With("host_id", whom).With("made_by", whom).
		With("floor", register.Entry{Class: access.Personal, Erase: register.EraseByTime, Purpose: "session.data_floor"}),
	register.Table(register.Entry{Table: "session_person", Owner: "session", Purpose: "session.data_person",
		Class: access.Personal, Retention: register.KeepWork, Erase: register.EraseRow},
		"session_id", "person_id", "role", "place", "state", "from_step"),
	register.Table(register.Entry{Table: "session_note", Owner: "session", Purpose: "session.data_note",
		Class: access.VeryPrivate, Retention: register.KeepCircle, Erase: register.EraseRow},
		"id", "session_id", "field_id", "step", "person_id", "body", "choice", "kept", "made_at", "version"),
	register.Table(register.Entry{Table: "session_card", Owner: "session", Purpose: "session.data_card",
		Class: access.VeryPrivate, Retention: register.KeepOwn, Erase: register.EraseRow},
		"id", "session_id", "field_id", "step", "person_id", "body", "choice", "ask", "tried", "tried_body", "tried_on", "useful", "made_at", "version"),
	register.Table(register.Entry{Table: "session_line", Owner: "session", Purpose: "session.data_line",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "session_id", "field_id", "step", "body", "choice", "kept", "made_at", "version").
		With("person_id", whom),
	register.Table(register.Entry{Table: "session_mark", Owner: "session", Purpose: "session.data_mark",
		Class: access.VeryPrivate, Retention: register.KeepCircle, Erase: register.EraseRow},
		"session_id", "text_id", "person_id", "step", "mark"),
	register.Table(register.Entry{Table: "session_process", Owner: "session", Purpose: "session.data_process",
		Class: access.VeryPrivate, Retention: register.KeepAnswers, Erase: register.CannotFind},
		"session_id", "answer", "n"),
	register.Table(register.Entry{Table: "session_process_mark", Owner: "session", Purpose: "session.data_process_mark",
		Class: access.VeryPrivate, Retention: register.KeepBallotMarks, Erase: register.EraseRow},
		"session_id", "person_id"),
	register.Table(register.Entry{Table: "session_release", Owner: "session", Purpose: "session.data_release",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "session_id", "school_id", "trajectory_id", "kind", "body", "made_at", "withdrawn_at", "version").
		With("person_id", whom),
	register.Table(register.Entry{Table: "session_offer", Owner: "session", Purpose: "session.data_offer",
		Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
		"id", "session_id", "title", "about", "room", "rounds", "places", "answers", "follow_on", "follow_text", "state", "made_at", "version").
		With("made_by", whom),
	register.Table(register.Entry{Table: "session_offer_host", Owner: "session", Purpose: "session.data_whom",
		Class: access.Personal, Retention: register.KeepWork, Erase: register.EraseRow},
		"offer_id", "person_id"),
	register.Table(register.Entry{Table: "session_choice", Owner: "session", Purpose: "session.data_choice",
		Class: access.Personal, Retention: register.KeepCircle, Erase: register.EraseRow},
		"session_id", "offer_id", "round", "person_id", "wish", "seat", "line"),
)

var whom = register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "session.data_whom"}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "session", Whose: "host_id = $1 or made_by = $1", Not: map[string]string{"floor": "who has the turn, for as long as a step lasts: it is about the whole circle"}},
	{Table: "session_person", Whose: "person_id = $1"},
	{Table: "session_note", Whose: "person_id = $1"},
	{Table: "session_card", Whose: "person_id = $1"},
	{Table: "session_line", Whose: "person_id = $1"},
	{Table: "session_mark", Whose: "person_id = $1"},
	{Table: "session_process", Kept: "counted without names: nobody can find an answer back"},
	{Table: "session_process_mark", Whose: "person_id = $1"},
	{Table: "session_release", Whose: "person_id = $1"},
	{Table: "session_offer", Whose: "made_by = $1"},
	{Table: "session_offer_host", Whose: "person_id = $1"},
	{Table: "session_choice", Whose: "person_id = $1"},
	{Table: "session", Name: "sessions_you_were_in", Beside: true, Only: []string{"id", "title", "starts_at", "place", "method_id", "circle", "trajectory_id"}, Whose: "id in (select session_id from session_person where person_id = $1)"},
}
