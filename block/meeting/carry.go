package meeting

import (
	"context"
	"time"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Meeting} }

// Carried are the hours to come that somebody leads, in one query.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	type line struct {
		carry.Item
		at   time.Time
		zone string
	}
	rows, err := db.All(ctx, q, `select m.id, t.school_id, t.id, m.host_id, s.zone, m.starts_at from meeting m join trajectory t on t.id = m.trajectory_id join school s on s.id = t.school_id
		where m.state in ('draft', 'ready') and m.starts_at >= $3 and t.state in ('active', 'paused') and `+carry.Whose("m.host_id", "t.id")+`
		order by m.starts_at, m.id`, func(l *line) []any {
		l.Kind = carry.Meeting
		return []any{&l.ID, &l.SchoolID, &l.TrajectoryID, &l.OwnerID, &l.zone, &l.at}
	}, of.People, of.TrajectoryID, s.clock.Now().Add(-lateDay))
	out := make([]carry.Item, len(rows))
	for i, r := range rows {
		out[i] = r.Item
		out[i].On = clock.On(r.at, clock.Zone(r.zone))
	}
	return out, err
}

// Pass lets somebody else of the group lead an hour that was not held yet.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	where, err := db.One(ctx, tx, `select trajectory_id from meeting where id = $1`, db.Str, m.ID)
	if err != nil {
		return "", false, err
	}
	seen, err := s.trajectories.Held(ctx, tx, where, m.ByID)
	if err != nil {
		return "", false, err
	}
	x, err := byID(db.Afresh(ctx), tx, where, m.ID)
	if err != nil || x.State != Draft && x.State != Ready || x.HostID != m.From || m.From == m.To {
		return "", false, err
	}
	if !m.Waits {
		if err := inGroup(ctx, tx, seen, Plan{HostID: m.To}); err != nil {
			return "", false, err
		}
	}
	next := x
	next.HostID = m.To
	if err := update(ctx, tx, next, 0); err != nil {
		return "", false, err
	}
	return "", true, note(ctx, tx, seen, eventHost, x, m.At)
}
