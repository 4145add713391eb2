// Package author is where a school makes a way of working its own: a copy to change in plain
// forms, one part at a time, what differs from the original, and the file that goes out and
// comes in.
//
// A form is made of the values that authoring tells of a part, so that every kind of pack has
// the same form. What is wrong stands beside the field that it is about; what was typed stays.
package author

import (
	"embed"
	"regexp"

	"leerkring/access"
	"leerkring/authoring"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Own          *authoring.Service
	Trajectories *trajectory.Service
	// Preview shows a pack as the list of ways of working does; draft is that of one school.
	Preview func(r *room.Request, p *method.Pack) error
}

var packID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// one opens the pack of the address; what has not the shape of an id is absent.
func (rm *Room) one(r *room.Request) (authoring.Pack, error) {
	id := r.Path("id")
	if len(id) > 64 || !packID.MatchString(id) {
		return authoring.Pack{}, errs.Absent()
	}
	return rm.Own.One(r.Ctx(), r.Who(), id)
}

func base(id string) string { return "/own-methods/" + id }

// may asks whether this person may make something of the own school.
func may(r *room.Request) bool {
	return access.May(r.Who(), access.Create, access.Object{Kind: access.Method, BoardID: r.Who().BoardID, SchoolID: r.School().ID})
}
