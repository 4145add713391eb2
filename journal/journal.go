// Package journal is the event log: who did what to which object, and from which
// version to which. It never holds text. Who follows it does so with a Reader of its own;
// ballots are the one thing that it never sees.
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

// Append writes the entry of an act, in the act's own transaction.
func Append(ctx context.Context, tx *db.Tx, e Entry) error {
	tx.Tell(db.ToldObject, e.ObjectID)
	_, err := db.Exec(ctx, tx, `insert into journal (at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, from_version, to_version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.At, e.ActorID, e.Kind, e.ObjectKind, e.ObjectID, db.Null(e.SchoolID), db.Null(e.TrajectoryID), e.From, e.To)
	return err
}

const columns = `seq, at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, from_version, to_version`

func fields(e *Entry) []any {
	return []any{&e.Seq, &e.At, &e.ActorID, &e.Kind, &e.ObjectKind, &e.ObjectID, &e.SchoolID, &e.TrajectoryID, &e.From, &e.To}
}

// Reader follows the journal: it gives each entry once, and those of one act after those
// of every act that had ended before it began. It is for one goroutine.
//
// Its place is a transaction and a number, see decision 7: neither numbers nor transactions
// alone come in the order in which they can be seen.
type Reader struct {
	q    db.Queryer
	txid int64 // 0 on SQLite, where one act ends before the next begins
	seq  int64
}

// NewReader returns a reader that begins at the first entry.
func NewReader(q db.Queryer) *Reader { return &Reader{q: q} }

// What a reader asks, on each engine by the index that it has. Ended are entries before which
// no other can still appear: every act that began before theirs is over.
const (
	since    = `/*sqlite: txid >= $1 and seq > $2 */ /*postgres: (txid, seq) > ($1, $2) */`
	ended    = `/*sqlite: true */ /*postgres: txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint */`
	forward  = `/*sqlite: seq */ /*postgres: txid, seq */`
	backward = `/*sqlite: seq desc */ /*postgres: txid desc, seq desc */`
)

type placed struct {
	Entry
	txid int64
}

// Next returns the entries that came since, in order, at most limit; none when there is
// nothing new yet. After an error the reader is where it was.
func (r *Reader) Next(ctx context.Context, limit int) ([]Entry, error) {
	list, err := db.All(ctx, r.q, `select txid, `+columns+` from journal
		where `+since+` and `+ended+` order by `+forward+` limit $3`,
		func(p *placed) []any { return append([]any{&p.txid}, fields(&p.Entry)...) }, r.txid, r.seq, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(list))
	for i, p := range list {
		out[i] = p.Entry
		r.txid, r.seq = p.txid, p.Seq
	}
	return out, nil
}

// Skip passes by everything that Next could give now.
func (r *Reader) Skip(ctx context.Context) error {
	last, err := db.All(ctx, r.q, `select txid, seq from journal where `+ended+` order by `+backward+` limit 1`,
		func(p *placed) []any { return []any{&p.txid, &p.Seq} })
	if err != nil || len(last) == 0 {
		return err
	}
	r.txid, r.seq = last[0].txid, last[0].Seq
	return nil
}

// Of returns what happened to one object, oldest first.
func Of(ctx context.Context, q db.Queryer, kind, id string) ([]Entry, error) {
	return db.All(ctx, q, `select `+columns+` from journal where object_kind = $1 and object_id = $2 order by seq`, fields, kind, id)
}

// Trajectory returns the newest entries of one trajectory, newest first, at most limit.
func Trajectory(ctx context.Context, q db.Queryer, id string, limit int) ([]Entry, error) {
	return db.All(ctx, q, `select `+columns+` from journal where trajectory_id = $1 order by seq desc limit $2`, fields, id, limit)
}
