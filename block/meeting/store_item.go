package meeting

import (
	"context"
	"time"

	"leerkring/internal/db"
)

const itemColumns = `id, meeting_id, position, part, question, reason, element_id, minutes, started_at, ended_at, spent_seconds`

// itemRow is an item with its time as it is kept.
type itemRow struct {
	Item
	seconds int
}

func itemFields(i *itemRow) []any {
	return []any{&i.ID, &i.MeetingID, &i.Position, (*string)(&i.Part), &i.Question, &i.Reason, &i.ElementID, &i.Minutes, &i.StartedAt, &i.EndedAt, &i.seconds}
}

func itemsOf(ctx context.Context, q db.Queryer, meetingID string) ([]Item, error) {
	byMeeting, err := itemsOfMany(ctx, q, []string{meetingID})
	return byMeeting[meetingID], err
}

// itemsOfMany reads the items of several meetings at once, by meeting.
func itemsOfMany(ctx context.Context, q db.Queryer, meetingIDs []string) (map[string][]Item, error) {
	rows, err := db.All(ctx, q, `select `+itemColumns+` from meeting_item where removed_at is null and meeting_id in `+db.In("$1")+` order by position, id`, itemFields, meetingIDs)
	out := map[string][]Item{}
	for _, r := range rows {
		r.Spent = time.Duration(r.seconds) * time.Second
		out[r.MeetingID] = append(out[r.MeetingID], r.Item)
	}
	return out, err
}

func insertItem(ctx context.Context, tx *db.Tx, i Item) error {
	_, err := db.Exec(ctx, tx, `insert into meeting_item (id, meeting_id, position, part, question, reason, element_id, minutes) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		i.ID, i.MeetingID, i.Position, string(i.Part), i.Question, i.Reason, i.ElementID, i.Minutes)
	return err
}

// updateItem writes what an item is about, where it stands and how long it takes.
func updateItem(ctx context.Context, tx *db.Tx, i Item) error {
	_, err := db.Exec(ctx, tx, `update meeting_item set position = $2, part = $3, question = $4, reason = $5, element_id = $6, minutes = $7 where id = $1`,
		i.ID, i.Position, string(i.Part), i.Question, i.Reason, i.ElementID, i.Minutes)
	return err
}

// holdItem writes when an item was held.
func holdItem(ctx context.Context, tx *db.Tx, i Item) error {
	_, err := db.Exec(ctx, tx, `update meeting_item set started_at = $2, ended_at = $3, spent_seconds = $4 where id = $1`, i.ID, i.StartedAt, i.EndedAt, int(i.Spent/time.Second))
	return err
}

func removeItem(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update meeting_item set removed_at = $2 where id = $1`, id, now)
	return err
}

func removeItems(ctx context.Context, tx *db.Tx, meetingID string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update meeting_item set removed_at = $2 where meeting_id = $1 and removed_at is null`, meetingID, now)
	return err
}

func insertNote(ctx context.Context, tx *db.Tx, m Meeting, id, writerID string, n NewNote, now time.Time) error {
	_, err := db.Exec(ctx, tx, `insert into meeting_note (id, meeting_id, item_id, person_id, said_by, body, version, made_at) values ($1, $2, $3, $4, $5, $6, 1, $7)`,
		id, m.ID, n.ItemID, writerID, n.SaidBy, n.Body, now)
	return err
}

// withdraw takes the words of a note away when a person may do so.
func withdraw(ctx context.Context, tx *db.Tx, meetingID, id, personID string, now time.Time) (int64, error) {
	return db.Exec(ctx, tx, `update meeting_note set withdrawn_at = $4, body = '' where id = $1 and meeting_id = $2 and (person_id = $3 or said_by = $3) and withdrawn_at is null`, id, meetingID, personID, now)
}

// notesOf reads what was brought in, with the name of whose words they are: nobody's for
// the group and for a pupil.
func notesOf(ctx context.Context, q db.Queryer, meetingID string) ([]Note, error) {
	return db.All(ctx, q, `select n.id, n.item_id, n.person_id, n.said_by, p.id, p.name, coalesce(p.hue, 0), n.body, n.made_at
		from meeting_note n left join person p on p.id = case when n.said_by = '' then n.person_id else n.said_by end
		where n.meeting_id = $1 and n.withdrawn_at is null order by n.made_at, n.id`, func(n *Note) []any {
		return []any{&n.ID, &n.ItemID, &n.WriterID, &n.SaidBy, &n.PersonID, &n.Name, &n.Hue, &n.Body, &n.MadeAt}
	}, meetingID)
}
