package room

import (
	"leerkring/access"
	"leerkring/web/ui"
)

// Sees is the line about who can see something, in words and with its sign. The sentence comes
// from access.VisibleTo, the function that guards the thing.
func (r *Request) Sees(s access.Sentence) (string, ui.Audience) {
	text := r.T.T(s.Key, s.Args...)
	for _, also := range s.Also {
		text += " " + r.T.T(also.Key, also.Args...)
	}
	return text, audiences[s.Icon]
}

// audiences are the signs of the pages for those of the rights.
var audiences = map[access.Icon]ui.Audience{
	access.IconOwn: ui.OnlyMe, access.IconTwo: ui.TwoOfUs, access.IconCircle: ui.Circle, access.IconPart: ui.Group,
	access.IconSchool: ui.School, access.IconBlind: ui.Group, access.IconAnonymous: ui.Anonymous,
}
