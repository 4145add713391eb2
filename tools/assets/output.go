package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// write makes dist hold exactly the built files. Files that did not change keep
// their time, so that a running loop sees only real changes.
func write(dist string, built files) error {
	old, err := read(dist)
	if err != nil {
		return err
	}
	for path, content := range built {
		if before, ok := old[path]; ok && bytes.Equal(before, content) {
			continue
		}
		full := filepath.Join(dist, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, content, 0o644); err != nil {
			return err
		}
	}
	for path := range old {
		if _, keep := built[path]; keep {
			continue
		}
		if err := os.Remove(filepath.Join(dist, filepath.FromSlash(path))); err != nil {
			return err
		}
	}
	fmt.Printf("assets: %d files in web/assets/dist\n", len(built))
	return nil
}

// compare says which files of dist differ from a fresh build.
func compare(dist string, built files) error {
	old, err := read(dist)
	if err != nil {
		return err
	}
	var wrong []string
	for path, content := range built {
		committed, ok := old[path]
		switch {
		case !ok:
			wrong = append(wrong, path+" is missing")
		case !bytes.Equal(committed, content):
			wrong = append(wrong, path+" differs")
		}
	}
	for path := range old {
		if _, ok := built[path]; !ok {
			wrong = append(wrong, path+" is left over")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	sort.Strings(wrong)
	return fmt.Errorf("web/assets/dist is not what the sources make; run go run -C tools ./assets and commit:\n  %s",
		strings.Join(wrong, "\n  "))
}

// read gives the files that lie in dist; none when it does not exist yet.
func read(dist string) (files, error) {
	found := files{}
	err := filepath.WalkDir(dist, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(dist, path)
		if err != nil {
			return err
		}
		found[filepath.ToSlash(below)] = content
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	return found, err
}
