package condition

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/writing"
)

const columns = `c.id, c.trajectory_id, c.body, c.state, c.asked_id, c.answered_by, c.due_on, c.open_since_on, c.step, c.version, c.made_by, c.made_at, c.removed_by, c.removed_at`

type row struct {
	Condition
	body writing.Body
}

func fields(r *row) []any {
	return []any{&r.ID, &r.TrajectoryID, db.JSON(&r.body), (*string)(&r.State), &r.AskedID, &r.AnsweredBy, &r.Due, &r.OpenSince, &r.Step, &r.Version, &r.MadeBy, &r.MadeAt, &r.RemovedBy, &r.RemovedAt}
}

func (r row) read() Condition {
	c := r.Condition
	c.Words = WordsOf(r.body)
	return c
}

// listOf returns the conditions of a trajectory, also those that were taken away, in the
// order in which they were named. The caller has asked access for the trajectory.
func listOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Condition, error) {
	rows, err := db.All(ctx, q, `select `+columns+` from condition c where c.trajectory_id = $1 order by c.made_at, c.id`, fields, trajectoryID)
	out := make([]Condition, len(rows))
	for i, r := range rows {
		out[i] = r.read()
	}
	return out, err
}

// find returns one condition, also one that was taken away. The caller asks access next.
func find(ctx context.Context, q db.Queryer, id string) (Condition, error) {
	r, err := db.One(ctx, q, `select `+columns+` from condition c where c.id = $1`, fields, id)
	if err != nil {
		return Condition{}, err
	}
	return r.read(), nil
}

func insert(ctx context.Context, tx *db.Tx, c Condition) error {
	_, err := db.Exec(ctx, tx, `
		insert into condition (id, trajectory_id, body, essential, shared_time, state, asked_id, answered_by, due_on, open_since_on, step, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.ID, c.TrajectoryID, db.JSON(c.Words.body()), c.Essential, c.SharedTime, string(c.State), db.Null(c.AskedID), db.Null(c.AnsweredBy), c.Due, c.OpenSince, c.Step, c.Version, c.MadeBy, c.MadeAt)
	return err
}

// update writes everything that can change. The act holds the lock of the trajectory, so
// that what it read is what stands.
func update(ctx context.Context, tx *db.Tx, c Condition) error {
	_, err := db.Exec(ctx, tx, `
		update condition set body = $2, essential = $3, shared_time = $4, state = $5, asked_id = $6, answered_by = $7, due_on = $8, open_since_on = $9,
			step = $10, version = $11, removed_by = $12, removed_at = $13
		where id = $1`,
		c.ID, db.JSON(c.Words.body()), c.Essential, c.SharedTime, string(c.State), db.Null(c.AskedID), db.Null(c.AnsweredBy), c.Due, c.OpenSince,
		c.Step, c.Version, db.Null(c.RemovedBy), c.RemovedAt)
	return err
}

func insertStep(ctx context.Context, tx *db.Tx, conditionID string, s Said) error {
	_, err := db.Exec(ctx, tx, `insert into condition_step (condition_id, number, state, said_by, asked_id, words, due_on, said_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		conditionID, s.Number, string(s.State), s.By, db.Null(s.AskedID), s.Words, s.Due, s.At)
	return err
}

// stepsOf returns what was said about these conditions, oldest first.
func stepsOf(ctx context.Context, q db.Queryer, ids []string) (map[string][]Said, error) {
	type said struct {
		Said
		id string
	}
	rows, err := db.All(ctx, q, `select condition_id, number, state, said_by, asked_id, words, due_on, said_at from condition_step where condition_id in `+db.In("$1")+` order by number`,
		func(s *said) []any {
			return []any{&s.id, &s.Number, (*string)(&s.State), &s.By, &s.AskedID, &s.Words, &s.Due, &s.At}
		}, ids)
	out := map[string][]Said{}
	for _, r := range rows {
		out[r.id] = append(out[r.id], r.Said)
	}
	return out, err
}

// waiversOf returns the waivers of a trajectory, the newest first.
func waiversOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Waiver, error) {
	return db.All(ctx, q, `select id, conditions, reason, made_by, made_at from condition_waiver where trajectory_id = $1 order by made_at desc, id desc`,
		func(w *Waiver) []any { return []any{&w.ID, &w.Conditions, &w.Reason, &w.By, &w.At} }, trajectoryID)
}

func insertWaiver(ctx context.Context, tx *db.Tx, trajectoryID string, w Waiver) error {
	_, err := db.Exec(ctx, tx, `insert into condition_waiver (id, trajectory_id, conditions, reason, made_by, made_at) values ($1, $2, $3, $4, $5, $6)`,
		w.ID, trajectoryID, w.Conditions, w.Reason, w.By, w.At)
	return err
}

// atSchool counts the people with this id who can be asked: those who work at the school,
// and those who take part until a day that has not come.
func atSchool(ctx context.Context, q db.Queryer, schoolID, trajectoryID, personID string, today clock.Date) (int, error) {
	return db.One(ctx, q, `select count(*) from person p where p.id = $3 and p.state in ('active', 'invited') and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $1)
		or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $2 and x.left_at is null and (x.ends_on is null or x.ends_on > $4)))`,
		db.Int, schoolID, trajectoryID, personID, today)
}
