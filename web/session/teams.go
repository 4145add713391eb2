package session

import (
	"slices"

	"leerkring/internal/page"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

const (
	everyone   = "everyone"
	manyPeople = 20 // from here teams come before single people
	mostPeople = 160
)

// teamOptions are the groups that can be asked as a whole, with how many they are.
func teamOptions(r *room.Request, staff []school.Staff, teams []school.Team) []ui.Option {
	out := []ui.Option{{Value: everyone, Text: r.T.T("session.everyone", "n", len(staff)), On: r.WasOn("teams", everyone, false)}}
	for _, t := range teams {
		n := 0
		for _, x := range staff {
			if slices.Contains(x.TeamIDs, t.ID) {
				n++
			}
		}
		if n > 0 {
			out = append(out, ui.Option{Value: t.ID, Text: r.T.T("session.team_of", "name", t.Name, "n", n), On: r.WasOn("teams", t.ID, false)})
		}
	}
	return out
}

// teamsOf reads which groups were ticked.
func teamsOf(f *page.Form) (teams []string, all bool) {
	if f.Chosen("teams", everyone) { // the rest is in it
		f.Has("teams")
		return nil, true
	}
	return f.IDs("teams", 100), false
}
