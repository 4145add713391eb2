package evidence_test

import (
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"leerkring/access/register"
	"leerkring/block/evidence"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	catalog := i18n.Must(evidence.Texts, page.Texts, os.DirFS("../../web/room"))
	if err := i18n.Check(catalog, "leerlingen"); err != nil {
		t.Error(err)
	}
	used := map[string]bool{}
	for _, name := range sources(t) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:evidence|form)\.[a-z_]+)"`).FindAllStringSubmatch(string(raw), -1) {
			used[m[1]] = true
		}
	}
	for k := range used {
		for _, lang := range []string{"nl", "en"} {
			if !catalog.Texts(lang, nil, nil).Has(k) {
				t.Errorf("%s has no sentence in %s", k, lang)
			}
		}
	}
	raw, err := evidence.Texts.ReadFile("text.nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^([a-z_]+) = `).FindAllStringSubmatch(string(raw), -1) {
		if !used["evidence."+m[1]] {
			t.Errorf("evidence.%s is said by nobody", m[1])
		}
	}
}

// sources are the files of the package, without tests.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	list, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if n := e.Name(); strings.HasSuffix(n, ".go") && !strings.HasSuffix(n, "_test.go") {
			out = append(out, n)
		}
	}
	return out
}

// The room knows no other block.
func TestNoOtherBlockIsImported(t *testing.T) {
	t.Parallel()
	for _, name := range sources(t) {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if strings.Contains(i.Path.Value, "leerkring/block/") {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
	}
}

// What the room keeps is registered, column by column.
func TestEveryColumnIsRegistered(t *testing.T) {
	t.Parallel()
	for _, problem := range register.Check(evidence.Data) {
		t.Error(problem)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		names := must(db.All(t.Context(), d, `/*sqlite: select name from pragma_table_info('evidence_item') */
			/*postgres: select column_name from information_schema.columns where table_name = 'evidence_item' and table_schema = current_schema() */`, db.Str))(t)
		var columns []register.Column
		for _, n := range names {
			columns = append(columns, register.Column{Table: "evidence_item", Column: n})
		}
		if missing, stale := register.Missing(columns, evidence.Data), register.Stale(columns, evidence.Data); len(columns) == 0 || len(missing)+len(stale) > 0 {
			t.Errorf("missing %v, stale %v", missing, stale)
		}
	})
}
