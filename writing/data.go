package writing

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. A version is as private as its object; what is of class
// V never comes here, its room keeps its own text.
var Data = register.Join(
	register.Table(register.Entry{Table: "text_version", Owner: "writing", Purpose: "writing.data_version", Class: access.Organisation, Retention: register.KeepWithObject, Erase: register.EraseWithParent},
		"id", "object_kind", "object_id", "version", "base_version", "kept", "reason", "body", "made_at").
		With("author_id", register.Entry{Class: access.Personal, Erase: register.EraseName, Purpose: "writing.data_whom"}),
	register.Table(register.Entry{Table: "draft", Owner: "writing", Purpose: "writing.data_draft", Class: access.VeryPrivate, Retention: register.KeepOwn, Erase: register.EraseRow},
		"person_id", "key", "body", "saved_at"),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "text_version", Whose: "author_id = $1"},
	{Table: "draft", Whose: "person_id = $1"},
}
