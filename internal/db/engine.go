package db

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/errs"
)

// oldest is the oldest engine that keeps what we promise: a SQLite before this one could
// damage a file in its write-ahead log, very rarely; a PostgreSQL before this one misses
// words that our SQL uses.
var oldest = map[Engine]string{SQLite: "3.51.3", Postgres: "15"}

// newEnough refuses an engine that is too old, before anything is read or written.
func newEnough(ctx context.Context, q *sql.DB, engine Engine) error {
	question := `select sqlite_version()`
	if engine == Postgres {
		question = `select current_setting('server_version')`
	}
	var have string
	if err := q.QueryRowContext(ctx, question).Scan(&have); err != nil {
		return classify(err)
	}
	return refuseOld(engine, have)
}

func refuseOld(engine Engine, have string) error {
	if slices.Compare(numbers(have), numbers(oldest[engine])) >= 0 {
		return nil
	}
	name := map[Engine]string{SQLite: "SQLite", Postgres: "PostgreSQL"}[engine]
	return &errs.Error{Kind: errs.KindUnavailable, Fields: []errs.Field{{Key: "db.engine_old", Args: []any{"engine", name, "have", have, "want", oldest[engine]}}}}
}

// numbers reads the numbers at the start of a version: «15.4 (Debian 15.4-1)» is 15, 4.
func numbers(version string) []int {
	version, _, _ = strings.Cut(version, " ")
	var out []int
	for _, part := range strings.Split(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		out = append(out, n)
	}
	return out
}
