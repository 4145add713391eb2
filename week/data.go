package week

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "week_later", Owner: "week", Purpose: "week.data_later", Class: access.VeryPrivate, Retention: register.KeepOwn, Erase: register.EraseRow},
		"person_id", "item", "until_on"),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "week_later", Whose: "person_id = $1"},
}
