package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// act is one function waiting for the SQLite writer.
type act struct {
	ctx   context.Context
	f     func(tx *Tx) error
	alone func(w *groupWriter) error // instead of f: work between two commits
	tx    *Tx
	err   error
	done  chan error
}

// Limits of one commit: so many acts, or so long, and then the disk gets its turn.
const (
	groupActs = 256
	groupTime = 8 * time.Millisecond
)

// writer is the only goroutine that writes to SQLite.
func (d *DB) writer() {
	defer close(d.done)
	w := &groupWriter{db: d, stmts: map[string]*sql.Stmt{}, touched: map[int]bool{}}
	defer w.close()
	look := time.NewTicker(foreignFor)
	defer look.Stop()
	for {
		select {
		case first, ok := <-d.queue:
			if !ok {
				return
			}
			for first != nil {
				first = w.group(first)
			}
		case <-look.C:
			w.foreign()
			if k := d.keeper.Load(); k != nil {
				k.age()
			}
		}
	}
}

type groupWriter struct {
	db      *DB
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	keeper  *keeper      // as it was when the group began
	touched map[int]bool // tables that the group wrote to
	seen    int64        // the file's own count of what others wrote
}

// touch remembers which tables a statement may write to.
func (w *groupWriter) touch(text string) {
	if w.keeper == nil || strings.HasPrefix(strings.TrimLeft(text, " \t\n"), "select") {
		return
	}
	for _, n := range w.keeper.question(text).tables {
		w.touched[n] = true
	}
}

// foreign looks whether somebody else wrote to our file: a person with a tool. What is
// kept then counts no more.
func (w *groupWriter) foreign() {
	k := w.db.keeper.Load()
	if k == nil || w.conn == nil {
		return
	}
	var seen int64
	if err := w.conn.QueryRowContext(context.Background(), "pragma data_version").Scan(&seen); err != nil || seen != w.seen {
		k.forget()
		w.seen = seen
	}
}

func (w *groupWriter) close() {
	for _, st := range w.stmts {
		_ = st.Close() // the connection is closed next
	}
	if w.conn != nil {
		_ = w.conn.Close()
	}
}

// QueryContext and ExecContext let an act use the prepared statements of the one connection.
func (w *groupWriter) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	w.touch(text)
	st, err := w.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// ExecContext runs a statement of an act.
func (w *groupWriter) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	w.touch(text)
	st, err := w.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

func (w *groupWriter) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := w.stmts[text]; st != nil {
		return st, nil
	}
	st, err := w.conn.PrepareContext(ctx, text)
	if err == nil && len(w.stmts) < maxStatements {
		w.stmts[text] = st
	}
	return st, err
}

func (w *groupWriter) begin() error {
	ctx := context.Background()
	w.keeper = w.db.keeper.Load()
	clear(w.touched)
	if w.conn == nil {
		conn, err := w.db.write.Conn(ctx)
		if err != nil {
			return classify(err)
		}
		w.conn = conn
	}
	_, err := w.ExecContext(ctx, "begin immediate")
	return classify(err)
}

// group runs the first act and those that wait behind it, commits them together, and
// only then tells each how it went. It returns an act that has to be done by itself.
func (w *groupWriter) group(first *act) (next *act) {
	if first.alone != nil {
		first.done <- first.alone(w)
		return nil
	}
	if err := w.begin(); err != nil {
		w.fail([]*act{first}, err)
		return nil
	}
	started := now()
	batch := []*act{first}
	alive := w.run(first)
	for alive && len(batch) < groupActs && now().Sub(started) < groupTime {
		if next = w.waiting(); next == nil || next.alone != nil {
			break
		}
		batch = append(batch, next)
		alive = w.run(next)
		next = nil
	}
	if !alive { // the engine undid the whole transaction
		w.fail(batch, errs.Unavailable("db.undone", batch[len(batch)-1].err))
		return next
	}
	if err := w.commit(); err != nil {
		w.fail(batch, err)
		return next
	}
	for _, a := range batch {
		a.done <- a.err
	}
	return next
}

func (w *groupWriter) waiting() *act {
	select {
	case a, ok := <-w.db.queue:
		if !ok {
			return nil
		}
		return a
	default:
		return nil
	}
}

// run runs one act in a savepoint. It reports false when the transaction is gone.
func (w *groupWriter) run(a *act) bool {
	ctx := context.Background()
	if a.ctx.Err() != nil { // nobody waits for this one any more
		a.err = errs.Unavailable("db.busy", a.ctx.Err())
		return true
	}
	if _, err := w.ExecContext(ctx, "savepoint act"); err != nil {
		a.err = classify(err)
		return false
	}
	a.tx = &Tx{engine: SQLite, conn: w, db: w.db}
	a.err = protect(a.f, a.tx)
	if a.err != nil {
		if _, err := w.ExecContext(ctx, "rollback to act"); err != nil {
			return false
		}
	}
	if _, err := w.ExecContext(ctx, "release act"); err != nil {
		a.err = errors.Join(a.err, classify(err))
		return false
	}
	return true
}

// commit makes the group durable. After a failed sync nothing more is accepted: the
// engine can no longer know what is on the disk.
func (w *groupWriter) commit() error {
	if w.keeper != nil {
		w.keeper.touch(w.touched)
		defer w.keeper.touch(w.touched)
	} else if k := w.db.keeper.Load(); k != nil { // it was made in this group: what came before it is not known
		defer k.forget()
	}
	_, err := w.ExecContext(context.Background(), "commit")
	if err == nil {
		return nil
	}
	if _, e := w.ExecContext(context.Background(), "rollback"); e != nil && !noTransaction(e) {
		err = errors.Join(err, e)
	}
	if syncFailed(err) {
		broken := errs.Unavailable("db.sync_failed", err)
		w.db.broken.Store(broken)
		return broken
	}
	return classify(err)
}

func (w *groupWriter) fail(batch []*act, err error) {
	_, _ = w.ExecContext(context.Background(), "rollback") // mostly gone already; the error below is the one to tell
	for _, a := range batch {
		if a.err == nil || len(batch) > 1 {
			a.err = err
		}
		a.done <- a.err
	}
}

// now is read for the length of a group only; no act sees it.
func now() time.Time { return clock.System{}.Now() }
