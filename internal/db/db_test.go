package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

func cursors(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	type row struct {
		reader string
		seq    int
	}
	rows, err := db.All(context.Background(), d, `select reader, seq from journal_cursor`, func(r *row) []any { return []any{&r.reader, &r.seq} })
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.reader] = r.seq
	}
	return out
}

func set(ctx context.Context, tx *db.Tx, reader string, seq int) error {
	_, err := db.Exec(ctx, tx, `insert into journal_cursor (reader, seq) values ($1, $2)`, reader, seq)
	return err
}

func TestParametersInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		type row struct{ a, b, c string }
		got, err := db.One(t.Context(), d, `select cast($2 as text), cast($1 as text), cast($2 as text)`, func(r *row) []any { return []any{&r.a, &r.b, &r.c} }, "one", "two")
		if err != nil || got != (row{"two", "one", "two"}) {
			t.Fatalf("%v %v", got, err)
		}
	})
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		type row struct {
			at, none time.Time
			on       clock.Date
			list     []string
			yes      bool
			null     string
			note     map[string]int
		}
		at := time.Date(2026, 3, 19, 15, 10, 0, 123456000, time.UTC)
		got, err := db.One(t.Context(), d,
			`select cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text), cast($5 as boolean), cast(null as text), cast($6 as text)`,
			func(r *row) []any { return []any{&r.at, &r.none, &r.on, &r.list, &r.yes, &r.null, db.JSON(&r.note)} },
			at.In(clock.Zone("Europe/Amsterdam")), time.Time{}, clock.Date("2026-03-19"), []string{"é", "b"}, true, db.JSON(map[string]int{"n": 3}))
		if err != nil {
			t.Fatal(err)
		}
		if !got.at.Equal(at) || !got.none.IsZero() || got.on != "2026-03-19" || len(got.list) != 2 || got.list[0] != "é" || !got.yes || got.null != "" || got.note["n"] != 3 {
			t.Fatalf("%+v", got)
		}
	})
}

func TestActIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		boom := errors.New("boom")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if err := set(ctx, tx, "half", 1); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("the act's own error must come back: %v", err)
		}
		err = d.Write(ctx, func(tx *db.Tx) error {
			if err := set(ctx, tx, "panic", 1); err != nil {
				return err
			}
			panic("a programmer's mistake")
		})
		if err == nil {
			t.Fatal("a panic must become an error")
		}
		told := 0
		if err := d.Write(ctx, func(tx *db.Tx) error { tx.AfterCommit(func() { told++ }); return set(ctx, tx, "whole", 7) }); err != nil {
			t.Fatal(err)
		}
		if got := cursors(t, d); len(got) != 1 || got["whole"] != 7 || told != 1 {
			t.Fatalf("%v, told %d", got, told)
		}
	})
}

func TestManyActsAtOnceAreAllKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		var wg sync.WaitGroup
		for i := range 400 {
			wg.Go(func() {
				err := d.Write(ctx, func(tx *db.Tx) error {
					if err := set(ctx, tx, fmt.Sprint("r", i), i); err != nil {
						return err
					}
					if i%10 == 0 {
						return errs.Invalid("test.refused")
					}
					return nil
				})
				if (i%10 == 0) != errs.Is(err, errs.KindInvalid) {
					t.Errorf("act %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if got := cursors(t, d); len(got) != 360 {
			t.Fatalf("%d acts kept, want 360", len(got))
		}
	})
}

func TestKnownFaultsBecomeKinds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		put := func() error { return d.Write(ctx, func(tx *db.Tx) error { return set(ctx, tx, "twice", 1) }) }
		if err := put(); err != nil {
			t.Fatal(err)
		}
		if err := put(); !errs.Is(err, errs.KindConflict) {
			t.Errorf("a second of the same is a conflict: %v", err)
		}
		if _, err := db.One(ctx, d, `select reader from journal_cursor where reader = $1`, db.Str, "nobody"); !errs.IsAbsent(err) {
			t.Errorf("no row is absent: %v", err)
		}
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if err := d.Write(ended, func(tx *db.Tx) error { return set(ctx, tx, "late", 1) }); err == nil {
			t.Error("nobody waits for this act: it must not run")
		}
		if got := cursors(t, d); got["late"] != 0 || len(got) != 1 {
			t.Errorf("%v", got)
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		older := fstest.MapFS{"0001_journal.sql": {Data: []byte("-- +goose Up\nselect 1;\n")}}
		newer := fstest.MapFS{"0001_journal.sql": older["0001_journal.sql"], "9999_later.sql": {Data: []byte("-- +goose Up\ncreate table later (id text);\n")}}
		if err := d.Migrate(t.Context(), newer); err != nil {
			t.Fatal(err)
		}
		err := d.Migrate(t.Context(), older)
		if !errs.Is(err, errs.KindUnavailable) || errs.FieldsOf(err)[0].Key != "db.newer" {
			t.Fatalf("%v", err)
		}
	})
}

func TestAFailedStepLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bad := fstest.MapFS{
			"0001_journal.sql": {Data: []byte("-- +goose Up\nselect 1;\n")},
			"9998_half.sql":    {Data: []byte("-- +goose Up\ncreate table half (id text);\ninsert into nowhere values (1);\n")},
		}
		if err := d.Migrate(t.Context(), bad); err == nil {
			t.Fatal("a broken step must fail")
		}
		good := fstest.MapFS{"0001_journal.sql": bad["0001_journal.sql"], "9998_half.sql": {Data: []byte("-- +goose Up\ncreate table half (id text);\n")}}
		if err := d.Migrate(t.Context(), good); err != nil {
			t.Fatalf("the mended step must run: %v", err)
		}
	})
}

func TestForEngine(t *testing.T) {
	t.Parallel()
	text := "select 1 /*sqlite: a *//*postgres: b */ /* plain */"
	if got := db.ForEngine(text, db.SQLite); got != "select 1  a  /* plain */" {
		t.Errorf("%q", got)
	}
	if got := db.ForEngine(text, db.Postgres); got != "select 1  b  /* plain */" {
		t.Errorf("%q", got)
	}
}

func TestAnActWithAKeyHappensOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		done, repeated := 0, 0
		for range 20 {
			wg.Go(func() {
				ctx := db.Once(t.Context(), "noor", "key-1")
				err := d.Write(ctx, func(tx *db.Tx) error { return set(ctx, tx, "once", 1) })
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					done++
				case errors.Is(err, db.ErrRepeated):
					repeated++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done != 1 || repeated != 19 {
			t.Fatalf("done %d, repeated %d", done, repeated)
		}
		if err := db.SetReply(t.Context(), d, "noor", "key-1", db.Reply{Status: 303, Location: "/week"}); err != nil {
			t.Fatal(err)
		}
		if r, err := db.ReplyTo(t.Context(), d, "noor", "key-1"); err != nil || r.Location != "/week" {
			t.Fatalf("%+v %v", r, err)
		}
		// A refused act leaves its key free: the person mends the form and sends it again.
		ctx := db.Once(t.Context(), "noor", "key-2")
		if err := d.Write(ctx, func(tx *db.Tx) error { return errs.Invalid("test.refused") }); err == nil {
			t.Fatal("must be refused")
		}
		ctx = db.Once(t.Context(), "noor", "key-2")
		if err := d.Write(ctx, func(tx *db.Tx) error { return set(ctx, tx, "mended", 1) }); err != nil {
			t.Fatal(err)
		}
	})
}

func TestNotingAnAnswerIsNoAct(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for range 2 { // a request that did nothing, sent twice
			ctx := db.Once(t.Context(), "noor", "key")
			if err := db.SetReply(ctx, d, "noor", "key", db.Reply{Status: 303, Location: "/x"}); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.ReplyTo(t.Context(), d, "noor", "key"); err != nil || got != (db.Reply{}) {
			t.Errorf("kept %+v, %v", got, err)
		}
		if err := d.Write(db.Once(t.Context(), "noor", "key"), func(tx *db.Tx) error { return set(t.Context(), tx, "a", 1) }); err != nil {
			t.Errorf("the key was spent by an answer: %v", err)
		}
		if len(cursors(t, d)) != 1 {
			t.Error("the act did not happen")
		}
	})
}
