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
	return r.Sees(access.VisibleTo(seen.Object(kind, ""), access.Audience{Guests: guests, Unnamed: true}))
}
