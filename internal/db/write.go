package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"runtime/debug"
	"sync"
	"time"

	"leerkring/internal/errs"
)

// Tx is the transaction of one act. It is only valid inside the function given to Write.
type Tx struct {
	engine Engine
	conn   interface {
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
		ExecContext(context.Context, string, ...any) (sql.Result, error)
	}
	db    *DB
	after []func()
	told  url.Values // for a repeated request
}

// AfterCommit runs f once the act is durable. f must be quick and cannot fail the act.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Engine tells which engine the act runs on.
func (tx *Tx) Engine() Engine { return tx.engine }

func (tx *Tx) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	countQuery(ctx)
	if tx.engine == SQLite {
		ctx = context.WithoutCancel(ctx) // an interrupted statement would undo the acts that share the commit
	}
	return tx.conn.QueryContext(ctx, tx.db.text(text), args...)
}

func (tx *Tx) exec(ctx context.Context, text string, args []any) (sql.Result, error) {
	countQuery(ctx)
	if tx.engine == SQLite {
		ctx = context.WithoutCancel(ctx)
	}
	return tx.conn.ExecContext(ctx, tx.db.text(text), args...)
}

// Lock makes other acts that lock the same row wait until this one is done. The table
// name is a constant of the program. SQLite has one writer and needs no lock.
func Lock(ctx context.Context, tx *Tx, table, id string) error {
	if tx.engine == SQLite {
		return nil
	}
	_, err := One(ctx, tx, `select id from `+table+` where id = $1 for update`, Str, id)
	return err
}

// hooks are told after every commit; the journal's readers wake by it.
type hooks struct {
	mu  sync.RWMutex
	all []func()
}

// OnCommit registers f to be called after every commit of this process. f must not block.
func (d *DB) OnCommit(f func()) {
	d.commit.mu.Lock()
	defer d.commit.mu.Unlock()
	d.commit.all = append(d.commit.all, f)
}

func (d *DB) committed(tx *Tx) {
	for _, f := range tx.after {
		f()
	}
	d.commit.mu.RLock()
	defer d.commit.mu.RUnlock()
	for _, f := range d.commit.all {
		f()
	}
}

// Write runs f as one act: all of it or nothing, durable when Write returns nil. On
// PostgreSQL f may run again after a deadlock, so it may only act through tx and assign
// its results afresh. f must not keep tx or wait for another Write.
func (d *DB) Write(ctx context.Context, f func(tx *Tx) error) error {
	if e := d.broken.Load(); e != nil {
		return e
	}
	f = guard(ctx, f)
	if d.engine == Postgres {
		return d.writePostgres(ctx, f)
	}
	a := &act{ctx: ctx, f: f, done: make(chan error, 1)}
	if err := d.enqueue(ctx, a); err != nil {
		return err
	}
	err := <-a.done // not ctx: the act may already be on its way to the disk, and then the answer must be true
	if err == nil {
		d.committed(a.tx)
	}
	return err
}

func (d *DB) enqueue(ctx context.Context, a *act) (err error) {
	defer func() {
		if recover() != nil { // the queue is closed: the house is shutting down
			err = errs.Unavailable("db.closing", nil)
		}
	}()
	select {
	case d.queue <- a:
		return nil
	case <-ctx.Done():
		return errs.Unavailable("db.busy", ctx.Err())
	}
}

// protect runs f and turns a panic into an error, so that one act's mistake cannot end the writer.
func protect(f func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("act panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return f(tx)
}

const postgresTries = 4

func (d *DB) writePostgres(ctx context.Context, f func(tx *Tx) error) error {
	for try := 1; ; try++ {
		tx, err := d.oncePostgres(ctx, f)
		if err == nil {
			d.committed(tx)
			return nil
		}
		if !retryable(err) || try == postgresTries {
			return err
		}
		select {
		case <-ctx.Done():
			return errs.Unavailable("db.busy", ctx.Err())
		case <-time.After(time.Duration(try*try) * 5 * time.Millisecond):
		}
	}
}

func (d *DB) oncePostgres(ctx context.Context, f func(tx *Tx) error) (*Tx, error) {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, classify(err)
	}
	tx := &Tx{engine: Postgres, conn: t, db: d}
	if err := protect(f, tx); err != nil {
		_ = t.Rollback() // the act's own error is the one to tell
		return nil, err
	}
	return tx, classify(t.Commit())
}
