package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// target is one fuzz test.
type target struct{ dir, name string }

// fuzz runs every fuzz test of the tree for a short time: what it finds is kept
// by go test in testdata/fuzz and fails from then on in an ordinary run.
func fuzz(ctx context.Context, w *workshop) (string, error) {
	targets, err := w.fuzzTargets()
	if err != nil {
		return "", err
	}
	if len(targets) == 0 {
		return "", failure("no fuzz tests found")
	}
	for _, t := range targets {
		if err := w.fuzzOne(ctx, t); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d parsers, %s each", len(targets), w.fuzz), nil
}

// again is how often a target is tried that ended without a verdict.
const again = 3

// fuzzOne runs one target. When the time is up while a worker is still busy, go test may say
// «context deadline exceeded» though no input failed (golang.org/issue/48591): that is no verdict, so the
// target runs once more. An input that failed is written down by go test, and is never tried away.
func (w *workshop) fuzzOne(ctx context.Context, t target) (err error) {
	for range again {
		_, err = w.command(ctx, "go", "test", "-vet=off", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", w.fuzz.String(), t.dir)
		if err == nil || ctx.Err() != nil || !noVerdict(err.Error()) {
			return err
		}
	}
	return err
}

// noVerdict reports whether a run of a target ended because of its clock and not of an input.
func noVerdict(told string) bool {
	return strings.Contains(told, "context deadline exceeded") && !strings.Contains(told, "Failing input") && !strings.Contains(told, "panic:")
}

func (w *workshop) fuzzTargets() ([]target, error) {
	var targets []target
	err := w.walk(func(path string) error {
		if !strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "tools"+string(filepath.Separator)) {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(w.root, path), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, name := range fuzzNames(file) {
			targets = append(targets, target{"./" + filepath.ToSlash(filepath.Dir(path)), name})
		}
		return nil
	})
	return targets, err
}

// fuzzNames gives the functions that go test knows as fuzz tests.
func fuzzNames(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") && len(f.Type.Params.List) == 1 {
			names = append(names, f.Name.Name)
		}
	}
	return names
}
