package meeting

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const columns = `m.id, m.trajectory_id, m.visit_id, m.starts_at, m.minutes, m.place, m.bring, m.guests, m.state, m.host_id, m.keeper_id, m.timekeeper_id, m.current_item_id, m.started_at, m.closed_at, m.version, m.made_by, m.made_at`

func fields(m *Meeting) []any {
	return []any{&m.ID, &m.TrajectoryID, &m.VisitID, &m.StartsAt, &m.Minutes, &m.Place, &m.Bring, &m.Guests, (*string)(&m.State), &m.HostID, &m.KeeperID, &m.TimekeeperID, &m.CurrentID, &m.StartedAt, &m.ClosedAt, &m.Version, &m.MadeBy, &m.MadeAt}
}

func byID(ctx context.Context, q db.Queryer, trajectoryID, id string) (Meeting, error) {
	m, err := db.One(ctx, q, `select `+columns+` from meeting m where m.id = $1 and m.trajectory_id = $2`, fields, id, trajectoryID)
	return m, errs.Because(err, "meeting %s", id)
}

func listOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Meeting, error) {
	return db.All(ctx, q, `select `+columns+` from meeting m where m.trajectory_id = $1
		order by case m.state when 'live' then 0 when 'ready' then 1 when 'draft' then 1 else 2 end,
			case when m.state in ('closed', 'cancelled') then '' else m.starts_at end, m.starts_at desc, m.id limit 300`, fields, trajectoryID)
}

// lastClosed is the last hour that was closed before a moment, nil when there is none.
func lastClosed(ctx context.Context, q db.Queryer, trajectoryID string, before time.Time, not string) (*Previous, error) {
	list, err := db.All(ctx, q, `select `+columns+` from meeting m where m.trajectory_id = $1 and m.state = 'closed' and m.starts_at < $2 and m.id <> $3
		order by m.starts_at desc, m.id desc limit 1`, fields, trajectoryID, before, not)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &Previous{Meeting: list[0]}, nil
}

func insert(ctx context.Context, tx *db.Tx, m Meeting) error {
	_, err := db.Exec(ctx, tx, `
		insert into meeting (id, trajectory_id, visit_id, starts_at, minutes, place, bring, guests, state, host_id, keeper_id, timekeeper_id, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14)`,
		m.ID, m.TrajectoryID, m.VisitID, m.StartsAt, m.Minutes, m.Place, m.Bring, m.Guests, string(m.State), db.Null(m.HostID), db.Null(m.KeeperID), db.Null(m.TimekeeperID), m.MadeBy, m.MadeAt)
	return err
}

// update writes what can change, on the version that was read; 0 means: whatever it is now.
func update(ctx context.Context, tx *db.Tx, m Meeting, version int) error {
	n, err := db.Exec(ctx, tx, `
		update meeting set starts_at = $2, minutes = $3, place = $4, bring = $5, state = $6, host_id = $7, keeper_id = $8, timekeeper_id = $9,
			current_item_id = $10, started_at = $11, closed_at = $12, guests = $13, version = version + 1
		where id = $1 and ($14 = 0 or version = $14)`,
		m.ID, m.StartsAt, m.Minutes, m.Place, m.Bring, string(m.State), db.Null(m.HostID), db.Null(m.KeeperID), db.Null(m.TimekeeperID),
		db.Null(m.CurrentID), m.StartedAt, m.ClosedAt, m.Guests, version)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}

func insertPresent(ctx context.Context, tx *db.Tx, m Meeting, people []string) error {
	_, err := db.Exec(ctx, tx, `insert into meeting_present (meeting_id, person_id)
		select $1, x.person_id from participant x where x.trajectory_id = $2 and x.left_at is null and x.person_id in `+db.In("$3")+` on conflict do nothing`,
		m.ID, m.TrajectoryID, people)
	return err
}

func presentAt(ctx context.Context, q db.Queryer, meetingID string) ([]string, error) {
	return db.All(ctx, q, `select person_id from meeting_present where meeting_id = $1 order by person_id`, db.Str, meetingID)
}

func talked(ctx context.Context, q db.Queryer, trajectoryID, visitID string) (map[string]Talked, error) {
	type row struct {
		Talked
		element string
	}
	rows, err := db.All(ctx, q, `select i.element_id, max(i.started_at), count(n.id)
		from meeting m join meeting_item i on i.meeting_id = m.id left join meeting_note n on n.item_id = i.id and n.withdrawn_at is null
		where m.trajectory_id = $1 and m.visit_id = $2 and m.state = 'closed' and i.removed_at is null and i.started_at is not null and i.element_id <> ''
		group by i.element_id order by i.element_id`, func(r *row) []any { return []any{&r.element, &r.At, &r.Notes} }, trajectoryID, visitID)
	out := make(map[string]Talked, len(rows))
	for _, r := range rows {
		out[r.element] = r.Talked
	}
	return out, err
}
