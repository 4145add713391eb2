package evidence

import (
	"slices"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/evidence"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// shown is how many sources the stage page shows.
const shown = 4

// Section is the part of the stage page that says what the work rests on: the firmest
// sources, in one query. Nil when there is none yet, or for who may not read them.
func (rm *Room) Section(r *room.Request, seen trajectory.Seen, _ trajectory.Facts) (templ.Component, error) {
	if !seen.May(access.Read, access.Evidence, "") {
		return nil, nil
	}
	sources, err := rm.Evidence.Sources(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil || len(sources) == 0 {
		return nil, err
	}
	slices.SortStableFunc(sources, evidence.ByStrength)
	var rows []sourceRow
	for _, h := range sources[:min(shown, len(sources))] {
		rows = append(rows, rowOf(r, seen.ID, h, false))
	}
	return section(r, page(seen.ID), len(sources), rows), nil
}
