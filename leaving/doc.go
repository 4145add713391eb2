// Package leaving lets people take their things along, and erases what was theirs.
//
// Words: an export is one file with everything that the data register says is kept about a
// person, made for that person alone. An erasure is asked, may be called back until it
// runs, and then goes through the register room by room. Who leaves is erased in two steps:
// first what was only theirs, a few days later the account.
//
// Promises: what goes along and what goes is not written here but read from the register
// and from what each room says is one's own, so nothing can be forgotten in one and not in
// the other. What others decided, agreed and wrote stays; there stands «former member of
// staff» instead of a name. An erasure is noted in the ledger before its first row goes, so
// a backup cannot bring anybody back. A run that would erase more than usual stops and
// asks.
package leaving

import (
	"embed"

	"leerkring/access"
	"leerkring/access/register"
)

// Texts are the sentences of this room.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "personal_export", Owner: "leaving", Purpose: "leaving.data_export", Class: access.Personal, Retention: register.KeepExports, Erase: register.EraseRow},
		"id", "person_id", "state", "done", "steps", "bytes", "asked_at", "ready_at", "ends_at"),
	register.Table(register.Entry{Table: "erasure", Owner: "leaving", Purpose: "leaving.data_erasure", Class: access.Personal, Retention: register.KeepBackups, Erase: register.EraseByTime},
		"id", "person_id", "board_id", "asked_by", "asked_at", "runs_at", "confirmed_by", "confirmed_at", "state", "step", "ended_at"),
	register.Table(register.Entry{Table: "retention_run", Owner: "leaving", Purpose: "leaving.data_run", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"board_id", "at", "state", "why", "people").
		With("allowed_by", register.Entry{Class: access.Personal, Retention: register.KeepDay, Erase: register.EraseName}),
	register.File(register.Entry{Table: "personal export", Owner: "leaving", Purpose: "leaving.data_file", Class: access.VeryPrivate, Retention: register.KeepExports, Erase: register.EraseFile}),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "personal_export", Whose: "person_id = $1"},
	{Table: "erasure", Whose: "person_id = $1"},
	{Table: "retention_run", Whose: "allowed_by = $1"},
}

// Files says of each kind of file that holds something about people why it goes along, or
// why not.
var Files = map[string]string{
	"picture":                 "goes along",
	"picture without a place": "goes along: it is a picture whose words were not sent yet",
	"database":                "its tables go along one by one",
	"backup":                  "sealed as a whole, and gone after thirty-five days",
	"ledger":                  "goes along from the table of that name",
	"personal export":         "is what goes along",
}
