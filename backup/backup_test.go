package backup

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/ident"
	"leerkring/migrations"
)

var engines = []db.Engine{db.SQLite, db.Postgres}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var keys = bytes.Repeat([]byte("k"), 32)

// house is an installation with a little of everything that can be hard to copy.
type house struct {
	db    *db.DB
	files *blob.Dir
}

func fresh(t testing.TB, engine db.Engine) *db.DB {
	if engine == db.Postgres {
		return dbtest.Postgres(t)
	}
	return dbtest.SQLite(t)
}

func newHouse(t testing.TB, engine db.Engine, rows int) house {
	t.Helper()
	h := house{db: fresh(t, engine)}
	var err error
	h.files, err = blob.Open(filepath.Join(t.TempDir(), "files"))
	must(t, err)
	t.Cleanup(func() { must(t, h.files.Close()) })
	now := clock.System{}.Now()
	for i := range 3 {
		must(t, h.files.Put(ident.At(now), strings.NewReader(strings.Repeat("photo ", 1000*(i+1)))))
	}
	must(t, h.db.Write(t.Context(), func(tx *db.Tx) error {
		do := func(text string, args ...any) {
			if err == nil {
				_, err = db.Exec(t.Context(), tx, text, args...)
			}
		}
		do(`insert into board (id, name, made_at) values ('b1', $1, $2)`, "«Böard» 'x' \"y\" \\ <b>&\u2028\t\r\n", now)
		// a reference to a row that comes later in the order of keys
		do(`insert into level (id, board_id, parent_id, name) values ('z', 'b1', null, '')`)
		do(`insert into level (id, board_id, parent_id, name) values ('a', 'b1', 'z', 'child')`)
		do(`insert into person (id, board_id, name, email, state, guest, made_at, away_until_on) values ('p1', 'b1', 'Zoë', 'zoe@x.nl', 'active', $1, $2, null)`, true, now)
		do(`insert into person (id, board_id, name, email, state, guest, made_at) values ('P2', 'b1', 'Éva', 'eva@x.nl', 'active', $1, $2)`, false, now)
		for i := range rows {
			do(`insert into journal (at, actor_id, kind, object_kind, object_id) values ($1, 'p1', 'x.made', 'x', $2)`, now, strings.Repeat("é", i%50))
		}
		return err
	}))
	return h
}

func (h house) source() Source {
	return Source{DB: h.db, Files: h.files, Program: "test", At: clock.System{}.Now()}
}

func (h house) make(t testing.TB) (string, Made) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.backup")
	m, err := Make(t.Context(), path, keys, h.source())
	must(t, err)
	return path, m
}

// sums are the hashes of every table, read anew.
func sums(t testing.TB, d *db.DB) []Sum {
	t.Helper()
	var out []Sum
	must(t, d.Snapshot(t.Context(), func(s *db.Snapshot) error {
		tables, err := s.Tables(t.Context())
		must(t, err)
		for _, table := range tables {
			sum, err := Hash(t.Context(), s, table)
			must(t, err)
			out = append(out, sum)
		}
		return nil
	}))
	return out
}

func target(t testing.TB, engine db.Engine) Target {
	to := Target{Data: t.TempDir(), Steps: migrations.Files, Now: clock.System{}.Now()}
	if engine == db.Postgres {
		to.Database = dbtest.Empty(t, engine)
	}
	return to
}

func (to Target) open(t testing.TB) *db.DB {
	t.Helper()
	address := to.Database
	if address == "" {
		address = "sqlite:" + instance.File(to.Data)
	}
	d, err := db.Open(t.Context(), address)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	return d
}

// untouched fails when anything is where a restore was refused.
func (to Target) untouched(t testing.TB) {
	t.Helper()
	list, err := os.ReadDir(to.Data)
	must(t, err)
	if len(list) > 0 {
		t.Errorf("something was left: %v", list)
	}
	if to.Database != "" {
		d := to.open(t)
		must(t, d.Clear(t.Context())) // refuses when there is something
		if half, err := d.Half(t.Context()); err != nil || half {
			t.Errorf("the database is half: %v", err)
		}
	}
}

