package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

// shelf is a database whose answers are kept, with a table of the test's own.
type shelf struct {
	t   *testing.T
	d   *db.DB
	ctx context.Context
}

type box struct {
	ID   string
	N    int
	tags struct{ Words map[string][]string }
}

func boxFields(b *box) []any { return []any{&b.ID, &b.N, db.JSON(&b.tags)} }

func newShelf(t *testing.T, d *db.DB) *shelf {
	s := &shelf{t: t, d: d, ctx: db.Keeping(t.Context())}
	s.write(`create table box (id text primary key, n integer not null, tags text not null default '{}')`)
	s.write(`create table lid (id text primary key)`)
	s.write(`insert into box (id, n, tags) values ('a', 1, '{"Words": {"x": ["y", "z"]}}')`)
	if err := d.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shelf) write(sql string, args ...any) {
	s.t.Helper()
	if err := s.d.Write(s.t.Context(), func(tx *db.Tx) error { _, err := db.Exec(s.t.Context(), tx, sql, args...); return err }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) boxes(ctx context.Context) []box {
	s.t.Helper()
	list, err := db.All(ctx, s.d, `select id, n, tags from box order by id`, boxFields)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *shelf) n(ctx context.Context, id string) int {
	s.t.Helper()
	n, err := db.One(ctx, s.d, `select n from box where id = $1`, db.Int, id)
	if errs.IsAbsent(err) {
		return -1
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// TestAnswersAreNeverBehind asks on both engines: what was read before counts as long as
// nothing was written, and not a moment longer.
func TestAnswersAreNeverBehind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShelf(t, d)
		for range 2 {
			if got := s.n(s.ctx, "a"); got != 1 {
				t.Fatalf("n is %d", got)
			}
			if got := s.n(s.ctx, "b"); got != -1 {
				t.Fatalf("nobody put b there: %d", got)
			}
		}
		s.write(`update box set n = 2 where id = 'a'`)
		s.write(`insert into box (id, n) values ('b', 7)`)
		if a, b, all := s.n(s.ctx, "a"), s.n(s.ctx, "b"), s.boxes(s.ctx); a != 2 || b != 7 || len(all) != 2 {
			t.Errorf("after writing: %d, %d, %d boxes", a, b, len(all))
		}
		refused := errors.New("refused")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := db.Exec(t.Context(), tx, `update box set n = 99`); err != nil {
				return err
			}
			if got := s.n(s.ctx, "a"); got != 2 { // outside the act, before its end
				t.Errorf("an act that is under way shows: %d", got)
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if got := s.n(s.ctx, "a"); got != 2 {
			t.Errorf("a refused act shows: %d", got)
		}
		if _, err := db.One(t.Context(), d, `select 1`, db.Int); err != nil {
			t.Fatal(err)
		}
		s.write(`delete from box where id = 'a'`)
		if got := s.n(s.ctx, "a"); got != -1 {
			t.Errorf("what was deleted is still told: %d", got)
		}
	})
}

// TestInsertReturning: a statement that writes and reads at once is a write.
func TestInsertReturning(t *testing.T) {
	t.Parallel()
	s := newShelf(t, dbtest.SQLite(t))
	s.boxes(s.ctx)
	err := s.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.One(t.Context(), tx, `
			with x as (select 'c' as id) insert into box (id, n) select id, 3 from x returning id`, db.Str)
		return err
	})
	if err != nil || len(s.boxes(s.ctx)) != 2 {
		t.Errorf("%v, %d boxes", err, len(s.boxes(s.ctx)))
	}
}

// TestWhoAsksGetsACopy: what one page does to its rows no other page sees.
func TestWhoAsksGetsACopy(t *testing.T) {
	t.Parallel()
	s := newShelf(t, dbtest.SQLite(t))
	for range 3 {
		got := s.boxes(s.ctx)
		if len(got) != 1 || got[0].N != 1 || fmt.Sprint(got[0].tags.Words) != "map[x:[y z]]" {
			t.Fatalf("%+v", got)
		}
		got[0].N, got[0].tags.Words["x"][0], got[0].tags.Words["new"] = 5, "changed", nil
	}
}

