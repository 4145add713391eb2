package db

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// keeper remembers what pages read, as long as nothing was written to the tables that it
// was read from. It can never be behind: every commit of this process first marks the
// tables that it touched, and an answer counts only while none of its tables is marked or
// was committed to since. Only SQLite has one: a PostgreSQL has other writers than us.
type keeper struct {
	tables   map[string]int  // name → number
	versions []atomic.Uint64 // by table: odd while a commit that touched it is under way
	texts    sync.Map        // SQL text → *question

	mu     sync.Mutex
	young  map[slotKey]kept // filled now
	old    map[slotKey]kept // filled before; what is asked again becomes young
	bytes  int              // of the young ones
	turned time.Time
}

// question is an SQL text, and the tables that it names.
type question struct{ tables []int }

// slotKey names an answer: to which question, of which kind, with which values.
type slotKey struct {
	of   *question
	how  byte // one row, all rows, or worked out
	with string
}

// kept is an answer, and how its tables stood before they were read.
type kept struct {
	rows     any // []T
	tables   []int
	versions []uint64
	queries  int // that it took
	bytes    int
}

// Limits of what is kept: so many bytes in each half, so many rows in one answer, and
// what nobody asks for is forgotten after a minute or two.
const (
	keptBytes  = 12 << 20
	keptRows   = 400
	keptFor    = time.Minute
	foreignFor = time.Second // how often others are looked for who write to our file
)

// keeping is what a context says about keeping.
type keeping struct {
	on    bool
	track *track // of what is being worked out
}

type keepingKey struct{}

func keepingOf(ctx context.Context) keeping {
	k, _ := ctx.Value(keepingKey{}).(keeping)
	return k
}

// Keeping returns a context with which reads outside an act may be answered from what was
// read before, while nothing changed. It is for pages; who may see a page is read Afresh.
func Keeping(ctx context.Context) context.Context {
	k := keepingOf(ctx)
	k.on = true
	return context.WithValue(ctx, keepingKey{}, k)
}

// Afresh returns a context with which everything is read from the database: rights are
// read at the moment of use.
func Afresh(ctx context.Context) context.Context {
	k := keepingOf(ctx)
	if !k.on {
		return ctx
	}
	k.on = false
	return context.WithValue(ctx, keepingKey{}, k)
}

// Keep lets pages be answered from what was read before. It comes after Migrate: it knows
// the tables of that moment. On PostgreSQL it does nothing.
func (d *DB) Keep(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	return d.Write(ctx, func(tx *Tx) error {
		// What changes a table that its statement does not name would go unnoticed.
		hidden, err := All(ctx, tx, `select name from sqlite_master where type in ('trigger', 'view') union all
			select m.name from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and (f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT') or f.on_update in ('CASCADE', 'SET NULL', 'SET DEFAULT'))`, Str)
		if err != nil {
			return err
		}
		if len(hidden) > 0 {
			return errors.New("db: answers cannot be kept beside triggers, views and cascades: " + strings.Join(hidden, ", "))
		}
		names, err := All(ctx, tx, `select name from sqlite_master where type = 'table' order by name`, Str)
		if err != nil {
			return err
		}
		k := &keeper{tables: map[string]int{}, versions: make([]atomic.Uint64, len(names)), young: map[slotKey]kept{}}
		for i, name := range names {
			k.tables[strings.ToLower(name)] = i
		}
		d.keeper.Store(k)
		return nil
	})
}

// question returns an SQL text with the tables that it names. A column or alias with the
// name of a table counts as that table: one too many does no harm.
func (k *keeper) question(text string) *question {
	if v, ok := k.texts.Load(text); ok {
		return v.(*question)
	}
	found := map[int]bool{}
	out := &question{}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
	}) {
		if n, ok := k.tables[word]; ok && !found[n] {
			found[n] = true
			out.tables = append(out.tables, n)
		}
	}
	v, _ := k.texts.LoadOrStore(text, out)
	return v.(*question)
}

// touch marks the tables of a commit that begins, or that ended: called for both.
func (k *keeper) touch(tables map[int]bool) {
	for n := range tables {
		k.versions[n].Add(1)
	}
}

// forget makes everything that is kept count no more.
func (k *keeper) forget() {
	for n := range k.versions {
		k.versions[n].Add(2)
	}
}

// stand is how tables stand now; false while one of them is being committed to.
func (k *keeper) stand(tables []int) ([]uint64, bool) {
	out := make([]uint64, len(tables))
	for i, n := range tables {
		out[i] = k.versions[n].Load()
		if out[i]%2 == 1 {
			return nil, false
		}
	}
	return out, true
}

// still reports that nothing was written since an answer was kept.
func (k *keeper) still(a kept) bool {
	for i, n := range a.tables {
		if k.versions[n].Load() != a.versions[i] {
			return false
		}
	}
	return true
}

// find returns an answer; what is asked again stays.
func (k *keeper) find(key slotKey) (kept, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if a, ok := k.young[key]; ok {
		return a, true
	}
	a, ok := k.old[key]
	if ok {
		k.add(key, a)
	}
	return a, ok
}

func (k *keeper) put(key slotKey, a kept) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.add(key, a)
}

func (k *keeper) add(key slotKey, a kept) {
	k.bytes += a.bytes - k.young[key].bytes
	k.young[key] = a
	if k.bytes > keptBytes {
		k.turn()
	}
}

// turn forgets what was not asked for since the last turn.
func (k *keeper) turn() { k.old, k.young, k.bytes, k.turned = k.young, map[slotKey]kept{}, 0, now() }

// age turns when it is time.
func (k *keeper) age() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.young)+len(k.old) > 0 && now().Sub(k.turned) > keptFor {
		k.turn()
	}
}
