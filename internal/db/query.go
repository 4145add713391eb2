package db

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"leerkring/internal/errs"
)

// Queryer is what can be read from: the database, or the transaction of an act.
type Queryer interface {
	query(ctx context.Context, text string, args []any) (*sql.Rows, error)
}

// statements keeps prepared statements of the read pool. The texts are constants of
// the program; the cap only guards against a text that is built with values in it.
type statements struct {
	pool *sql.DB
	mu   sync.RWMutex
	all  map[string]*sql.Stmt
}

const maxStatements = 2000

func (s *statements) get(ctx context.Context, text string) (*sql.Stmt, error) {
	s.mu.RLock()
	st := s.all[text]
	s.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	st, err := s.pool.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.all[text]; other != nil {
		_ = st.Close() // somebody prepared the same text at the same time
		return other, nil
	}
	if s.all == nil {
		s.all = map[string]*sql.Stmt{}
	}
	if len(s.all) >= maxStatements {
		panic("db: more than 2000 different SQL texts: values are being pasted into SQL")
	}
	s.all[text] = st
	return st, nil
}

func (s *statements) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.all {
		_ = st.Close() // the pool is closed next
	}
	s.all = nil
}

func (d *DB) query(ctx context.Context, text string, args []any) (*sql.Rows, error) {
	text = d.text(text)
	countQuery(ctx)
	if note, ok := ctx.Value(readsKey{}).(func(string)); ok {
		note(text)
	}
	if d.engine == Postgres { // pgx keeps its own prepared statements
		return d.read.QueryContext(ctx, text, args...)
	}
	st, err := d.stmts.get(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// All returns every row of a query. fields names where each column goes, in the
// order of the columns.
func All[T any](ctx context.Context, q Queryer, text string, fields func(*T) []any, args ...any) ([]T, error) {
	place, known := slotFor(ctx, q, 'a', text, args)
	if out, ok := answer[T](ctx, known); ok {
		return out, nil
	}
	rows, err := q.query(ctx, text, in(args))
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		out = append(out, *new(T))
		dest := fields(&out[len(out)-1])
		if err := rows.Scan(outs(dest)...); err != nil {
			return nil, classify(err)
		}
	}
	if err := rows.Err(); err != nil {
		return out, classify(err)
	}
	keep(place, out)
	return out, nil
}

// One returns the first row of a query, and errs.Absent when there is none.
func One[T any](ctx context.Context, q Queryer, text string, fields func(*T) []any, args ...any) (T, error) {
	var x T
	place, known := slotFor(ctx, q, 'o', text, args)
	if out, ok := answer[T](ctx, known); ok {
		if len(out) == 0 {
			return x, errs.Absent()
		}
		return out[0], nil
	}
	rows, err := q.query(ctx, text, in(args))
	if err != nil {
		return x, classify(err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return x, classify(err)
		}
		keep(place, []T{})
		return x, errs.Absent()
	}
	if err := rows.Scan(outs(fields(&x))...); err != nil {
		return x, classify(err)
	}
	if err := rows.Close(); err != nil {
		return x, classify(err)
	}
	keep(place, []T{x})
	return x, nil
}

// Exec runs a statement of an act and returns how many rows it touched.
func Exec(ctx context.Context, tx *Tx, text string, args ...any) (int64, error) {
	res, err := tx.exec(ctx, text, in(args))
	if err != nil {
		return 0, classify(err)
	}
	n, err := res.RowsAffected()
	return n, classify(err)
}

// Str is the fields function for a query of one text column.
func Str(x *string) []any { return []any{x} }

// Int is the fields function for a query of one whole number.
func Int(x *int) []any { return []any{x} }

type counterKey struct{}

// Counting returns a context that counts the queries made with it: a page must do a
// constant number of them.
func Counting(ctx context.Context) (context.Context, func() int) {
	var mu sync.Mutex
	n := 0
	add := func() { mu.Lock(); n++; mu.Unlock() }
	return context.WithValue(ctx, counterKey{}, add), func() int { mu.Lock(); defer mu.Unlock(); return n }
}

func countQuery(ctx context.Context) {
	if add, ok := ctx.Value(counterKey{}).(func()); ok {
		add()
	}
}

type readsKey struct{}

// Reads returns a context that notes what is read with it from the database itself, outside an
// act: a page that is opened again finds most of its answers kept.
func Reads(ctx context.Context) (context.Context, func() []string) {
	var mu sync.Mutex
	var texts []string
	note := func(text string) { mu.Lock(); texts = append(texts, text); mu.Unlock() }
	return context.WithValue(ctx, readsKey{}, note), func() []string { mu.Lock(); defer mu.Unlock(); return slices.Clone(texts) }
}
