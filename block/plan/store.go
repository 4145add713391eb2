package plan

import (
	"context"
	"encoding/json"
	"time"

	"leerkring/internal/db"
	"leerkring/writing"
)

const planColumns = `trajectory_id, body, state, standing, revision, version, discussed_at, put_up_at, settled_at, made_by, made_at`

type planRow struct {
	Plan
	body writing.Body
}

func planFields(p *planRow) []any {
	return []any{&p.TrajectoryID, db.JSON(&p.body), (*string)(&p.State), &p.Standing, &p.Revision, &p.Version, &p.DiscussedAt, &p.PutUpAt, &p.SettledAt, &p.MadeBy, &p.MadeAt}
}

// planOf returns the plan of a trajectory, and the zero Plan when nobody began it. The
// caller has asked access for the trajectory.
func planOf(ctx context.Context, q db.Queryer, trajectoryID string) (Plan, error) {
	rows, err := db.All(ctx, q, `select `+planColumns+` from plan where trajectory_id = $1`, planFields, trajectoryID)
	if err != nil || len(rows) == 0 {
		return Plan{State: Concept}, err
	}
	p := rows[0].Plan
	p.Head = HeadOf(rows[0].body)
	return p, nil
}

func insertPlan(ctx context.Context, tx *db.Tx, p Plan) error {
	_, err := db.Exec(ctx, tx, `insert into plan (trajectory_id, state, made_by, made_at) values ($1, $2, $3, $4)`,
		p.TrajectoryID, string(p.State), p.MadeBy, p.MadeAt)
	return err
}

// updatePlan writes everything of a plan that can change. The act holds the lock of the
// trajectory, so that what it read is what stands.
func updatePlan(ctx context.Context, tx *db.Tx, p Plan) error {
	_, err := db.Exec(ctx, tx, `
		update plan set body = $2, state = $3, standing = $4, revision = $5, version = $6, discussed_at = $7, put_up_at = $8, settled_at = $9
		where trajectory_id = $1`,
		p.TrajectoryID, db.JSON(p.Head.body()), string(p.State), p.Standing, p.Revision, p.Version, p.DiscussedAt, p.PutUpAt, p.SettledAt)
	return err
}

const entryColumns = `id, kind, position, version, body, made_by, made_at, removed_by, removed_at`

type entryRow struct {
	Entry
	body writing.Body
}

func entryFields(e *entryRow) []any {
	return []any{&e.ID, (*string)(&e.Kind), &e.Position, &e.Version, db.JSON(&e.body), &e.MadeBy, &e.MadeAt, &e.RemovedBy, &e.RemovedAt}
}

func (r entryRow) entry() Entry {
	e := r.Entry
	e.Item = ItemOf(e.Kind, r.body)
	return e
}

// entriesOf returns what stands in the plan of a trajectory, by kind and place.
func entriesOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Entry, error) {
	rows, err := db.All(ctx, q, `select `+entryColumns+` from plan_item
		where trajectory_id = $1 and removed_at is null order by kind, position, id`, entryFields, trajectoryID)
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i] = r.entry()
	}
	return out, err
}

// entryIn returns one item of the plan of a trajectory, also one that was taken away. An
// item of another trajectory is absent.
func entryIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (Entry, error) {
	r, err := db.One(ctx, q, `select `+entryColumns+` from plan_item where id = $1 and trajectory_id = $2`, entryFields, id, trajectoryID)
	if err != nil {
		return Entry{}, err
	}
	return r.entry(), nil
}

// removedOf returns what was taken away from a plan, the latest first.
func removedOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Entry, error) {
	rows, err := db.All(ctx, q, `select `+entryColumns+` from plan_item
		where trajectory_id = $1 and removed_at is not null order by removed_at desc, id limit 200`, entryFields, trajectoryID)
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i] = r.entry()
	}
	return out, err
}

