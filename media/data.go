package media

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps. A picture goes with the words that
// it belongs to, and with the person who put it there.
var Data = register.Join(
	register.Table(register.Entry{Table: "picture", Owner: "media", Purpose: "media.data_picture", Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseRow},
		"id", "school_id", "about_kind", "about_id", "alt", "width", "height", "bytes", "hash", "made_at").
		With("author_id", register.Entry{Class: access.Personal, Erase: register.EraseRow, Purpose: "media.data_whom"}),
	register.File(register.Entry{Table: "picture", Owner: "media", Purpose: "media.data_file", Class: access.Personal, Retention: register.KeepWork, Erase: register.EraseFile}),
	register.File(register.Entry{Table: "picture without a place", Owner: "media", Purpose: "media.data_upload", Class: access.Personal, Retention: register.KeepUploads, Erase: register.EraseFile}),
)

// Whose says which of it is about one person.
var Whose = register.Mines{
	{Table: "picture", Whose: "author_id = $1"},
}