// TestProofR7_ABackupBecomesTheSameInstallation, from each engine to each.
func TestProofR7_ABackupBecomesTheSameInstallation(t *testing.T) {
	t.Parallel()
	for _, from := range engines {
		for _, into := range engines {
			t.Run(string(from)+" to "+string(into), func(t *testing.T) {
				t.Parallel()
				h := newHouse(t, from, 20_000)
				path, m := h.make(t)
				to := target(t, into)
				r, err := Restore(t.Context(), path, keys, to)
				must(t, err)
				d := to.open(t)
				want := sums(t, h.db)
				if !reflect.DeepEqual(m.End.Tables, want) || !reflect.DeepEqual(sums(t, d), want) || !reflect.DeepEqual(r.End, m.End) {
					t.Error("the tables are not the same")
				}
				files, err := blob.Open(instance.Files(to.Data))
				must(t, err)
				defer files.Close()
				if got, err := HashFiles(t.Context(), files); err != nil || got != m.End.Files || got.Count != 3 {
					t.Errorf("the files are not the same: %v %v", got, err)
				}
				goesOn(t, d)
				if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || info.Size() != m.Bytes {
					t.Errorf("%v %v", info, err)
				}
			})
		}
	}
}

// goesOn shows that references hold and that numbers go on where they were.
func goesOn(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `insert into person (id, board_id, name, email, state, made_at) values ('p3', 'nobody', '', '', 'active', '')`)
		return err
	})
	if err == nil {
		t.Error("a reference to nothing is taken")
	}
	must(t, d.Write(t.Context(), func(tx *db.Tx) error {
		seq, err := db.One(t.Context(), tx, `insert into journal (at, actor_id, kind, object_kind, object_id) values ('', '', '', '', '') returning seq`, db.Int)
		if err == nil && seq != 20_001 {
			t.Errorf("the journal goes on at %d", seq)
		}
		return err
	}))
}

func TestWordsAreNotInTheFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, db.SQLite, 10)
	path, _ := h.make(t)
	raw, err := os.ReadFile(path)
	must(t, err)
	for _, word := range []string{"zoe@x.nl", "person", "journal", "ustar"} {
		if bytes.Contains(raw, []byte(word)) {
			t.Errorf("%q can be read", word)
		}
	}
	again, _ := h.make(t)
	other, err := os.ReadFile(again)
	must(t, err)
	if bytes.Contains(other, raw[100:200]) {
		t.Error("the same is encrypted the same twice")
	}
}

// TestProofR7_ADamagedBackupIsRefused flips bits, cuts off and adds, in an encrypted and a
// plain backup: each is refused with one sentence, and nothing is left anywhere.
func TestProofR7_ADamagedBackupIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, db.SQLite, 3000)
	for name, k := range map[string][]byte{"encrypted": keys, "plain": nil} {
		path := filepath.Join(t.TempDir(), "copy.backup")
		_, err := Make(t.Context(), path, k, h.source())
		must(t, err)
		good, err := os.ReadFile(path)
		must(t, err)
		damaged := map[string][]byte{"empty": {}, "one byte": good[:1], "the first line": good[:bytes.IndexByte(good, '\n')+1], "half": good[:len(good)/2], "all but one byte": good[:len(good)-1],
			"something behind it": append(slices.Clone(good), 0), "twice": append(slices.Clone(good), good...), "noise": noise(len(good))}
		for i := range 60 {
			at := i * (len(good) - 1) / 59
			flipped := slices.Clone(good)
			flipped[at] ^= 1 << (i % 8)
			damaged["flipped at "+string(rune('0'+i%10))+"-"+time.Duration(at).String()] = flipped
		}
		for what, raw := range damaged {
			must(t, os.WriteFile(path, raw, 0o600))
			to := target(t, db.SQLite)
			_, err := Restore(t.Context(), path, k, to)
			if err == nil && k == nil && bytes.Equal(normal(t, path), []byte("same")) {
				continue // a bit of the compression's own header that means nothing
			}
			if err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s, %s: %v", name, what, err)
			}
			to.untouched(t)
		}
	}
}

