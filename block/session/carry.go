package session

import (
	"context"
	"time"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/method"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Session} }

// Carried are the sessions to come that somebody leads, in one query. A closed circle is never
// among them: that it is held is for those who are asked.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	type line struct {
		carry.Item
		at   time.Time
		zone string
	}
	rows, err := db.All(ctx, q, `select x.id, x.school_id, x.trajectory_id, x.host_id, x.title, c.zone, x.starts_at from session x join school c on c.id = x.school_id
		where x.state = 'planned' and x.circle <> 'closed' and x.starts_at >= $3 and `+carry.Whose("x.host_id", "x.trajectory_id")+`
		order by x.starts_at, x.id`, func(l *line) []any {
		l.Kind = carry.Session
		return []any{&l.ID, &l.SchoolID, &l.TrajectoryID, &l.OwnerID, &l.Text, &l.zone, &l.at}
	}, of.People, of.TrajectoryID, s.clock.Now().Add(-12*time.Hour))
	out := make([]carry.Item, len(rows))
	for i, r := range rows {
		out[i] = r.Item
		out[i].On = clock.On(r.at, clock.Zone(r.zone))
	}
	return out, err
}

// Pass lets somebody else lead a session that was not held yet; who was not asked is asked.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	if err := db.Lock(ctx, tx, "session", m.ID); err != nil {
		return "", false, err
	}
	x, err := byID(db.Afresh(ctx), tx, m.ID)
	if err != nil || x.State != Planned || x.Circle == method.CircleClosed || x.HostID != m.From || m.From == m.To {
		return "", false, err
	}
	if !m.Waits {
		if err := s.ask(ctx, tx, x, []string{m.To}); err != nil {
			return "", false, err
		}
	}
	circle, err := circleOf(ctx, tx, m.ID)
	if err != nil {
		return "", false, err
	}
	p, _ := circle.Find(m.To)
	if p.State == Out || p.Role == method.RolePresenter { // said no, or brings something in
		return "", false, nil
	}
	next, err := x.TakeOver(circle, m.To)
	if err != nil {
		return "", false, err
	}
	if err := update(ctx, tx, next); err != nil {
		return "", false, err
	}
	return "", true, record(ctx, tx, next, m.ByID, eventChanged, x.Version, x.Version+1, m.At)
}
