package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"leerkring/internal/errs"
)

// classify turns a driver's error into one of our kinds, by code and never by text.
func classify(err error) error {
	if err == nil {
		return nil
	}
	var ours *errs.Error
	if errors.As(err, &ours) {
		return err
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return classifySQLite(lite)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return classifyPostgres(pg)
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || errors.Is(err, sql.ErrConnDone) {
		return errs.Unavailable("db.unreachable", err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return errs.Unavailable("db.busy", err)
	}
	return err
}

func classifySQLite(e *sqlite.Error) error {
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return errors.Join(errs.Conflict("db.exists"), e)
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return errors.Join(errs.Absent(), e)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return errs.Unavailable("db.full", e)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM:
		return errs.Unavailable("db.disk", e)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT:
		return errs.Unavailable("db.busy", e)
	}
	return e
}

func classifyPostgres(e *pgconn.PgError) error {
	switch e.Code {
	case "23505":
		return errors.Join(errs.Conflict("db.exists"), e)
	case "23503":
		return errors.Join(errs.Absent(), e)
	case "53100", "53200":
		return errs.Unavailable("db.full", e)
	case "25006":
		return errs.Unavailable("db.disk", e)
	}
	switch {
	case strings.HasPrefix(e.Code, "57"), strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "53"):
		return errs.Unavailable("db.unreachable", e)
	}
	return e
}

// retryable reports a deadlock or a serialization failure: the act did nothing and may run again.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

func syncFailed(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_IOERR_FSYNC || lite.Code() == sqlite3.SQLITE_IOERR_DIR_FSYNC)
}

// noTransaction reports that there was nothing to roll back.
func noTransaction(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_ERROR
}
