// Package db is the one door to the database: SQLite in a file, or PostgreSQL.
//
// There is one SQL text for both engines: $1 parameters, columns named, and where
// the engines differ a branch inside the text (/*sqlite: … */ or /*postgres: … */).
// Times, days, lists and JSON are kept as text in one fixed form, so that they sort
// and compare the same everywhere.
//
// Write runs one act in one transaction and returns only when the act is durable.
// On SQLite acts that wait together share one commit, each in a savepoint of its
// own: one sync for many people, and nobody's mistake undoes another's work.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"leerkring/internal/errs"
)

// Engine is the kind of database behind the door.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	engine Engine
	file   string  // SQLite: the database file
	url    string  // PostgreSQL: the address, for a connection that listens
	read   *sql.DB // many readers
	write  *sql.DB // SQLite: one connection; PostgreSQL: the same pool as read
	queue  chan *act
	done   chan struct{}
	broken atomic.Pointer[errs.Error] // set after a failed sync: nothing is accepted any more
	texts  sync.Map                   // SQL text → text for this engine
	stmts  statements
	commit hooks
	keeper atomic.Pointer[keeper] // SQLite, after Keep
	closed sync.Once
}

// Open opens the database behind address: "sqlite:/path/to/file" or "postgres://…".
func Open(ctx context.Context, address string) (*DB, error) {
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return openSQLite(ctx, file)
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address)
	}
	return nil, fmt.Errorf("database address must start with sqlite: or postgres://")
}

// Engine tells which engine this is. Only internal/db and the migrations may care.
func (d *DB) Engine() Engine { return d.engine }

// Close ends the writer after the acts that it has accepted, and closes all connections.
func (d *DB) Close() error {
	var err error
	d.closed.Do(func() {
		if d.queue != nil {
			close(d.queue)
			<-d.done
		}
		d.stmts.close()
		err = d.read.Close()
		if d.write != d.read {
			if e := d.write.Close(); err == nil {
				err = e
			}
		}
	})
	return err
}

// Ping answers whether the database can be read.
func (d *DB) Ping(ctx context.Context) error {
	_, err := One(ctx, d, `select 1`, func(x *int) []any { return []any{x} })
	return err
}

const sqliteReaders = 8

func openSQLite(ctx context.Context, file string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	common := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"secure_delete(1)", "temp_store(MEMORY)", "cache_size(-16000)",
	}}
	writer, err := sql.Open("sqlite", "file:"+escape(file)+"?"+common.Encode())
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	writer.SetMaxIdleConns(1)
	if err := writer.PingContext(ctx); err != nil { // makes the file, so that readers find it
		_ = writer.Close() // the first error is the one to tell
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	reading := url.Values{"_pragma": append([]string{"query_only(1)"}, common["_pragma"]...)}
	reader, err := sql.Open("sqlite", "file:"+escape(file)+"?"+reading.Encode())
	if err != nil {
		_ = writer.Close()
		return nil, err
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	if err := newEnough(ctx, writer, SQLite); err != nil {
		return nil, errors.Join(err, reader.Close(), writer.Close())
	}
	d := &DB{engine: SQLite, file: file, read: reader, write: writer, queue: make(chan *act, 1024), done: make(chan struct{})}
	d.stmts.pool = reader
	go d.writer()
	return d, nil
}

// escape protects the characters of a file name that mean something in a URI.
func escape(file string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(file)
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("database address cannot be read") // the address holds a password: it is not repeated
	}
	q := u.Query()
	if q.Get("application_name") == "" {
		q.Set("application_name", "leerkring")
	}
	q.Set("timezone", "UTC")
	q.Set("synchronous_commit", "on") // an acknowledged write is on disk, whatever the server's default is
	u.RawQuery = q.Encode()
	pool, err := sql.Open("pgx", u.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(24)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, errs.Unavailable("db.unreachable", err)
	}
	if err := newEnough(ctx, pool, Postgres); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	d := &DB{engine: Postgres, url: u.String(), read: pool, write: pool}
	return d, nil
}

// Address is where a PostgreSQL is reached, for a connection that listens; "" for SQLite.
func (d *DB) Address() string { return d.url }