func insertEntry(ctx context.Context, tx *db.Tx, trajectoryID string, e Entry) error {
	t := e.Item.tie()
	_, err := db.Exec(ctx, tx, `
		insert into plan_item (id, trajectory_id, kind, position, body, owner_id, from_on, to_on, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		e.ID, trajectoryID, string(e.Kind), e.Position, db.JSON(e.Item.body()), db.Null(t.ownerID), t.from, t.to, e.Version, e.MadeBy, e.MadeAt)
	return err
}

func updateEntry(ctx context.Context, tx *db.Tx, e Entry) error {
	t := e.Item.tie()
	_, err := db.Exec(ctx, tx, `update plan_item set body = $2, owner_id = $3, from_on = $4, to_on = $5, version = $6 where id = $1`,
		e.ID, db.JSON(e.Item.body()), db.Null(t.ownerID), t.from, t.to, e.Version)
	return err
}

// placeEntry puts an entry in another place and shifts those between.
func placeEntry(ctx context.Context, tx *db.Tx, trajectoryID string, e Entry, to int) error {
	_, err := db.Exec(ctx, tx, `
		update plan_item set position = case
			when id = $3 then cast($5 as integer)
			when position > cast($4 as integer) and position <= cast($5 as integer) then position - 1
			when position < cast($4 as integer) and position >= cast($5 as integer) then position + 1
			else position end
		where trajectory_id = $1 and kind = $2 and removed_at is null`,
		trajectoryID, string(e.Kind), e.ID, e.Position, to)
	return err
}

// removeEntry takes an entry out of its list and closes the gap. Its words stay.
func removeEntry(ctx context.Context, tx *db.Tx, trajectoryID string, e Entry, by string, now time.Time) error {
	if _, err := db.Exec(ctx, tx, `update plan_item set removed_by = $2, removed_at = $3 where id = $1`, e.ID, by, now); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `update plan_item set position = position - 1
		where trajectory_id = $1 and kind = $2 and removed_at is null and position > $3`, trajectoryID, string(e.Kind), e.Position)
	return err
}

func restoreEntry(ctx context.Context, tx *db.Tx, e Entry, at int) error {
	_, err := db.Exec(ctx, tx, `update plan_item set removed_by = null, removed_at = null, position = $2 where id = $1`, e.ID, at)
	return err
}

// atSchool counts the people with this id who work at a school or take part in a trajectory.
func atSchool(ctx context.Context, q db.Queryer, schoolID, trajectoryID, personID string) (int, error) {
	return db.One(ctx, q, `select count(*) from person p where p.id = $3 and p.state in ('active', 'invited') and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $1)
		or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $2 and x.left_at is null))`, db.Int, schoolID, trajectoryID, personID)
}

const versionColumns = `number, frozen_for, reason, decided_by, adjusts, revision, made_by, made_at`

type versionRow struct {
	Version
	body string
}

func versionFields(v *versionRow) []any {
	return []any{&v.Number, (*string)(&v.FrozenFor), &v.Reason, &v.DecidedBy, &v.Adjusts, &v.Revision, &v.MadeBy, &v.MadeAt, &v.body}
}

// versionsOf returns the versions of a plan, the newest first; the newest two with their
// snapshot, which is what a page needs to mark what is new.
func versionsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Version, []Snapshot, error) {
	rows, err := db.All(ctx, q, `select `+versionColumns+`,
			case when number > (select max(number) - 2 from plan_version where trajectory_id = $1) then body else '' end
		from plan_version where trajectory_id = $1 order by number desc`, versionFields, trajectoryID)
	if err != nil {
		return nil, nil, err
	}
	var out []Version
	var bodies []Snapshot
	for _, r := range rows {
		out = append(out, r.Version)
		if r.body == "" {
			continue
		}
		var s Snapshot
		if err := json.Unmarshal([]byte(r.body), &s); err != nil {
			return nil, nil, err
		}
		bodies = append(bodies, s)
	}
	return out, bodies, nil
}

type frozenRow struct {
	versionRow
	snapshot Snapshot
}

// versionIn returns one version of the plan of a trajectory.
func versionIn(ctx context.Context, q db.Queryer, trajectoryID string, number int) (Version, Snapshot, error) {
	r, err := db.One(ctx, q, `select `+versionColumns+`, '', body from plan_version where trajectory_id = $1 and number = $2`, func(r *frozenRow) []any {
		return append(versionFields(&r.versionRow), db.JSON(&r.snapshot))
	}, trajectoryID, number)
	return r.Version, r.snapshot, err
}

// lastVersion returns number and revision of the newest version; zero when there is none.
func lastVersion(ctx context.Context, q db.Queryer, trajectoryID string) (Version, error) {
	rows, err := db.All(ctx, q, `select `+versionColumns+`, '' from plan_version where trajectory_id = $1 order by number desc limit 1`, versionFields, trajectoryID)
	if err != nil || len(rows) == 0 {
		return Version{}, err
	}
	return rows[0].Version, nil
}

func insertVersion(ctx context.Context, tx *db.Tx, trajectoryID string, v Version, s Snapshot) error {
	_, err := db.Exec(ctx, tx, `
		insert into plan_version (trajectory_id, number, frozen_for, reason, decided_by, adjusts, revision, body, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		trajectoryID, v.Number, string(v.FrozenFor), v.Reason, v.DecidedBy, v.Adjusts, v.Revision, db.JSON(s), v.MadeBy, v.MadeAt)
	return err
}
