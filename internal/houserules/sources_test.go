package houserules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sources walks the Go files of the product, without tests and without what is generated.
func sources(t *testing.T, visit func(path string, file *ast.File, set *token.FileSet)) {
	t.Helper()
	root := "../.."
	n := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".") && path != root || name == "tools" || name == "out" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		n++
		visit(strings.TrimPrefix(filepath.ToSlash(path), "../../"), file, set)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 100 {
		t.Fatalf("only %d files seen", n)
	}
}

// reserved are calls that belong to one place each.
var reserved = map[string]struct{ places, why string }{
	"time.Now":     {"internal/clock/ internal/serve/ internal/pgtest/ cmd/check/ cmd/dev/ bench/ test/", "the clock is a parameter"},
	"time.Since":   {"internal/clock/ internal/serve/ internal/pgtest/ cmd/check/ cmd/dev/ bench/ test/", "the clock is a parameter"},
	"os.Getenv":    {"internal/config/ internal/dbtest/ internal/pgtest/ cmd/check/ cmd/dev/ test/", "main gives the environment"},
	"os.LookupEnv": {"internal/config/ internal/dbtest/ internal/pgtest/ cmd/check/ cmd/dev/ test/", "main gives the environment"},
}

func TestReservedCalls(t *testing.T) {
	t.Parallel()
	sources(t, func(path string, file *ast.File, set *token.FileSet) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := call.X.(*ast.Ident)
			if !ok || x.Obj != nil {
				return true
			}
			rule, ok := reserved[x.Name+"."+call.Sel.Name]
			if !ok {
				return true
			}
			for _, p := range strings.Fields(rule.places) {
				if strings.HasPrefix(path, p) {
					return true
				}
			}
			t.Errorf("%s: %s.%s: %s", set.Position(n.Pos()), x.Name, call.Sel.Name, rule.why)
			return true
		})
	})
}

// TestEveryPackageSaysWhatItIsFor: the package comment is the manual that is read first.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	sources(t, func(path string, file *ast.File, _ *token.FileSet) {
		dir := filepath.Dir(path)
		said[dir] = said[dir] || file.Doc != nil
	})
	for dir, ok := range said {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// TestNoUnfinishedWork: a promise in a comment is an issue, not a comment.
func TestNoUnfinishedWork(t *testing.T) {
	t.Parallel()
	sources(t, func(path string, file *ast.File, set *token.FileSet) {
		for _, group := range file.Comments {
			for _, c := range group.List {
				for _, word := range []string{"TO" + "DO", "FIX" + "ME", "XX" + "X"} {
					if strings.Contains(c.Text, word) {
						t.Errorf("%s: %s", set.Position(c.Pos()), word)
					}
				}
			}
		}
	})
}

// TestVagueNames: a vague name collects everything.
func TestVagueNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"util", "utils", "common", "helpers", "models", "types", "misc"} {
		for _, pattern := range []string{"../../*/" + name, "../../*/" + name + ".go", "../../*/*/" + name + ".go", "../../" + name} {
			found, err := filepath.Glob(pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if _, err := os.Stat(f); err == nil && !strings.Contains(f, "node_modules") {
					t.Errorf("%s: find the word for what it is", f)
				}
			}
		}
	}
}
