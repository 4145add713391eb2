package plan

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Action} }

// Carried are the actions that somebody took on in plans under way and that are not over, in
// one query.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	type line struct {
		carry.Item
		body writing.Body
	}
	rows, err := db.All(ctx, q, `select i.id, t.school_id, t.id, i.owner_id, i.body, i.to_on from plan_item i join trajectory t on t.id = i.trajectory_id
		where i.kind = 'action' and i.removed_at is null and t.state in ('active', 'paused') and (i.to_on is null or i.to_on >= $3) and `+carry.Whose("i.owner_id", "t.id")+`
		order by t.id, i.position, i.id`, func(l *line) []any {
		l.Kind = carry.Action
		return []any{&l.ID, &l.SchoolID, &l.TrajectoryID, &l.OwnerID, db.JSON(&l.body), &l.On}
	}, of.People, of.TrajectoryID, clock.On(s.clock.Now(), clock.Zone("")))
	out := make([]carry.Item, len(rows))
	for i, r := range rows {
		out[i] = r.Item
		out[i].Text = actionOf(r.body).Text
	}
	return out, err
}

// Pass gives an action of a plan to somebody who can have it, with a version of its text.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	where, err := db.One(ctx, tx, `select trajectory_id from plan_item where id = $1`, db.Str, m.ID)
	if err != nil {
		return "", false, err
	}
	seen, err := s.trajectories.Held(ctx, tx, where, m.ByID)
	if err != nil || seen.State.Ended() {
		return "", false, err
	}
	e, err := entryIn(ctx, tx, where, m.ID)
	if err != nil {
		return "", false, err
	}
	a, ok := e.Item.(Action)
	if !ok || !e.RemovedAt.IsZero() || a.OwnerID != m.From || m.From == m.To {
		return "", false, nil
	}
	if !m.Waits {
		n, err := atSchool(ctx, tx, seen.SchoolID, seen.ID, m.To)
		if err != nil {
			return "", false, err
		}
		if n == 0 {
			return "", false, errs.Invalid("carry.not_able")
		}
	}
	w := &work{tx: tx, seen: seen, now: m.At, s: s}
	if w.plan, err = planOf(ctx, tx, where); err != nil {
		return "", false, err
	}
	a.OwnerID = m.To
	from := e.Version
	if e.Version, _, err = writing.Keep(ctx, tx, writing.Save{Ref: e.text(), AuthorID: m.Writer(), Base: from, Current: from, Body: a.body(), Now: m.At}); err != nil {
		return "", false, err
	}
	e.Item = a
	if err := updateEntry(ctx, tx, e); err != nil {
		return "", false, err
	}
	return "", true, w.changed(ctx, "passed", e.Ref(), from, e.Version)
}
