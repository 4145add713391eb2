package evidence

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/writing"
)

const columns = `id, kind, version, body, made_by, made_at, shared_by, shared_at, removed_by, removed_at`

type row struct {
	entry
	body writing.Body
}

func fields(r *row) []any {
	return []any{&r.ID, (*string)(&r.Kind), &r.Version, db.JSON(&r.body), &r.MadeBy, &r.MadeAt, &r.SharedBy, &r.SharedAt, &r.RemovedBy, &r.RemovedAt}
}

func (r row) read() entry {
	e := r.entry
	e.Item = ItemOf(e.Kind, r.body)
	return e
}

// listOf returns everything of a trajectory, also what was taken away, the newest first.
// The caller has asked access for the trajectory.
func listOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]entry, error) {
	rows, err := db.All(ctx, q, `select `+columns+` from evidence_item where trajectory_id = $1 order by made_at desc, id desc`, fields, trajectoryID)
	out := make([]entry, len(rows))
	for i, r := range rows {
		out[i] = r.read()
	}
	return out, err
}

// find returns one thing of a trajectory, also one that was taken away. What belongs to
// another trajectory is absent.
func find(ctx context.Context, q db.Queryer, trajectoryID string, kind Kind, id string) (entry, error) {
	r, err := db.One(ctx, q, `select `+columns+` from evidence_item where id = $1 and trajectory_id = $2 and kind = $3`, fields, id, trajectoryID, string(kind))
	if err != nil {
		return entry{}, err
	}
	return r.read(), nil
}

// standing counts what stands of these ids in a trajectory.
func standing(ctx context.Context, q db.Queryer, trajectoryID string, kind Kind, ids []string) (int, error) {
	return db.One(ctx, q, `select count(*) from evidence_item where trajectory_id = $1 and kind = $2 and removed_at is null and id in `+db.In("$3"), db.Int, trajectoryID, string(kind), ids)
}

// countOf counts what stands of a kind.
func countOf(ctx context.Context, q db.Queryer, trajectoryID string, kind Kind) (int, error) {
	return db.One(ctx, q, `select count(*) from evidence_item where trajectory_id = $1 and kind = $2 and removed_at is null`, db.Int, trajectoryID, string(kind))
}

func insert(ctx context.Context, tx *db.Tx, trajectoryID string, e entry) error {
	_, err := db.Exec(ctx, tx, `insert into evidence_item (id, trajectory_id, kind, body, person_id, version, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.ID, trajectoryID, string(e.Kind), db.JSON(e.Item.body()), db.Null(e.Item.person()), e.Version, e.MadeBy, e.MadeAt)
	return err
}

// update writes what can change. The act holds the lock of the trajectory, so that what
// it read is what stands.
func update(ctx context.Context, tx *db.Tx, e entry) error {
	_, err := db.Exec(ctx, tx, `update evidence_item set body = $2, person_id = $3, version = $4 where id = $1`, e.ID, db.JSON(e.Item.body()), db.Null(e.Item.person()), e.Version)
	return err
}

func setShared(ctx context.Context, tx *db.Tx, id, by string, at time.Time) error {
	_, err := db.Exec(ctx, tx, `update evidence_item set shared_by = $2, shared_at = $3 where id = $1`, id, db.Null(by), at)
	return err
}

func setRemoved(ctx context.Context, tx *db.Tx, id, by string, at time.Time) error {
	_, err := db.Exec(ctx, tx, `update evidence_item set removed_by = $2, removed_at = $3 where id = $1`, id, db.Null(by), at)
	return err
}

// atSchool counts the people with this id who work at a school or take part in a trajectory.
func atSchool(ctx context.Context, q db.Queryer, schoolID, trajectoryID, personID string) (int, error) {
	return db.One(ctx, q, `select count(*) from person p where p.id = $3 and p.state in ('active', 'invited') and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $1)
		or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $2 and x.left_at is null))`, db.Int, schoolID, trajectoryID, personID)
}
