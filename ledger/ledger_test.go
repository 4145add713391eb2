package ledger_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/ledger"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func note(t testing.TB, d *db.DB, at time.Time, kind string, ids ...string) {
	t.Helper()
	must(t, d.Write(t.Context(), func(tx *db.Tx) error { return ledger.Note(t.Context(), tx, at, kind, ids...) }))
}

// seen remembers what was replayed.
func seen(out *[]string) ledger.Replay {
	return func(_ context.Context, _ *db.Tx, e ledger.Entry) error {
		*out = append(*out, e.Kind+" "+strings.Join(e.IDs, " "))
		return nil
	}
}

func TestWhatADatabaseLacksIsDoneAgainOnceInOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, lost *db.DB) {
		file := filepath.Join(t.TempDir(), "ledger")
		c, err := ledger.Open(t.Context(), lost, file, now, slog.New(slog.DiscardHandler))
		must(t, err)
		note(t, lost, now, "a", "1")
		must(t, c.Catch(t.Context()))
		note(t, lost, now.Add(2*time.Minute), "b", "1", "2")
		note(t, lost, now.Add(time.Minute), "a", "3") // another node, a moment earlier
		must(t, c.Catch(t.Context()))
		must(t, c.Catch(t.Context()))

		entries, err := ledger.Read(file)
		must(t, err)
		if len(entries) != 3 {
			t.Fatalf("in the file: %v", entries)
		}
		d := dbtest.SQLite(t)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { // the first was in the backup
			_, err := db.Exec(t.Context(), tx, `insert into ledger (id, at, kind, object) values ($1, $2, 'a', '1')`, entries[0].ID, entries[0].At)
			return err
		}))
		var out []string
		rules := ledger.Rules{"a": seen(&out), "b": seen(&out)}
		for _, want := range []int{2, 0} {
			n, err := ledger.Apply(t.Context(), d, rules, entries)
			must(t, err)
			if n != want {
				t.Errorf("%d replayed, want %d", n, want)
			}
		}
		if strings.Join(out, ", ") != "a 3, b 1 2" {
			t.Errorf("replayed: %v", out)
		}
		kept, err := ledger.Since(t.Context(), d, now.Add(-time.Hour))
		must(t, err)
		if len(kept) != 3 || kept[2].IDs[1] != "2" {
			t.Errorf("kept: %v", kept)
		}
	})
}

func TestAReplayThatFailsDoesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fail := errors.New("no")
		entries := []ledger.Entry{{ID: "06h25zrz68n8tkbp5cem3x13v0", At: now, Kind: "a", IDs: []string{"1"}}, {ID: "06h25zrz68n8tkbp5cem3x13v1", At: now, Kind: "b", IDs: []string{"1"}}}
		var out []string
		for _, rules := range []ledger.Rules{{"a": seen(&out), "b": func(context.Context, *db.Tx, ledger.Entry) error { return fail }}, {"a": seen(&out)}} {
			if _, err := ledger.Apply(t.Context(), d, rules, entries); err == nil {
				t.Error("it is taken")
			}
			if kept, err := ledger.Since(t.Context(), d, time.Time{}.Add(time.Second)); err != nil || len(kept) > 0 {
				t.Errorf("half is kept: %v %v", kept, err)
			}
		}
	})
}

func TestAFileThatIsBrokenOff(t *testing.T) {
	t.Parallel()
	good := `{"id":"06h25zrz68n8tkbp5cem3x13v0","at":"2026-11-28T12:00:00Z","kind":"a","ids":["1"]}` + "\n"
	for name, c := range map[string]struct {
		text string
		n    int
		bad  bool
	}{
		"none": {"", 0, false}, "one": {good, 1, false}, "a last line broken off": {good + good[:20], 1, false},
		"a line in between": {good[:20] + "\n" + good, 0, true}, "something else": {"hallo\n", 0, true}, "a long line": {strings.Repeat("x", 9000) + "\n", 0, true}, "no ids": {strings.Replace(good, `["1"]`, `[]`, 1), 0, true},
	} {
		file := filepath.Join(t.TempDir(), "ledger")
		must(t, os.WriteFile(file, []byte(c.text), 0o600))
		list, err := ledger.Read(file)
		if (err != nil) != c.bad || len(list) != c.n {
			t.Errorf("%s: %v %v", name, list, err)
		}
	}
	if list, err := ledger.Read(filepath.Join(t.TempDir(), "none")); err != nil || len(list) > 0 {
		t.Errorf("no file: %v %v", list, err)
	}
}

func TestWhatNoBackupCanNeedGoes(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	file := filepath.Join(t.TempDir(), "ledger")
	note(t, d, now.Add(-ledger.Lasts-time.Hour), "a", "old")
	note(t, d, now.Add(-time.Hour), "a", "new")
	c, err := ledger.Open(t.Context(), d, file, now, slog.New(slog.DiscardHandler))
	must(t, err)
	must(t, c.Catch(t.Context()))
	must(t, ledger.Clean(t.Context(), d, now))
	for what, list := range map[string]func() ([]ledger.Entry, error){
		"file":  func() ([]ledger.Entry, error) { return ledger.Read(file) },
		"table": func() ([]ledger.Entry, error) { return ledger.Since(t.Context(), d, now.Add(-1000*time.Hour)) },
	} {
		if got, err := list(); err != nil || len(got) != 1 || got[0].IDs[0] != "new" {
			t.Errorf("%s: %v %v", what, got, err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestANoteHasIdsOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	for _, id := range []string{"", "two words", "a\nb"} {
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return ledger.Note(t.Context(), tx, now, "a", id) }); err == nil {
			t.Errorf("%q is taken", id)
		}
	}
}
