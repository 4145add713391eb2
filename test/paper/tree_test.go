package paper

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var headingLine = regexp.MustCompile(`(?m)^\s*H([1-6])\b`)

// tree looks at what a screen reader finds in a PDF of ours.
func tree(t *testing.T, file, lang string) string {
	t.Helper()
	name := filepath.Base(file)
	said := run(t, "pdfinfo", "-struct-text", file)
	last := 0
	for _, m := range headingLine.FindAllStringSubmatch(said, -1) {
		level := int(m[1][0] - '0')
		if level > last+1 || last > 0 && level == 1 {
			t.Errorf("%s: a heading of level %d after one of %d", name, level, last)
		}
		last = level
	}
	if last == 0 {
		t.Errorf("%s has no headings", name)
	}
	// Each TH says for what it is the head; each table has a head.
	heads, scopes := strings.Count(said, "TH:")+strings.Count(said, "TH\n"), strings.Count(said, "/Scope /")
	if heads != scopes {
		t.Errorf("%s: %d heads of tables, %d with a scope", name, heads, scopes)
	}
	if tables := strings.Count(said, "Table (block)"); strings.Count(said, "THead") != tables {
		t.Errorf("%s: %d tables, %d with a head", name, tables, strings.Count(said, "THead"))
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Lang (" + lang + ")", "/MarkInfo << /Marked true >>", "/DisplayDocTitle true", "<pdfuaid:part>1</pdfuaid:part>", "/Outlines ", "/Tabs /S", "/StructParents 0"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s lacks %s", name, want)
		}
	}
	if !strings.Contains(run(t, "pdfinfo", file), "Tagged:          yes") {
		t.Errorf("%s is not tagged", name)
	}
	return said
}
