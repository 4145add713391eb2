package trajectory

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Able is somebody who leads a trajectory, or stands in for who does, and whether they can.
type Able struct {
	TrajectoryID string
	PersonID     string
	StandsIn     bool
	Active       bool // the account is in use
	AwayUntil    clock.Date
}

// Can reports whether this person can lead on a day.
func (a Able) Can(today clock.Date) bool {
	return a.Active && (a.AwayUntil == "" || today >= a.AwayUntil)
}

// NobodyLeads reports that none of them can: all are away, or their accounts are closed.
func NobodyLeads(list []Able, today clock.Date) bool {
	for _, a := range list {
		if a.Can(today) {
			return false
		}
	}
	return true
}

// Leading are those who lead these trajectories or stand in there, in one query. Whose turn it
// is to come back first stands first. The caller may read the trajectories.
func (s *Service) Leading(ctx context.Context, q db.Queryer, ids []string) (map[string][]Able, error) {
	out := make(map[string][]Able, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.All(ctx, q, `
		select x.trajectory_id as trajectory, p.id as person, 0 as stands_in, case p.state when 'active' then 1 else 0 end as active, coalesce(p.away_until_on, '') as away
			from participant x join person p on p.id = x.person_id where x.trajectory_id in `+db.In("$1")+` and x.role = 'lead' and x.left_at is null
		union
		select x.trajectory_id, p.id, 1, case p.state when 'active' then 1 else 0 end, coalesce(p.away_until_on, '')
			from participant x join person p on p.id = x.stand_in_id where x.trajectory_id in `+db.In("$1")+` and x.role = 'lead' and x.left_at is null
		order by trajectory, active desc, away, person`, func(a *ableRow) []any {
		return []any{&a.TrajectoryID, &a.PersonID, &a.standsIn, &a.active, &a.AwayUntil}
	}, ids)
	for _, r := range rows {
		r.StandsIn, r.Active = r.standsIn == 1, r.active == 1
		out[r.TrajectoryID] = append(out[r.TrajectoryID], r.Able)
	}
	return out, err
}

type ableRow struct {
	Able
	standsIn, active int
}

// Known are the trajectories of these ids that somebody may read, in one query.
func (s *Service) Known(ctx context.Context, who access.Who, ids []string) ([]Seen, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return s.among(db.Afresh(ctx), who, `select id from trajectory where id in `+db.In("$2"), ids)
}

// LeadNobodys lets the person asking lead a trajectory that nobody leads any more, also not somebody
// who is away. The caller holds it, and has asked whether they may.
func (s *Service) LeadNobodys(ctx context.Context, tx *db.Tx, seen Seen, now time.Time) error {
	p := passing{s: s, tx: tx, seen: seen, m: carry.Move{At: now}}
	part, err := p.at(ctx, seen.Who.ID)
	if err != nil {
		return err
	}
	return p.put(ctx, seen.Who.ID, part, stake{Role: Lead})
}
