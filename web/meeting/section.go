package meeting

import (
	"github.com/a-h/templ"

	"leerkring/block/meeting"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// next is the nearest hour as the stage page shows it.
type next struct {
	row
	Do, DoHref string
	Plan       string // where the next hour is planned, when there is none
}

// Section is the part of the stage page that says when the group comes together. A group
// that is on its way and has no hour is asked to pick one.
func (rm *Room) Section(r *room.Request, seen trajectory.Seen, _ trajectory.Facts) (templ.Component, error) {
	all, err := rm.Meetings.List(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return nil, err
	}
	var x next
	m, ok := meeting.Coming(all, r.Now())
	switch {
	case ok:
		x.row = rowOf(r, seen, m)
		x.Do, x.DoHref = nextDo(r, m, x.Href)
	case seen.State == trajectory.Active && rm.mayPlan(seen):
		x.Plan = listPath(seen) + "/new"
	default:
		return nil, nil
	}
	return section(r, listPath(seen), x), nil
}
