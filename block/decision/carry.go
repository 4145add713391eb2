package decision

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Kinds are what somebody carries in this room. The own reaction is no errand: nobody reacts for another.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Objection} }

// Carried are the objections that somebody takes up and that still stand, in one query. They are called
// by the title of the decision: what was objected, and by whom, is read by who was asked or takes part.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	return db.All(ctx, q, `select r.id, t.school_id, t.id, r.owner_id, d.title, r.due_on
		from decision_reaction r join decision d on d.id = r.decision_id join trajectory t on t.id = d.trajectory_id
		where d.closed_at is null and t.state in ('active', 'paused') and `+openObjection+` and `+carry.Whose("r.owner_id", "t.id")+`
		order by t.id, r.id`, func(i *carry.Item) []any {
		i.Kind = carry.Objection
		return []any{&i.ID, &i.SchoolID, &i.TrajectoryID, &i.OwnerID, &i.Text, &i.On}
	}, of.People, of.TrajectoryID)
}

// Pass lets somebody else take up an objection; the day stays. It is somebody who was asked or who
// takes part.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	trajectoryID, decisionID, err := objectedIn(ctx, tx, m.ID)
	if err != nil {
		return "", false, err
	}
	seen, err := s.trajectories.Held(ctx, tx, trajectoryID, m.ByID)
	if err != nil || seen.State.Ended() {
		return "", false, err
	}
	held, err := decisionIn(db.Afresh(ctx), tx, trajectoryID, "", decisionID) // as it stands now that the trajectory is held
	if err != nil {
		return "", false, err
	}
	d := held.Decision
	r, err := reactionIn(db.Afresh(ctx), tx, d.ID, m.ID)
	if err != nil {
		return "", false, err
	}
	if d.Closed() || r.OwnerID != m.From || m.From == m.To || !r.Open() {
		return "", false, nil
	}
	if !m.Waits {
		n, err := knows(ctx, tx, d, m.To)
		if err != nil {
			return "", false, err
		}
		if n == 0 {
			return "", false, errs.Invalid("carry.not_able")
		}
	}
	r.OwnerID = m.To
	if err := updateCare(ctx, tx, r); err != nil {
		return "", false, err
	}
	return "", true, note(ctx, tx, seen, "objection_passed", d.ID, r.Version, r.Version, m.At)
}
