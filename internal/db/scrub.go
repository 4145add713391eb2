package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"time"

	"leerkring/internal/errs"
)

var tableName = regexp.MustCompile(`^[a-z_]+$`)

// Scrub makes sure that nothing of what was deleted from these tables is left in files of
// the database. On SQLite deleted bytes are overwritten as they go, and here the write-ahead
// log is written back and cut to nothing; whoever reads for long makes it unavailable, to be
// tried again. On PostgreSQL the tables are written anew; its own log of writes is turned
// over by the server. It is no act, and may be done twice.
func (d *DB) Scrub(ctx context.Context, tables ...string) error {
	for _, t := range tables {
		if !tableName.MatchString(t) {
			return fmt.Errorf("db: %q is no table", t)
		}
	}
	if d.engine == Postgres {
		return d.rewrite(ctx, tables)
	}
	return d.checkpoint(ctx)
}

// rewrite takes each table for itself for a moment; one that is busy is tried again later.
func (d *DB) rewrite(ctx context.Context, tables []string) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer func() { _ = conn.Close() }() // back to the pool
	if _, err := conn.ExecContext(ctx, `set lock_timeout = '10s'`); err != nil {
		return classify(err)
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), `reset lock_timeout`) }() // the connection is closed when this fails
	if err := d.unseen(ctx, conn); err != nil {
		return err
	}
	for _, t := range tables {
		if _, err := conn.ExecContext(ctx, `vacuum (full, analyze) "`+t+`"`); err != nil {
			return errs.Unavailable("db.busy", fmt.Errorf("write %s anew: %w", t, err))
		}
	}
	return nil
}

// unseen waits until everything that began before now is over: writing a table anew keeps what a read
// may still look at, and a new read looks as far back as the oldest write of the whole server.
func (d *DB) unseen(ctx context.Context, conn *sql.Conn) error {
	var now string
	if err := conn.QueryRowContext(ctx, `select pg_current_xact_id()::text`).Scan(&now); err != nil {
		return classify(err)
	}
	for range unseenTries {
		var over bool
		err := conn.QueryRowContext(ctx, `select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 and not exists (select 1 from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and backend_xmin is not null and age(backend_xmin) > age($1::text::xid8::xid))`, now).Scan(&over)
		if err != nil {
			return classify(err)
		}
		if over {
			return nil
		}
		select {
		case <-ctx.Done():
			return errs.Unavailable("db.busy", ctx.Err())
		case <-time.After(250 * time.Millisecond):
		}
	}
	return errs.Unavailable("db.busy", errReaders)
}

// unseenTries is how often it is looked, for a minute, whether all that is over.
const unseenTries = 240

// checkpointTries is how often readers are given the time to end.
const checkpointTries = 20

func (d *DB) checkpoint(ctx context.Context) error {
	for range checkpointTries {
		a := &act{ctx: ctx, alone: func(w *groupWriter) error { return w.checkpoint(ctx) }, done: make(chan error, 1)}
		if err := d.enqueue(ctx, a); err != nil {
			return err
		}
		err := <-a.done
		if !errors.Is(err, errReaders) {
			return err
		}
		select {
		case <-ctx.Done():
			return errs.Unavailable("db.busy", ctx.Err())
		case <-time.After(250 * time.Millisecond):
		}
	}
	return errs.Unavailable("db.busy", errReaders)
}

var errReaders = errors.New("somebody reads what was there before")

// checkpoint writes the log back into the file and cuts it to nothing.
func (w *groupWriter) checkpoint(ctx context.Context) error {
	if w.conn == nil {
		conn, err := w.db.write.Conn(ctx)
		if err != nil {
			return classify(err)
		}
		w.conn = conn
	}
	// Nobody else can write meanwhile: a reader gets a moment, and then comes the next try.
	if _, err := w.conn.ExecContext(ctx, `pragma busy_timeout(100)`); err != nil {
		return classify(err)
	}
	defer func() { _, _ = w.conn.ExecContext(context.WithoutCancel(ctx), `pragma busy_timeout(5000)`) }() // a shorter one only gives up earlier
	var busy, pages, moved int
	if err := w.conn.QueryRowContext(ctx, `pragma wal_checkpoint(truncate)`).Scan(&busy, &pages, &moved); err != nil {
		return classify(err)
	}
	if busy != 0 {
		return errReaders
	}
	return nil
}
