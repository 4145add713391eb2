package meeting

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const columns = `m.id, m.trajectory_id, m.visit_id, m.starts_at, m.minutes, m.place, m.bring, m.state, m.host_id, m.keeper_id, m.timekeeper_id, m.current_item_id, m.started_at, m.closed_at, m.version, m.made_by, m.made_at`

func fields(m *Meeting) []any {
	return []any{&m.ID, &m.TrajectoryID, &m.VisitID, &m.StartsAt, &m.Minutes, &m.Place, &m.Bring, (*string)(&m.State), &m.HostID, &m.KeeperID, &m.TimekeeperID, &m.CurrentID, &m.StartedAt, &m.ClosedAt, &m.Version, &m.MadeBy, &m.MadeAt}
}

func byID(ctx context.Context, q db.Queryer, trajectoryID, id string) (Meeting, error) {
	m, err := db.One(ctx, q, `select `+columns+` from meeting m where m.id = $1 and m.trajectory_id = $2`, fields, id, trajectoryID)
	return m, errs.Because(err, "meeting %s", id)
}

func insert(ctx context.Context, tx *db.Tx, m Meeting) error {
	_, err := db.Exec(ctx, tx, `
		insert into meeting (id, trajectory_id, visit_id, starts_at, minutes, place, bring, state, host_id, keeper_id, timekeeper_id, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13)`,
		m.ID, m.TrajectoryID, m.VisitID, m.StartsAt, m.Minutes, m.Place, m.Bring, string(m.State), db.Null(m.HostID), db.Null(m.KeeperID), db.Null(m.TimekeeperID), m.MadeBy, m.MadeAt)
	return err
}

// update writes what can change, on the version that was read; 0 means: whatever it is now.
func update(ctx context.Context, tx *db.Tx, m Meeting, version int) error {
	n, err := db.Exec(ctx, tx, `
		update meeting set starts_at = $2, minutes = $3, place = $4, bring = $5, state = $6, host_id = $7, keeper_id = $8, timekeeper_id = $9,
			current_item_id = $10, started_at = $11, closed_at = $12, version = version + 1
		where id = $1 and ($13 = 0 or version = $13)`,
		m.ID, m.StartsAt, m.Minutes, m.Place, m.Bring, string(m.State), db.Null(m.HostID), db.Null(m.KeeperID), db.Null(m.TimekeeperID),
		db.Null(m.CurrentID), m.StartedAt, m.ClosedAt, version)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}

const itemColumns = `id, meeting_id, position, part, question, reason, element_id, minutes, started_at, ended_at`

func itemFields(i *Item) []any {
	return []any{&i.ID, &i.MeetingID, &i.Position, (*string)(&i.Part), &i.Question, &i.Reason, &i.ElementID, &i.Minutes, &i.StartedAt, &i.EndedAt}
}

func itemsOf(ctx context.Context, q db.Queryer, meetingID string) ([]Item, error) {
	return db.All(ctx, q, `select `+itemColumns+` from meeting_item where meeting_id = $1 and removed_at is null order by position, id`, itemFields, meetingID)
}

// itemsOfMany reads the items of several meetings at once, by meeting.
func itemsOfMany(ctx context.Context, q db.Queryer, meetingIDs []string) (map[string][]Item, error) {
	items, err := db.All(ctx, q, `select `+itemColumns+` from meeting_item where removed_at is null and meeting_id in `+db.In("$1")+` order by position, id`, itemFields, meetingIDs)
	out := map[string][]Item{}
	for _, i := range items {
		out[i.MeetingID] = append(out[i.MeetingID], i)
	}
	return out, err
}

func insertItem(ctx context.Context, tx *db.Tx, i Item) error {
	_, err := db.Exec(ctx, tx, `insert into meeting_item (id, meeting_id, position, part, question, reason, element_id, minutes) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		i.ID, i.MeetingID, i.Position, string(i.Part), i.Question, i.Reason, i.ElementID, i.Minutes)
	return err
}

func endItem(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	if id == "" {
		return nil
	}
	_, err := db.Exec(ctx, tx, `update meeting_item set ended_at = $2 where id = $1 and ended_at is null`, id, now)
	return err
}

func notesOf(ctx context.Context, q db.Queryer, meetingID string) ([]Note, error) {
	return db.All(ctx, q, `select n.id, n.item_id, n.person_id, p.name, p.hue, n.body, n.version, n.made_at
		from meeting_note n join person p on p.id = n.person_id
		where n.meeting_id = $1 and n.withdrawn_at is null order by n.made_at, n.id`, func(n *Note) []any {
		return []any{&n.ID, &n.ItemID, &n.PersonID, &n.Name, &n.Hue, &n.Body, &n.Version, &n.MadeAt}
	}, meetingID)
}
