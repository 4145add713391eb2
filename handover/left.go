package handover

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Lying is what nobody carries any more in one trajectory since a substitute went: the account of
// whom they stood in for was closed meanwhile.
type Lying struct {
	trajectory.Seen
	Things int  // told to who leads it; 0 for others
	Nobody bool // nobody can lead it: told to its members and to who leads the school
}

// lies are the substitutes that ended of whom something went back to a closed account, with the
// trajectory: for who takes part there, stands in, or leads its school. A part of the query of a week.
var lies = `select distinct ` + columns + `, '' as thing, i.trajectory_id as item, '' as receiver, '' as receives, 0 as position
	from handover_item i join handover h on h.id = i.handover_id join person p on p.id = h.from_id
	where i.state = 'back' and i.kind <> 'member' and h.kind = 'substitute' and h.ended_at is not null and p.state in ('suspended', 'left') and i.trajectory_id in (
		select x.trajectory_id from participant x where x.left_at is null and (x.person_id = $1 or x.stand_in_id = $1)
		union select t.id from trajectory t where t.school_id in ` + db.In("$2") + `)`

// left is what of that concerns somebody, for their own week: until it is taken up, at most a month.
func (s *Service) left(ctx context.Context, who access.Who, ended []Handover, ids []string) ([]Lying, error) {
	if len(ended) == 0 {
		return nil, nil
	}
	var people []string
	for _, h := range ended {
		people = append(people, h.FromID)
	}
	slices.Sort(ids)
	slices.Sort(people)
	ids, people = slices.Compact(ids), slices.Compact(people)
	seen, err := s.trajectories.Known(ctx, who, ids)
	if err != nil {
		return nil, err
	}
	able, err := s.trajectories.Leading(db.Afresh(ctx), s.db, ids)
	if err != nil {
		return nil, err
	}
	items, err := s.carried(db.Afresh(ctx), s.db, carry.Of{People: people})
	if err != nil {
		return nil, err
	}
	things := map[string]int{}
	for _, i := range items {
		things[i.TrajectoryID]++
	}
	var out []Lying
	for _, x := range seen {
		if l := lying(x, able[x.ID], things[x.ID]); l.Things > 0 || l.Nobody {
			out = append(out, l)
		}
	}
	return out, nil
}

// lying is what somebody is told of one trajectory.
func lying(seen trajectory.Seen, able []trajectory.Able, things int) Lying {
	l := Lying{Seen: seen}
	switch {
	case !learns(seen):
	case trajectory.NobodyLeads(able, seen.Today()):
		l.Nobody = true
	case seen.Role == trajectory.Lead || seen.Role == trajectory.StandIn:
		l.Things = things
	}
	return l
}

func schoolsLed(who access.Who) []string {
	var out []string
	for _, r := range who.Roles {
		if r.Kind == access.RoleLeader && r.SchoolID != "" {
			out = append(out, r.SchoolID)
		}
	}
	return out
}
