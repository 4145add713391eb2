package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestAChangeAsksForWhatItNeeds(t *testing.T) {
	for file, want := range map[string]task{
		"web/assets/src/css/parts/button.css": assets,
		"web/plan/goal.ts":                    assets,
		"web/assets/dist/app-AAAAAAAA.css":    nothing,
		"tools/assets/main.go":                assets,
		"web/plan/goal.templ":                 templates,
		"block/plan/goal.go":                  program,
		"block/plan/goal_test.go":             nothing,
		"web/plan/text.nl.toml":               program,
		"content/methods/x/1.yaml":            program,
		"migrations/0001_x.sql":               program,
		"method/testdata/bad.yaml":            nothing,
		"LICENSE":                             nothing,
	} {
		if got := taskFor(file); got != want {
			t.Errorf("%s: got %d, want %d", file, got, want)
		}
	}
}

func TestTemplatesAreGeneratedOncePerRoom(t *testing.T) {
	w := tasksFor([]string{"web/plan/a.templ", "web/plan/part/b.templ", "web/ui/c.templ", "x.go"})
	if w.assets || !slices.Equal(w.rooms, []string{"./web/plan", "./web/ui"}) {
		t.Errorf("%+v", w)
	}
}

func TestTheTreeTellsWhatChanged(t *testing.T) {
	root := t.TempDir()
	put := func(path, text string, at time.Time) {
		t.Helper()
		full := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(full, at, at); err != nil {
			t.Fatal(err)
		}
	}
	noon := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	put("same.go", "a", noon)
	put("touched.go", "a", noon)
	put("gone.go", "a", noon)
	put("node_modules/x.ts", "a", noon)
	before, err := look(root)
	if err != nil {
		t.Fatal(err)
	}
	put("touched.go", "b", noon.Add(time.Second))
	put("new/one.css", "a", noon)
	if err := os.Remove(filepath.Join(root, "gone.go")); err != nil {
		t.Fatal(err)
	}
	after, err := look(root)
	if err != nil {
		t.Fatal(err)
	}
	if got := after.since(before); !slices.Equal(got, []string{"gone.go", "new/one.css", "touched.go"}) {
		t.Errorf("changed: %v", got)
	}
	put("page_templ.go", "a", noon)
	put("saved.go", "a", noon)
	later, err := look(root)
	if err != nil {
		t.Fatal(err)
	}
	after.absorb(later)
	if got := later.since(after); !slices.Equal(got, []string{"saved.go"}) {
		t.Errorf("news after generating: %v", got)
	}
	if got := after.since(after); len(got) != 0 {
		t.Errorf("nothing changed, but %v", got)
	}
}
