package main

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"leerkring/backup"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// Every kind that an act notes in the ledger is done again after a restore: one without a
// replay would make the ledger unreadable.
func TestProofR7_EveryEndIsReplayed(t *testing.T) {
	t.Parallel()
	rules := replays()
	call := regexp.MustCompile(`ledger\.Note\(ctx, [a-z.]*tx, [^,]+, (\w+),`)
	seen := map[string]bool{}
	ok(t, filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(filepath.ToSlash(path), "../../ledger/") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found := call.FindAllStringSubmatch(string(raw), -1)
		if n := strings.Count(string(raw), "ledger.Note("); n != len(found) {
			t.Errorf("%s: %d notes, and the kind of %d is a constant", path, n, len(found))
		}
		for _, m := range found {
			kind := constant(t, filepath.Dir(path), m[1])
			if rules[kind] == nil {
				t.Errorf("%s notes %q, which nobody replays", path, kind)
			}
			seen[kind] = true
		}
		return nil
	}))
	for kind := range rules {
		if !seen[kind] {
			t.Errorf("%q is replayed, and never noted", kind)
		}
	}
}

// constant finds the value of a constant in the replay.go of a room.
func constant(t *testing.T, dir, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "replay.go"))
	ok(t, err)
	m := regexp.MustCompile(`\b` + name + `\s*= "([^"]+)"`).FindSubmatch(raw)
	if m == nil {
		t.Fatalf("%s/replay.go has no constant %s", dir, name)
	}
	return string(m[1])
}

// TestProofR8_ACopyIsMadeBeforeAnUpgrade: before new steps there is a copy that can be
// restored, and without room for one nothing is changed.
func TestProofR8_ACopyIsMadeBeforeAnUpgrade(t *testing.T) {
	t.Parallel()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			address, data := dbtest.Empty(t, engine), t.TempDir()
			d, err := db.Open(t.Context(), address)
			ok(t, err)
			some, _ := steps(t, 6)
			ok(t, d.Migrate(t.Context(), some))
			ok(t, d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `insert into board (id, name, made_at) values ('b1', 'Voor de nieuwe versie', '2026-01-01T00:00:00.000000Z')`)
				return err
			}))
			ok(t, d.Close())
			var log bytes.Buffer
			key := []byte(strings.Repeat("k", 32))
			open := func() *house {
				h, err := build(t.Context(), settings{Database: address, Data: data, BaseURL: "http://localhost", Log: slog.New(slog.NewTextHandler(&log, nil)), LogKey: key})
				ok(t, err)
				return h
			}
			h := open()
			stands, err := backup.Of(t.Context(), h.db)
			ok(t, err)
			if stands.BeforeUpgrade.IsZero() || !stands.Made.IsZero() || !strings.Contains(log.String(), "a copy was made before the upgrade") {
				t.Errorf("%+v\n%s", stands, &log)
			}
			ok(t, h.db.Close())
			list, err := os.ReadDir(copies(data))
			ok(t, err)
			if len(list) != 1 {
				t.Fatalf("copies: %v", list)
			}
			again := open() // nothing is new now
			ok(t, again.db.Close())
			if list, err = os.ReadDir(copies(data)); err != nil || len(list) != 1 {
				t.Errorf("a copy without need: %v %v", list, err)
			}
			head, err := backup.Look(t.Context(), filepath.Join(copies(data), list[0].Name()), key)
			if err != nil || head.Schema != 6 || head.Whole {
				t.Errorf("%+v %v", head, err)
			}
			back := t.TempDir()
			keys := filepath.Join(t.TempDir(), "keys")
			ok(t, os.WriteFile(keys, key, 0o600))
			var out, errOut bytes.Buffer
			if code := Main(t.Context(), []string{"restore", filepath.Join(copies(data), list[0].Name()), "--data", back, "--keys", keys}, nil, &out, &errOut); code != 0 || !strings.Contains(errOut.String(), "has no files") {
				t.Fatalf("%d %s %s", code, &out, &errOut)
			}
			d, err = db.Open(t.Context(), "sqlite:"+filepath.Join(back, "leerkring.db"))
			ok(t, err)
			if name, err := db.One(t.Context(), d, `select name from board`, db.Str); err != nil || name != "Voor de nieuwe versie" {
				t.Errorf("%q %v", name, err)
			}
			ok(t, d.Close())
		})
	}
}

func TestKeysOnPaper(t *testing.T) {
	t.Parallel()
	keys := make([]byte, keyBytes)
	for i := range keys {
		keys[i] = byte(i * 7)
	}
	text := paper(keys)
	for _, typed := range []string{text, strings.ToLower(text), strings.ReplaceAll(text, " ", "-"), strings.ReplaceAll(text, "0", "O"), strings.ReplaceAll(text, "1", "l"), strings.ReplaceAll(text, " ", "\r\n") + "\n\n"} {
		if got, err := fromPaper(typed); err != nil || !bytes.Equal(got, keys) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", text[1:], text + "7", strings.Replace(text, text[:1], "Z", 1), strings.Repeat("U", 58)} {
		if _, err := fromPaper(typed); err == nil {
			t.Errorf("%q is taken", typed)
		}
	}
}
