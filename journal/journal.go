// Package journal is the event log: who did what to which object, and from which
// version to which. It never holds text. Notifications, live pages and webhooks read
// it, each with a cursor of its own; ballots are the one thing that it never sees.
package journal

import (
	"context"
	"time"

	"leerkring/internal/db"
)

// Entry is one act. Exactly one is written in the transaction of each act.
type Entry struct {
	Seq          int64 // place in the log; given by the database
	At           time.Time
	ActorID      string // the person; "pupil" or "house" when no account acted
	Kind         string // room.past, for example plan.changed
	ObjectKind   string
	ObjectID     string
	SchoolID     string // "" for what belongs to a board or the installation
	TrajectoryID string // "" for what belongs to no trajectory
	From, To     int    // versions; 0 before the object existed
}

// Append writes the entry of an act, in the act's own transaction. On PostgreSQL the
// transaction gets its number before the entry does: were it the other way round, a reader
// between the two would see nobody who is still busy, and pass the entry by.
func Append(ctx context.Context, tx *db.Tx, e Entry) error {
	tx.Tell(db.ToldObject, e.ObjectID)
	_, err := db.Exec(ctx, tx, `
		/*postgres: with act as materialized (select pg_current_xact_id()::text::bigint as txid) */
		insert into journal (txid, at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, from_version, to_version)
		select /*sqlite: 0 */ /*postgres: act.txid */, $1, $2, $3, $4, $5, $6, $7, $8, $9 /*postgres: from act */`,
		e.At, e.ActorID, e.Kind, e.ObjectKind, e.ObjectID, db.Null(e.SchoolID), db.Null(e.TrajectoryID), e.From, e.To)
	return err
}

const columns = `seq, at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, from_version, to_version`

func fields(e *Entry) []any {
	return []any{&e.Seq, &e.At, &e.ActorID, &e.Kind, &e.ObjectKind, &e.ObjectID, &e.SchoolID, &e.TrajectoryID, &e.From, &e.To}
}

// After returns the entries that came after seq, in order, at most limit. On
// PostgreSQL an entry is only shown once no earlier one can still appear before it:
// numbers are handed out before their transactions end.
func After(ctx context.Context, q db.Queryer, seq int64, limit int) ([]Entry, error) {
	return db.All(ctx, q, `select `+columns+` from journal where seq > $1
		/*postgres: and txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint */
		order by seq limit $2`, fields, seq, limit)
}

// Last returns the number of the newest entry that After would show.
func Last(ctx context.Context, q db.Queryer) (int64, error) {
	return db.One(ctx, q, `select coalesce(max(seq), 0) from journal
		/*postgres: where txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint */`, func(n *int64) []any { return []any{n} })
}

// Of returns what happened to one object, oldest first.
func Of(ctx context.Context, q db.Queryer, kind, id string) ([]Entry, error) {
	return db.All(ctx, q, `select `+columns+` from journal where object_kind = $1 and object_id = $2 order by seq`, fields, kind, id)
}

// Trajectory returns the newest entries of one trajectory, newest first, at most limit.
func Trajectory(ctx context.Context, q db.Queryer, id string, limit int) ([]Entry, error) {
	return db.All(ctx, q, `select `+columns+` from journal where trajectory_id = $1 order by seq desc limit $2`, fields, id, limit)
}

// Cursor returns how far a reader has come; 0 when it never read.
func Cursor(ctx context.Context, q db.Queryer, reader string) (int64, error) {
	list, err := db.All(ctx, q, `select seq from journal_cursor where reader = $1`, func(n *int64) []any { return []any{n} }, reader)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

// Advance notes in the reader's own act that it has handled everything up to seq.
func Advance(ctx context.Context, tx *db.Tx, reader string, seq int64) error {
	_, err := db.Exec(ctx, tx, `insert into journal_cursor (reader, seq) values ($1, $2)
		on conflict (reader) do update set seq = excluded.seq where journal_cursor.seq < excluded.seq`, reader, seq)
	return err
}
