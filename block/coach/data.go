package coach

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "card_away", Owner: "coach", Purpose: "coach.data_away", Class: access.VeryPrivate, Retention: register.KeepOwn, Erase: register.EraseRow},
		"person_id", "trajectory_id", "card_id", "until_on"),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "card_away", Whose: "person_id = $1"},
}
