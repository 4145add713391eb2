package trajectory

import (
	"leerkring/access"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// whoSees is the one line about who can read this trajectory, made by the very function
// that guards it.
func whoSees(r *room.Request, seen trajectory.Seen, people []trajectory.Participant) (string, ui.Audience) {
	return WhoSees(r, seen, access.Trajectory, people)
}

// WhoSees is that line for a kind of thing below a trajectory.
func WhoSees(r *room.Request, seen trajectory.Seen, kind access.Kind, people []trajectory.Participant) (string, ui.Audience) {
	var guests []string
	for _, x := range people {
		if x.Role == trajectory.Guest {
			guests = append(guests, x.Name)
		}
	}
	s := access.VisibleTo(seen.Object(kind, ""), access.Audience{Guests: guests, Unnamed: true})
	text := r.T.T(s.Key, s.Args...)
	for _, also := range s.Also {
		text += " " + r.T.T(also.Key, also.Args...)
	}
	return text, audienceIcons[s.Icon]
}

// audienceIcons are the signs of the pages for those of the rights.
var audienceIcons = map[access.Icon]ui.Audience{
	access.IconOwn: ui.OnlyMe, access.IconTwo: ui.TwoOfUs, access.IconCircle: ui.Circle, access.IconPart: ui.Group,
	access.IconSchool: ui.School, access.IconBlind: ui.Group, access.IconAnonymous: ui.Anonymous,
}
