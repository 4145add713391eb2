// Package ledger remembers what ended: what was erased or withdrawn, sign-ins and tokens
// that were ended, people who were suspended. An entry is written in the transaction of the
// act and holds ids, never words.
//
// A backup is older than the moment at which it is needed. Whoever restores it would bring
// back what was erased since, and let people in whom somebody kept out. So the ledger lies
// in a file outside the database too, and what a database lacks of it is done again before
// the first request. Entries go when no backup can be older than they are.
package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// Entry is one thing that ended.
type Entry struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	IDs  []string  `json:"ids"`
}

// Lasts is how long an entry is kept: longer than any backup.
const Lasts = 36 * 24 * time.Hour

// Note writes an entry in the act that ends something.
func Note(ctx context.Context, tx *db.Tx, at time.Time, kind string, ids ...string) error {
	for _, id := range ids {
		if strings.ContainsAny(id, " \n") || id == "" {
			return fmt.Errorf("ledger: %s needs ids", kind)
		}
	}
	return insert(ctx, tx, Entry{ident.At(at), at, kind, ids})
}

func insert(ctx context.Context, tx *db.Tx, e Entry) error {
	_, err := db.Exec(ctx, tx, `insert into ledger (id, at, kind, object) values ($1, $2, $3, $4) on conflict (id) do nothing`, e.ID, e.At, e.Kind, strings.Join(e.IDs, " "))
	return err
}

// Since returns the entries from a moment on, oldest first.
func Since(ctx context.Context, q db.Queryer, from time.Time) ([]Entry, error) {
	return db.All(ctx, q, `select id, at, kind, object from ledger where at >= $1 order by at, id`, func(e *Entry) []any {
		return []any{&e.ID, &e.At, &e.Kind, (*words)(&e.IDs)}
	}, from)
}

// words reads ids with a space between them.
type words []string

// Scan reads a text column.
func (w *words) Scan(v any) error {
	switch s := v.(type) {
	case string:
		*w = strings.Fields(s)
	case []byte:
		*w = strings.Fields(string(s))
	default:
		return fmt.Errorf("a text column holds %T", v)
	}
	return nil
}

// Replay does again what an entry says, on data from before it. Doing it twice is as once.
type Replay func(ctx context.Context, tx *db.Tx, e Entry) error

// Rules are the replays by kind.
type Rules map[string]Replay

// Join puts the rules of rooms together; a kind belongs to one room.
func Join(all ...Rules) Rules {
	out := Rules{}
	for _, rules := range all {
		for kind, r := range rules {
			if out[kind] != nil {
				panic("ledger: two rooms replay " + kind)
			}
			out[kind] = r
		}
	}
	return out
}

// Apply does again what a database lacks of a ledger, in order, all of it or nothing. It
// returns how many entries that were. A kind that is not known is refused: then the ledger
// is from a newer program.
func Apply(ctx context.Context, d *db.DB, rules Rules, entries []Entry) (int, error) {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	done := 0
	err := d.Write(ctx, func(tx *db.Tx) error {
		done = 0
		for _, e := range entries {
			known, err := db.One(ctx, tx, `select count(*) from ledger where id = $1`, db.Int, e.ID)
			if err != nil {
				return err
			}
			if known > 0 {
				continue
			}
			replay := rules[e.Kind]
			if replay == nil {
				return fmt.Errorf("the ledger says %q, which this version does not know: install the newest version", e.Kind)
			}
			if err := replay(ctx, tx, e); err != nil {
				return fmt.Errorf("replay %s: %w", e.Kind, err)
			}
			if err := insert(ctx, tx, e); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}

// Clean forgets entries that no backup can need any more.
func Clean(ctx context.Context, d *db.DB, now time.Time) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `delete from ledger where at < $1`, now.Add(-Lasts))
		return err
	})
}
