package houserules

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile("../../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var required = regexp.MustCompile(`(?m)^\t([a-z0-9./_-]+\.[a-z]+/[^ ]+) (v[^ \n]+)(.*)$`)

// TestEveryDependencyIsChosen: each direct requirement has its line with its version and
// its reason.
func TestEveryDependencyIsChosen(t *testing.T) {
	t.Parallel()
	rows := read(t, "docs/dependencies.md")
	n := 0
	for _, m := range required.FindAllStringSubmatch(read(t, "go.mod"), -1) {
		if strings.Contains(m[3], "indirect") {
			continue
		}
		n++
		if !regexp.MustCompile(regexp.QuoteMeta("`"+m[1]+"`") + `[^\n]*` + regexp.QuoteMeta(m[2])).MatchString(rows) {
			t.Errorf("docs/dependencies.md has no row for %s %s", m[1], m[2])
		}
	}
	if n < 10 {
		t.Fatalf("only %d direct requirements found", n)
	}
}

// TestTheRuntimeOfSQLite: the database runs on exactly the C runtime that it asks for.
func TestTheRuntimeOfSQLite(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	libc := regexp.MustCompile(`modernc\.org/libc (v\S+)`)
	want, have := libc.FindStringSubmatch(string(raw)), libc.FindStringSubmatch(read(t, "go.mod"))
	if want == nil || have == nil || want[1] != have[1] {
		t.Errorf("sqlite asks for libc %v, go.mod has %v", want, have)
	}
}
