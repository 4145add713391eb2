package instance

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what the plumbing below all rooms keeps: the journal, jobs, mail on its way
// out, keys of acts that were done, the steps of the schema, our own files, and the log.
// Those packages may not know the register, so their rows stand here.
var Data = register.Join(
	register.Table(register.Entry{Table: "journal", Owner: "journal", Purpose: "instance.data_journal", Class: access.Organisation, Retention: register.KeepWithObject, Erase: register.EraseWithParent},
		"seq", "txid", "at", "kind", "object_kind", "object_id", "school_id", "trajectory_id", "from_version", "to_version").
		With("actor_id", register.Entry{Class: access.Personal, Erase: register.EraseName}),
	house("journal_cursor", "journal", "reader", "seq"),
	house("goose_db_version", "db", "id", "version_id", "is_applied", "tstamp"),

	register.Table(register.Entry{Table: "idempotency", Owner: "db", Purpose: "instance.data_once", Class: access.Personal, Retention: register.KeepDay, Erase: register.EraseByTime},
		"key", "actor_id", "made_at", "status", "location"),

	// Rows of failed jobs stay a month, to find out why; payload goes when the job ends.
	register.Table(register.Entry{Table: "job", Owner: "job", Purpose: "instance.data_job", Class: access.Organisation, Retention: register.KeepAddresses, Erase: register.EraseByTime},
		"key", "kind", "state", "run_at", "tries", "lease", "lease_ends_at", "ended_at").
		With("payload", register.Entry{Class: access.Personal, Retention: register.KeepMail}),

	// What a message said and to whom goes within a week; that there was one stays for a
	// quarter, so that nothing is sent twice.
	register.Table(register.Entry{Table: "mail", Owner: "mail", Purpose: "instance.data_mail", Class: access.Personal, Retention: register.KeepMail, Erase: register.EraseRow},
		"person_id", "address", "name", "subject", "body_text", "body_html", "unsubscribe").
		With("id", sent).With("key", sent).With("board_id", sent).With("kind", sent).With("private", sent).With("secret", sent).
		With("state", sent).With("made_at", sent).With("ended_at", sent).With("emptied_at", sent).
		With("once", sent).With("until_at", sent).With("handed_at", sent),
	house("mail_server", "mail", "id", "away_since_at", "fault", "reached_at", "tested_at"),

	file("database", "instance.data_database", access.VeryPrivate, register.KeepWithObject, register.EraseValue),
	file("lock", "instance.data_files", access.Organisation, register.KeepHouse, register.NothingPersonal),
	file("socket", "instance.data_files", access.Organisation, register.KeepHouse, register.NothingPersonal),
	file("demo mark", "instance.data_files", access.Organisation, register.KeepHouse, register.NothingPersonal),
	file("keys", "instance.data_keys", access.Secret, register.KeepHouse, register.NothingPersonal),

	// address is where the program itself listens; no visitor's address is logged.
	register.Log(register.Entry{Table: "log", Owner: "serve", Purpose: "instance.data_log", Class: access.Organisation, Retention: register.KeepAccessLog, Erase: register.EraseByTime},
		"time", "level", "msg", "request", "route", "status", "ms", "error", "job", "attempt", "room", "address", "rows", "bytes", "version"),
)

var sent = register.Entry{Class: access.Organisation, Purpose: "instance.data_sent", Retention: register.KeepSignIns}

func house(table, owner string, columns ...string) register.List {
	return register.Table(register.Entry{Table: table, Owner: owner, Purpose: "instance.data_house", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal}, columns...)
}

func file(kind, purpose string, class access.Class, keep register.Retention, erase register.Erase) register.List {
	return register.File(register.Entry{Table: kind, Owner: "instance", Purpose: purpose, Class: class, Retention: keep, Erase: erase})
}

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "journal", Whose: "actor_id = $1"},
	{Table: "idempotency", Whose: "actor_id = $1", Soon: true},
	{Table: "mail", Whose: "person_id = $1 and not secret"},
	{Table: "mail", Name: "mail_with_a_key", Whose: "person_id = $1 and secret", Not: map[string]string{"body_text": keyInIt, "body_html": keyInIt, "subject": keyInIt, "unsubscribe": keyInIt}},
	{Table: "job", Kept: "holds numbers of things, and is emptied when the work is done"},
}

const keyInIt = "holds a link or code that lets somebody in"
