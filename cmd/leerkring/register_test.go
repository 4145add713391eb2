package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leerkring/access/register"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// columnsOf lists every column of a real database; tables of the engine itself are not ours.
func columnsOf(t *testing.T, d *db.DB) []register.Column {
	t.Helper()
	columns, err := db.All(t.Context(), d, `
		/*sqlite: select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
			where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' */
		/*postgres: select table_name, column_name from information_schema.columns where table_schema = 'public' */`,
		func(c *register.Column) []any { return []any{&c.Table, &c.Column} })
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

// T-P2: a column that nobody registered, and a row of the register without its column,
// fail the build on both engines.
func TestProofP2_EveryColumnIsInTheRegister(t *testing.T) {
	t.Parallel()
	list := kept()
	for _, wrong := range register.Check(list) {
		t.Error(wrong)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		columns := columnsOf(t, d)
		if len(columns) < 200 {
			t.Fatalf("only %d columns seen", len(columns))
		}
		missing := map[string][]string{}
		for _, c := range register.Missing(columns, list) {
			missing[c.Table] = append(missing[c.Table], c.Column)
		}
		for table, names := range missing {
			t.Errorf("table %s: %v is not in the data register: write it in data.go of its room, and that in register.go here", table, names)
		}
		for _, e := range register.Stale(columns, list) {
			t.Errorf("%s is in the data register, and not in the schema", e)
		}
	})
}

// Every purpose is a sentence in both languages: the page «what is kept about me» is
// made of them.
func TestProofP2_EveryPurposeIsASentence(t *testing.T) {
	t.Parallel()
	catalog, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"nl", "en"} {
		words := catalog.Texts(lang, nil, nil)
		said := map[string]bool{}
		for _, e := range kept() {
			if !words.Has(e.Purpose) && !said[e.Purpose] {
				t.Errorf("%s: %s has no sentence %s", e, lang, e.Purpose)
			}
			said[e.Purpose] = true
		}
	}
}

// A field of the log that nobody registered fails the build.
func TestProofP2_EveryFieldOfTheLogIsInTheRegister(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, e := range kept() {
		known[e.Column] = known[e.Column] || e.Kind == register.InLog
	}
	for _, f := range []string{"time", "level", "msg"} { // every line has them
		if !known[f] {
			t.Errorf("%s is not in the register", f)
		}
	}
	used := loggedFields(t, "../..")
	if len(used) < 5 {
		t.Fatalf("only the fields %v seen", used)
	}
	for field, where := range used {
		if !known[field] {
			t.Errorf("%s: the log field %q is not in the register", where, field)
		}
	}
}

// loggedFields are the fields that the code gives to a log, each with a place where it does.
func loggedFields(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"node_modules", "testdata", "tools", "out", "test", "bench"}, d.Name()) || strings.HasSuffix(path, "cmd/check") || strings.HasSuffix(path, "cmd/dev")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(raw), "log/slog") && !strings.Contains(string(raw), ".Log.") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, raw, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				for _, f := range fieldsOf(call) {
					out[f] = set.Position(call.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// fieldsOf are the fields of one call: log.Warn("said", "job", kind) and slog.String("job", kind).
func fieldsOf(call *ast.CallExpr) []string {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if x, ok := sel.X.(*ast.Ident); ok && x.Name == "slog" && slices.Contains([]string{"String", "Int", "Int64", "Bool", "Any", "Duration", "Time", "Group", "Float64", "Uint64"}, sel.Sel.Name) {
		return words(call.Args, 0)
	}
	from, logs := map[string]int{"Debug": 1, "Info": 1, "Warn": 1, "Error": 1, "With": 0, "DebugContext": 2, "InfoContext": 2, "WarnContext": 2, "ErrorContext": 2}[sel.Sel.Name]
	if !logs || !isLog(sel.X) {
		return nil
	}
	var out []string
	for i := from; i < len(call.Args); i += 2 {
		out = append(out, words(call.Args, i)...)
	}
	return out
}

func isLog(x ast.Expr) bool {
	switch v := x.(type) {
	case *ast.Ident:
		return v.Name == "log" || v.Name == "slog"
	case *ast.SelectorExpr:
		return strings.EqualFold(v.Sel.Name, "log")
	}
	return false
}

func words(args []ast.Expr, i int) []string {
	if i >= len(args) {
		return nil
	}
	lit, ok := args[i].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return nil
	}
	return []string{s}
}
