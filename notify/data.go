package notify

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "mail_choice", Owner: "notify", Purpose: "notify.data_choice", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"person_id", "monday", "changed_at"),
	register.Table(register.Entry{Table: "mail_stop", Owner: "notify", Purpose: "notify.data_stop", Class: access.Personal, Retention: register.KeepLinks, Erase: register.EraseRow},
		"person_id", "week_on", "expires_at").
		With("hash", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "calendar_feed", Owner: "notify", Purpose: "notify.data_feed", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "person_id", "name", "made_at").
		With("hash", register.Entry{Class: access.Secret}),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "mail_choice", Whose: "person_id = $1"},
	{Table: "mail_stop", Whose: "person_id = $1"},
	{Table: "calendar_feed", Whose: "person_id = $1"},
}
