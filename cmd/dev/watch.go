package main

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// state is what a file looked like.
type state struct {
	size int64
	at   time.Time
}

// tree is every file that matters, by its path with slashes.
type tree map[string]state

// look reads the tree below root.
func look(root string) (tree, error) {
	seen := tree{}
	err := filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // a file that was just taken away
		}
		name := d.Name()
		if d.IsDir() {
			if name == ".git" || name == "node_modules" || name == "out" || name == "data" {
				return filepath.SkipDir
			}
			return nil
		}
		below, err := filepath.Rel(root, full)
		if err != nil || taskFor(filepath.ToSlash(below)) == nothing {
			return err
		}
		if info, err := d.Info(); err == nil {
			seen[filepath.ToSlash(below)] = state{info.Size(), info.ModTime()}
		}
		return nil
	})
	return seen, err
}

// since gives the files that are new, changed or gone, in order.
func (t tree) since(before tree) []string {
	var changed []string
	for path, now := range t {
		if before[path] != now {
			changed = append(changed, path)
		}
	}
	for path := range before {
		if _, ok := t[path]; !ok {
			changed = append(changed, path)
		}
	}
	slices.Sort(changed)
	return changed
}

// absorb takes over what generating templates wrote: that is no news. What a
// person saved meanwhile stays news.
func (t tree) absorb(after tree) {
	for path, now := range after {
		if strings.HasSuffix(path, "_templ.go") {
			t[path] = now
		}
	}
}

// task is what a change asks for.
type task int

const (
	nothing task = iota
	assets       // styles, islands, fonts
	templates
	program
)

// taskFor says what a change of this file asks for.
func taskFor(file string) task {
	if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/testdata/") {
		return nothing
	}
	switch path.Ext(file) {
	case ".css", ".ts", ".woff2", ".svg":
		if strings.HasPrefix(file, "web/assets/dist/") {
			return nothing
		}
		return assets
	case ".templ":
		return templates
	case ".go":
		if strings.HasPrefix(file, "tools/") {
			return assets
		}
		return program
	case ".toml", ".yaml", ".yml", ".sql", ".md", ".csv", ".txt":
		return program
	}
	return nothing
}

// work is what one turn of the loop has to do before the program starts again.
type work struct {
	assets bool
	rooms  []string // folders whose templates are generated
}

func tasksFor(changed []string) (w work) {
	for _, file := range changed {
		switch taskFor(file) {
		case assets:
			w.assets = true
		case templates:
			if r := room(file); !slices.Contains(w.rooms, r) {
				w.rooms = append(w.rooms, r)
			}
		}
	}
	return w
}

// everything is the work of the first turn.
func everything(t tree) work {
	var all []string
	for path := range t {
		all = append(all, path)
	}
	slices.Sort(all)
	return tasksFor(all)
}

// room is the folder that templates are generated from: generated code names its
// template by the path below it.
func room(file string) string {
	parts := strings.Split(path.Dir(file), "/")
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return "./" + strings.Join(parts, "/")
}
