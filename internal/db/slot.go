package db

import (
	"context"
	"reflect"
	"strconv"
	"time"
)

// slot is where an answer is looked for and put. The zero slot keeps nothing.
type slot struct {
	k        *keeper
	key      slotKey
	versions []uint64
}

// slotFor finds what was answered to a question before, or the slot to put its answer in.
func slotFor(ctx context.Context, q Queryer, how byte, text string, args []any) (slot, *kept) {
	d, ok := q.(*DB)
	if !ok {
		return slot{}, nil
	}
	k := d.keeper.Load()
	if k == nil {
		return slot{}, nil
	}
	of := keepingOf(ctx)
	if !of.on && of.track == nil {
		return slot{}, nil
	}
	asked, momentary := k.question(text), ofNow(args)
	with, ok := valuesOf(in(args))
	ok = ok && of.on && !momentary
	key := slotKey{asked, how, with}
	if ok {
		if a, found := k.find(key); found && k.still(a) {
			of.track.add(asked.tables, a.versions, 1)
			return slot{}, &a
		}
	}
	versions, quiet := k.stand(asked.tables)
	of.track.add(asked.tables, versions, 1)
	if !quiet || momentary {
		of.track.spoil()
	}
	if !ok || !quiet {
		return slot{}, nil
	}
	return slot{k, key, versions}, nil
}

// answer gives a copy of what was answered before. It counts as a query: how often a page
// asks must not depend on who asked before.
func answer[T any](ctx context.Context, known *kept) ([]T, bool) {
	if known == nil {
		return nil, false
	}
	rows, ok := known.rows.([]T)
	if !ok {
		return nil, false
	}
	out, ok := clone(rows)
	if ok {
		countQuery(ctx)
	}
	return out, ok
}

// keep puts a copy of an answer in its slot.
func keep[T any](s slot, rows []T) {
	if s.k == nil || len(rows) > keptRows {
		return
	}
	if own, ok := clone(rows); ok {
		s.k.put(s.key, kept{rows: own, tables: s.key.of.tables, versions: s.versions, queries: 1, bytes: len(s.key.with) + 200 + weigh(reflect.ValueOf(own))})
	}
}

// valuesOf is the values of a question in one text; false when they cannot be compared.
func valuesOf(args []any) (string, bool) {
	var room [160]byte
	b := room[:0]
	for _, a := range args {
		switch v := a.(type) {
		case nil:
			b = append(b, 'n')
		case string:
			b = strconv.AppendInt(append(b, 's'), int64(len(v)), 10)
			b = append(append(b, ':'), v...)
		case int:
			b = strconv.AppendInt(append(b, 'i'), int64(v), 10)
		case bool:
			b = strconv.AppendBool(append(b, 'b'), v)
		default:
			return "", false
		}
		b = append(b, 0)
	}
	return string(b), true
}

// ofNow reports a question about this very moment: nobody asks it again.
func ofNow(args []any) bool {
	for _, a := range args {
		if t, ok := a.(time.Time); ok && !t.Equal(t.Truncate(time.Minute)) {
			return true
		}
	}
	return false
}
