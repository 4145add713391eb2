package condition

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/writing"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Promise} }

// Carried are the promises that somebody gave and that were not marked yet, in one query.
// What somebody is only asked for is not carried: the answer is theirs.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	type line struct {
		carry.Item
		body writing.Body
	}
	rows, err := db.All(ctx, q, `select c.id, t.school_id, t.id, c.answered_by, c.body, c.due_on from condition c join trajectory t on t.id = c.trajectory_id
		where c.state = 'promised' and c.removed_at is null and t.state in ('active', 'paused') and `+carry.Whose("c.answered_by", "t.id")+`
		order by t.id, c.id`, func(l *line) []any {
		l.Kind = carry.Promise
		return []any{&l.ID, &l.SchoolID, &l.TrajectoryID, &l.OwnerID, db.JSON(&l.body), &l.On}
	}, of.People, of.TrajectoryID)
	out := make([]carry.Item, len(rows))
	for i, r := range rows {
		out[i] = r.Item
		out[i].Text = WordsOf(r.body).Text
	}
	return out, err
}

// Pass lets somebody else keep a promise. It is a step of its own, so that it can be read who
// promised and who keeps it now; the day stays.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	c, err := find(ctx, tx, m.ID)
	if err != nil {
		return "", false, err
	}
	seen, err := s.trajectories.Held(ctx, tx, c.TrajectoryID, m.ByID)
	if err != nil || seen.State.Ended() {
		return "", false, err
	}
	if c, err = find(db.Afresh(ctx), tx, m.ID); err != nil { // as it stands now that the trajectory is held
		return "", false, err
	}
	if c.State != Promised || !c.RemovedAt.IsZero() || c.AnsweredBy != m.From || m.From == m.To {
		return "", false, nil
	}
	if !m.Waits {
		n, err := atSchool(ctx, tx, seen.SchoolID, seen.ID, m.To, clock.On(m.At, seen.School.Location()))
		if err != nil {
			return "", false, err
		}
		if n == 0 {
			return "", false, errs.Invalid("carry.not_able")
		}
	}
	c.AnsweredBy, c.Step = m.To, c.Step+1
	if err := update(ctx, tx, c); err != nil {
		return "", false, err
	}
	if err := insertStep(ctx, tx, c.ID, Said{Number: c.Step, State: Promised, By: m.From, AskedID: m.To, Due: c.Due, At: m.At}); err != nil {
		return "", false, err
	}
	return "", true, journal.Append(ctx, tx, journal.Entry{At: m.At, ActorID: m.ByID, Kind: "condition.passed", ObjectKind: "condition", ObjectID: c.ID, SchoolID: seen.SchoolID, TrajectoryID: c.TrajectoryID, From: c.Version, To: c.Version})
}
