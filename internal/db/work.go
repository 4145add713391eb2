package db

import (
	"context"
	"sync"
)

// Worked returns what work makes of what it reads, kept like an answer: as long as nothing
// was written to any table that it read. name and values say all that the result depends
// on beside the database. It is shared by everybody who asks: nobody may change it, and
// rights are no part of it. Inside an act and on PostgreSQL it is worked out each time.
func Worked[T any](ctx context.Context, q Queryer, name string, values []any, work func(context.Context) (T, error)) (T, error) {
	d, ok := q.(*DB)
	if !ok {
		return work(ctx)
	}
	k := d.keeper.Load()
	of := keepingOf(ctx)
	with, whole := valuesOf(in(values))
	if k == nil || !of.on || !whole {
		return work(ctx)
	}
	key := slotKey{k.question(name), 'w', with}
	if a, found := k.find(key); found && k.still(a) {
		if v, ok := a.rows.(T); ok {
			of.track.add(a.tables, a.versions, a.queries)
			for range a.queries {
				countQuery(ctx)
			}
			return v, nil
		}
	}
	own := &track{seen: map[int]uint64{}}
	v, err := work(context.WithValue(ctx, keepingKey{}, keeping{on: true, track: own}))
	if err != nil {
		return v, err
	}
	a := own.kept()
	of.track.add(a.tables, a.versions, a.queries)
	if own.spoiled {
		of.track.spoil()
		return v, nil
	}
	a.rows, a.bytes = v, workedBytes
	k.put(key, a)
	return v, nil
}

// workedBytes is about what something worked out holds: figures about a thing, not texts.
const workedBytes = 4 << 10

// track notes which tables something is worked out from, and how they stood when they were
// first read. A nil track notes nothing.
type track struct {
	mu      sync.Mutex
	seen    map[int]uint64
	queries int
	spoiled bool // a table changed on the way, or the answer is about this very moment
}

func (t *track) add(tables []int, versions []uint64, queries int) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queries += queries
	for i, v := range versions {
		if was, ok := t.seen[tables[i]]; ok && was != v {
			t.spoiled = true
		}
		t.seen[tables[i]] = v
	}
}

func (t *track) spoil() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spoiled = true
}

func (t *track) kept() kept {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := kept{queries: t.queries}
	for n, v := range t.seen {
		a.tables, a.versions = append(a.tables, n), append(a.versions, v)
	}
	return a
}
