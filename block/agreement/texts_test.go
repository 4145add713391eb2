package agreement_test

import (
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"leerkring/block/agreement"
	"leerkring/internal/i18n"
	"leerkring/internal/page"
)

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	catalog := i18n.Must(agreement.Texts, page.Texts)
	used := map[string]bool{}
	for _, name := range sources(t) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:Invalid\(|ofWork\("[a-z_]+", |Purpose: )"(agreement\.[a-z_]+)"`).FindAllStringSubmatch(string(raw), -1) {
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
	raw, err := agreement.Texts.ReadFile("text.nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	top, _, _ := strings.Cut(string(raw), "\n\n[") // plural forms stand in tables of their own
	for _, m := range regexp.MustCompile(`(?m)^([a-z_]+) = `).FindAllStringSubmatch(top, -1) {
		if !used["agreement."+m[1]] {
			t.Errorf("agreement.%s is said by nobody", m[1])
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
