package backup

import (
	"embed"

	"leerkring/access"
	"leerkring/access/register"
)

// Texts are the sentences of this room.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Data is what this room keeps. The words in a backup are encrypted; a plain one is made
// only when somebody asks for that.
var Data = register.Join(
	register.Table(register.Entry{Table: "backup", Owner: "backup", Purpose: "backup.data_backup", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"id", "kind", "made_at", "bytes", "checked_at", "tried_at"),
	register.Table(register.Entry{Table: "ledger", Owner: "ledger", Purpose: "backup.data_ledger", Class: access.Personal, Retention: register.KeepBackups, Erase: register.EraseByTime},
		"id", "at", "kind", "object"),
	register.File(register.Entry{Table: "backup", Owner: "backup", Purpose: "backup.data_file", Class: access.VeryPrivate, Retention: register.KeepBackups, Erase: register.EraseByTime}),
	register.File(register.Entry{Table: "ledger", Owner: "ledger", Purpose: "backup.data_ledger", Class: access.Personal, Retention: register.KeepBackups, Erase: register.EraseByTime}),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "ledger", Whose: "object = $1 or object like $1 || ' %' or object like '% ' || $1"},
}
