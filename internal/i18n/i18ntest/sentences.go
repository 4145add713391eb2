// Package i18ntest holds the sentences of a room against its code: what the code refuses
// with is said in every language, and nothing is said that nobody uses.
package i18ntest

import (
	"embed"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/i18n"
	"leerkring/internal/page"
)

// Room is a room with its texts. Name is the first part of its keys.
type Room struct {
	Name  string
	Texts embed.FS
	Also  []string // keys that the code puts together, such as those of the data register
	Not   []string // literals that look like a key and are none, such as kinds of the journal
	Words []string // names of sector words in the texts
}

// Sentences checks the room in the working directory. Keys of the forms of the house count
// as well: a block has no page of its own to say them.
func Sentences(t *testing.T, r Room) {
	t.Helper()
	catalog := i18n.Must(r.Texts, page.Texts)
	if err := i18n.Check(catalog, r.Words...); err != nil {
		t.Error(err)
	}
	used := literals(t, regexp.MustCompile(`"((?:`+r.Name+`|form)\.[a-z_]+)"`))
	used = slices.DeleteFunc(append(used, r.Also...), func(k string) bool { return slices.Contains(r.Not, k) })
	for _, k := range used {
		for _, lang := range []string{"nl", "en"} {
			if !catalog.Texts(lang, nil, nil).Has(k) {
				t.Errorf("%s has no sentence in %s", k, lang)
			}
		}
	}
	raw, err := fs.ReadFile(r.Texts, "text.nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	top, _, _ := strings.Cut(string(raw), "\n\n[") // plural forms stand in tables of their own
	for _, m := range regexp.MustCompile(`(?m)^([a-z_]+) = `).FindAllStringSubmatch(top, -1) {
		if key := r.Name + "." + m[1]; !slices.Contains(used, key) {
			t.Errorf("%s is said by nobody", key)
		}
	}
}

// literals are what a pattern finds in the files of the package, without tests.
func literals(t *testing.T, pattern *regexp.Regexp) []string {
	t.Helper()
	list, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		if n := e.Name(); !strings.HasSuffix(n, ".go") || strings.HasSuffix(n, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pattern.FindAllStringSubmatch(string(raw), -1) {
			out = append(out, m[1])
		}
	}
	return out
}