// normal tells whether a backup still says exactly what it said.
func normal(t *testing.T, path string) []byte {
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	if _, _, err := read(t.Context(), f, nil, visitor{}); err != nil {
		return nil
	}
	return []byte("same")
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

func TestProofR7_OtherKeysAreSaid(t *testing.T) {
	t.Parallel()
	path, _ := newHouse(t, db.SQLite, 10).make(t)
	to := target(t, db.SQLite)
	_, err := Restore(t.Context(), path, bytes.Repeat([]byte("o"), 32), to)
	if err == nil || !strings.Contains(err.Error(), "made with other keys") {
		t.Error(err)
	}
	if _, err = Restore(t.Context(), path, nil, to); !errors.Is(err, ErrNeedsKeys) {
		t.Error(err)
	}
	to.untouched(t)
}

func TestProofR7_WhatIsThereIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, engine, 10)
			path, _ := h.make(t)
			if _, err := Make(t.Context(), path, keys, h.source()); err == nil || !strings.Contains(err.Error(), "is there already") {
				t.Errorf("a backup is written over: %v", err)
			}
			to := target(t, engine)
			_, err := Restore(t.Context(), path, keys, to)
			must(t, err)
			before := sums(t, to.open(t))
			again := to
			if engine == db.Postgres {
				again.Data = t.TempDir() // the database is what is not empty
			}
			if _, err := Restore(t.Context(), path, keys, again); err == nil || !strings.Contains(err.Error(), "empty") && !strings.Contains(err.Error(), "something in that database") {
				t.Errorf("a restore over something: %v", err)
			}
			if !reflect.DeepEqual(before, sums(t, to.open(t))) {
				t.Error("it was changed")
			}
			if list, err := os.ReadDir(again.Data); err != nil || engine == db.Postgres && len(list) > 0 {
				t.Errorf("left: %v %v", list, err)
			}
		})
	}
}

// TestProofR7_ABrokenOffRestoreIsDoneAgain: after files, before the database, half-way in
// the database, and by Ctrl-C.
func TestProofR7_ABrokenOffRestoreIsDoneAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, engine, 5000)
			path, _ := h.make(t)
			want := sums(t, h.db)
			to := target(t, engine)

			ctx, stop := context.WithCancel(t.Context())
			stopped := to
			stopped.Tell = func(step string, done, _ int64) {
				if step == StepCheck && done > 0 {
					stop()
				}
			}
			if _, err := Restore(ctx, path, keys, stopped); err == nil || !strings.Contains(err.Error(), "it can be done again") {
				t.Fatalf("broken off: %v", err)
			}
			to.untouched(t)

			// What a kill leaves: files in their place, the rest beside it, half a database.
			must(t, os.MkdirAll(filepath.Join(instance.Staging(to.Data), "files"), 0o700))
			must(t, os.MkdirAll(filepath.Join(instance.Files(to.Data), "v0"), 0o700))
			if engine == db.Postgres {
				d := to.open(t)
				_ = d.Load(t.Context(), migrations.Files, 2, func(*db.Loader) error { return io.ErrUnexpectedEOF })
				if half, err := d.Half(t.Context()); err != nil || !half {
					t.Fatalf("nothing is half: %v", err)
				}
			}
			_, err := Restore(t.Context(), path, keys, to)
			must(t, err)
			if !reflect.DeepEqual(sums(t, to.open(t)), want) {
				t.Error("it is not the same")
			}
			if !reflect.DeepEqual(sums(t, h.db), want) {
				t.Error("the source was changed")
			}
		})
	}
}

func TestOldAndNewerAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, db.SQLite, 1)
	path, m := h.make(t)
	to := target(t, db.SQLite)
	to.Now = m.Head.MadeAt.Add(Lasts + 24*time.Hour)
	if _, err := Restore(t.Context(), path, keys, to); err == nil || !strings.Contains(err.Error(), "36 days old") {
		t.Error(err)
	}
	to.Old = true
	to.Try = true
	_, err := Restore(t.Context(), path, keys, to)
	must(t, err)
	to.untouched(t)
	newer := to
	newer.Steps = os.DirFS(t.TempDir())
	if _, err := Restore(t.Context(), path, keys, newer); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Error(err)
	}
	to.untouched(t)
}

func TestAFolderKeepsThirtyFiveDays(t *testing.T) {
	t.Parallel()
	h := newHouse(t, db.SQLite, 1)
	dir := t.TempDir()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	name := func(days int) string { return prefix + now.AddDate(0, 0, -days).Format(stamp) + suffix }
	stays := []string{name(1), name(34), "leerkring-2020.backup", "other.backup", prefix + "20200101-000000.txt", name(0) + ".abc" + unfinished}
	goes := []string{name(36), name(400), name(2) + ".abcdefgh" + unfinished}
	for _, n := range append(slices.Clone(stays), goes...) {
		must(t, os.WriteFile(filepath.Join(dir, n), nil, 0o600))
	}
	src := h.source()
	src.At = now.Add(time.Second)
	m, err := Make(t.Context(), dir, keys, src)
	must(t, err)
	list, err := os.ReadDir(dir)
	must(t, err)
	var got []string
	for _, e := range list {
		got = append(got, e.Name())
	}
	want := append(stays, filepath.Base(m.Path))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}