// TestFreshAndTouched: rights are read afresh, and a table is not bothered by another. A
// program beside us changes the file behind our back here, which shows what is kept.
func TestFreshAndTouched(t *testing.T) {
	t.Parallel()
	file := dbtest.SQLiteFile(t)
	open := func() *db.DB {
		d, err := db.Open(t.Context(), "sqlite:"+file)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		return d
	}
	s := newShelf(t, open())
	time.Sleep(1200 * time.Millisecond) // the first look at the file is over
	s.n(s.ctx, "a")
	other := &shelf{t: t, d: open()}
	other.write(`update box set n = 2`)
	s.write(`insert into lid (id) values ('x')`)
	if kept, fresh, plain := s.n(s.ctx, "a"), s.n(db.Afresh(s.ctx), "a"), s.n(t.Context(), "a"); kept != 1 || fresh != 2 || plain != 2 {
		t.Errorf("kept %d, afresh %d, without keeping %d", kept, fresh, plain)
	}
	for began := time.Now(); s.n(s.ctx, "a") != 2; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 5*time.Second {
			t.Fatal("what another program wrote is not seen")
		}
	}
}

// TestReadersNeverGoBack: while many write, no reader sees less than was acknowledged
// before it asked, and no two questions of one reader go back in time.
func TestReadersNeverGoBack(t *testing.T) {
	t.Parallel()
	s := newShelf(t, dbtest.SQLite(t))
	var acknowledged atomic.Int64
	acknowledged.Store(1)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				var n int
				if err := s.d.Write(t.Context(), func(tx *db.Tx) (err error) {
					n, err = db.One(t.Context(), tx, `update box set n = n + 1 where id = 'a' returning n`, db.Int)
					return err
				}); err != nil {
					t.Error(err)
					return
				}
				for was := acknowledged.Load(); int64(n) > was && !acknowledged.CompareAndSwap(was, int64(n)); was = acknowledged.Load() {
				}
			}
		})
	}
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				least := int(acknowledged.Load())
				for i, ask := range []context.Context{t.Context(), s.ctx, s.ctx, t.Context(), s.ctx} {
					n, err := db.One(ask, s.d, `select n from box where id = 'a'`, db.Int)
					if err != nil || n < least {
						t.Errorf("question %d: %d, after %d (%v)", i, n, least, err)
						return
					}
					least = n
				}
				sum, err := db.Worked(s.ctx, s.d, "sum", nil, func(ctx context.Context) (int, error) {
					return db.One(ctx, s.d, `select sum(n) from box`, db.Int)
				})
				if err != nil || sum < least {
					t.Errorf("worked out %d, after %d (%v)", sum, least, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestWorkedOut counts how often something is worked out.
func TestWorkedOut(t *testing.T) {
	t.Parallel()
	s := newShelf(t, dbtest.SQLite(t))
	times := 0
	sum := func(more int) int {
		v, err := db.Worked(s.ctx, s.d, "sum of box", []any{more}, func(ctx context.Context) (int, error) {
			times++
			n, err := db.One(ctx, s.d, `select coalesce(sum(n), 0) from box`, db.Int)
			return n + more, err
		})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if first, again, more := sum(0), sum(0), sum(10); first != 1 || again != 1 || more != 11 || times != 2 {
		t.Errorf("worked out %d times", times)
	}
	s.write(`insert into lid (id) values ('x')`)
	if sum(0) != 1 || times != 2 {
		t.Errorf("another table: worked out %d times", times)
	}
	s.write(`insert into box (id, n) values ('b', 5)`)
	if sum(0) != 6 || sum(10) != 16 || times != 4 {
		t.Errorf("after writing: worked out %d times", times)
	}
	ctx, count := db.Counting(s.ctx)
	if _, err := db.Worked(ctx, s.d, "sum of box", []any{0}, func(context.Context) (int, error) { return 0, errors.New("asked again") }); err != nil || count() != 1 {
		t.Errorf("%v, counted %d", err, count())
	}
	boom := errors.New("boom")
	for range 2 { // a failure is not kept
		if _, err := db.Worked(s.ctx, s.d, "fails", nil, func(context.Context) (int, error) { return 0, boom }); !errors.Is(err, boom) {
			t.Error(err)
		}
	}
}

// TestNothingIsKeptBesideTriggers: what changes a table that its statement does not name
// would go unnoticed.
func TestNothingIsKeptBesideTriggers(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{
		`create trigger sly after insert on box begin delete from lid; end`,
		`create view sly as select id from lid`,
		`create table sly (id text references box (id) on delete cascade)`,
	} {
		s := newShelf(t, dbtest.SQLite(t))
		s.write(sql)
		if err := s.d.Keep(t.Context()); err == nil {
			t.Errorf("%s: answers are kept all the same", sql)
		}
	}
}
