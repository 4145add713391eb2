package condition_test

import (
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"leerkring/access/register"
	"leerkring/block/condition"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	catalog := i18n.Must(condition.Texts, page.Texts, os.DirFS("../../web/room"))
	if err := i18n.Check(catalog); err != nil {
		t.Error(err)
	}
	used := map[string]bool{}
	for _, name := range sources(t) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:condition|form)\.[a-z_]+)"`).FindAllStringSubmatch(string(raw), -1) {
			used[m[1]] = true
		}
	}
	delete(used, "condition.waived") // an event, no sentence
	delete(used, "condition.data_")
	for _, e := range condition.Data { // its keys are put together from the name of a table
		used[e.Purpose] = true
	}
	for k := range used {
		for _, lang := range []string{"nl", "en"} {
			if !catalog.Texts(lang, nil, nil).Has(k) {
				t.Errorf("%s has no sentence in %s", k, lang)
			}
		}
	}
	raw, err := condition.Texts.ReadFile("text.nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^([a-z_]+) = `).FindAllStringSubmatch(string(raw), -1) {
		if !used["condition."+m[1]] {
			t.Errorf("condition.%s is said by nobody", m[1])
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
	for _, problem := range register.Check(condition.Data) {
		t.Error(problem)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		columns := must(db.All(t.Context(), d, `/*sqlite: select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name like 'condition%' */
			/*postgres: select table_name, column_name from information_schema.columns where table_name like 'condition%' and table_schema = current_schema() */`,
			func(c *register.Column) []any { return []any{&c.Table, &c.Column} }))(t)
		if missing, stale := register.Missing(columns, condition.Data), register.Stale(columns, condition.Data); len(columns) < 20 || len(missing)+len(stale) > 0 {
			t.Errorf("missing %v, stale %v", missing, stale)
		}
	})
}
