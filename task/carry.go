package task

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// FromNote is the source of a task that somebody made of their own words in a closed circle
// or on a private pad. It is theirs alone, and is never handed over.
const FromNote = "session_note"

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Task} }

// Carried are the open tasks of somebody that belong to the work of others too, in one query.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	return db.All(ctx, q, `select k.id, k.school_id, k.trajectory_id, k.owner_id, k.body, k.due_on from task k
		where k.state = 'open' and k.source_kind <> '`+FromNote+`' and `+carry.Whose("k.owner_id", "k.trajectory_id")+` order by coalesce(k.due_on, '9999'), k.id`, func(i *carry.Item) []any {
		i.Kind = carry.Task
		return []any{&i.ID, &i.SchoolID, &i.TrajectoryID, &i.OwnerID, &i.Text, &i.On}
	}, of.People, of.TrajectoryID)
}

// Pass gives an open task to somebody who can have it: who works at the school or takes part.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	if err := db.Lock(ctx, tx, "task", m.ID); err != nil {
		return "", false, err
	}
	t, err := db.One(db.Afresh(ctx), tx, `select `+columns+` from task where id = $1`, fields, m.ID)
	if err != nil || t.State != Open || t.OwnerID != m.From || t.SourceKind == FromNote || m.From == m.To {
		return "", false, err
	}
	if !m.Waits {
		known, err := db.One(ctx, tx, canHave, db.Int, m.To, t.SchoolID, t.TrajectoryID)
		if err != nil {
			return "", false, err
		}
		if known == 0 {
			return "", false, errs.Invalid("carry.not_able")
		}
	}
	if _, err := db.Exec(ctx, tx, `update task set owner_id = $2, version = version + 1 where id = $1`, m.ID, m.To); err != nil {
		return "", false, err
	}
	return "", true, journal.Append(ctx, tx, journal.Entry{At: m.At, ActorID: m.ByID, Kind: "task.passed", ObjectKind: "task", ObjectID: t.ID, SchoolID: t.SchoolID, TrajectoryID: t.TrajectoryID, From: t.Version, To: t.Version + 1})
}
