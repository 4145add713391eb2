package mail

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Item is a message in the list of whoever keeps the house running: not what it says.
type Item struct {
	ID      string
	Kind    string
	Address string // "" once erased
	Name    string
	State   string
	MadeAt  time.Time
	EndedAt time.Time // sent, given up or withdrawn; zero while it waits
	Unsure  bool      // it was given to a server that did not answer: nobody knows
}

// List returns the messages of a board that were made before a moment (zero: now),
// newest first. Private messages are not in it.
func List(ctx context.Context, q db.Queryer, boardID string, before time.Time, limit int) ([]Item, error) {
	if before.IsZero() {
		before = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return db.All(ctx, q, `select id, kind, address, name, state, made_at, ended_at, state = 'failed' and handed_at is not null from mail
		where board_id = $1 and made_at < $2 and not private order by made_at desc, id desc limit $3`,
		func(i *Item) []any {
			return []any{&i.ID, &i.Kind, &i.Address, &i.Name, &i.State, &i.MadeAt, &i.EndedAt, &i.Unsure}
		}, boardID, before, limit)
}

// Total is how many private messages a board had on one day (in UTC).
type Total struct {
	Day   clock.Date
	Count int
}

// fewest is the smallest total that says nothing about one person.
const fewest = 5

// Totals counts the private messages of a board per day, newest first. Days with fewer
// than five are left out.
func Totals(ctx context.Context, q db.Queryer, boardID string) ([]Total, error) {
	return db.All(ctx, q, `select substr(made_at, 1, 10) as made_on, count(*) from mail where board_id = $1 and private
		group by substr(made_at, 1, 10) having count(*) >= $2 order by made_on desc`,
		func(t *Total) []any { return []any{&t.Day, &t.Count} }, boardID, fewest)
}

// Own is a message as its reader would see it.
type Own struct {
	Message
	State string
}

// Of returns the messages to one person with what they say, newest first: the mailbox
// of a demo, shown to that person only.
func Of(ctx context.Context, q db.Queryer, boardID, personID string, limit int) ([]Own, error) {
	return db.All(ctx, q, `select state, `+columns+` from mail where board_id = $1 and person_id = $2 and emptied_at is null and body_text <> ''
		order by made_at desc, id desc limit $3`,
		func(o *Own) []any { return append([]any{&o.State}, fields(&o.Message)...) }, boardID, personID, limit)
}

const columns = `id, kind, board_id, person_id, private, secret, address, name, subject, body_text, body_html, unsubscribe, made_at, once, until_at, handed_at`

func fields(m *Message) []any {
	return []any{&m.ID, &m.Kind, &m.BoardID, &m.PersonID, &m.Private, &m.Secret, &m.Address, &m.Name, &m.Subject, &m.Text, &m.HTML, &m.Unsubscribe, &m.At, &m.Once, &m.Until, &m.handedAt}
}
