package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// formatted looks at every Go file of the tree, generated ones too.
func formatted(ctx context.Context, w *workshop) (string, error) {
	wrong, err := w.command(ctx, "gofmt", "-l", ".")
	if err == nil && wrong != "" {
		err = failure("gofmt would change:\n%s", wrong)
	}
	return "", err
}

func vet(ctx context.Context, w *workshop) (string, error) {
	if _, err := w.command(ctx, "go", "vet", "./..."); err != nil {
		return "", err
	}
	if _, err := w.command(ctx, "go", "vet", "-tags", "harness", "./cmd/leerkring"); err != nil {
		return "", err
	}
	if _, err := w.command(ctx, "go", "vet", "-tags", "browser", "./test/..."); err != nil {
		return "", err
	}
	_, err := w.command(ctx, "go", "vet", "-C", "tools", "./...")
	return "", err
}

func staticcheck(ctx context.Context, w *workshop) (string, error) {
	_, err := w.command(ctx, "go", "tool", "-modfile=tools.mod", "staticcheck", "-tags", "browser", "./...")
	return "", err
}

func modules(ctx context.Context, w *workshop) (string, error) {
	for _, where := range []string{".", "tools"} {
		if _, err := w.command(ctx, "go", "mod", "tidy", "-C", where, "-diff"); err != nil {
			return "", err
		}
	}
	return "", nil
}

// templates generates every page again in a folder aside, and compares. Nothing
// in the tree is touched.
func templates(ctx context.Context, w *workshop) (string, error) {
	aside, err := os.MkdirTemp("", "leerkring-templ-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(aside)
	sources, err := w.copyTemplates(aside)
	if err != nil {
		return "", err
	}
	if _, err := w.command(ctx, "go", "tool", "-modfile=tools.mod", "templ", "generate", "-path", aside); err != nil {
		return "", err
	}
	var wrong []error
	for _, source := range sources {
		if err := sameCode(aside, w.root, strings.TrimSuffix(source, ".templ")+"_templ.go"); err != nil {
			wrong = append(wrong, err)
		}
	}
	return fmt.Sprintf("%d templates", len(sources)), errors.Join(wrong...)
}

// copyTemplates copies the templates of the tree, and gives their paths.
func (w *workshop) copyTemplates(to string) ([]string, error) {
	var sources []string
	err := w.walk(func(path string) error {
		if !strings.HasSuffix(path, ".templ") {
			return nil
		}
		sources = append(sources, path)
		text, err := os.ReadFile(filepath.Join(w.root, path))
		if err != nil {
			return err
		}
		target := filepath.Join(to, path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
	return sources, err
}

// walk calls f for each file of the tree that is ours.
func (w *workshop) walk(f func(path string) error) error {
	return filepath.WalkDir(w.root, func(full string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case ".git", "node_modules", "out", "dist":
				return filepath.SkipDir
			}
			return nil
		}
		path, err := filepath.Rel(w.root, full)
		if err != nil {
			return err
		}
		return f(path)
	})
}

// fileName is where generated code tells which template an error came from. How
// much of the path it tells depends on where the generator was started.
var fileName = regexp.MustCompile("FileName: `[^`]*?([^`/]+)`")

func sameCode(fresh, tree, path string) error {
	want, err := os.ReadFile(filepath.Join(fresh, path))
	if err != nil {
		return err
	}
	have, err := os.ReadFile(filepath.Join(tree, path))
	if err != nil {
		return err
	}
	plain := func(code []byte) []byte { return fileName.ReplaceAll(code, []byte("FileName: `$1`")) }
	if !bytes.Equal(plain(want), plain(have)) {
		return failure("%s is not what its template makes: generate it again", path)
	}
	return nil
}
