package method

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// example is a fenced block of the handbook with the name of its file.
var example = regexp.MustCompile("(?s)```(?:yaml|json) (\\S+)\n(.*?)```")

func handbook(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../docs/methods.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTheExampleInTheHandbookWorks loads every example as it stands there.
func TestTheExampleInTheHandbookWorks(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	for _, m := range example.FindAllStringSubmatch(handbook(t), -1) {
		name := m[1]
		if !strings.Contains(name, "/") && name != "sectors.yaml" {
			name = "methods/short-round/" + name
		}
		fsys[name] = &fstest.MapFile{Data: []byte(m[2])}
	}
	if len(fsys) != 4 {
		t.Fatalf("found %d examples", len(fsys))
	}
	lib, problems := Open(fsys)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, ok := lib.Latest("short-round"); !ok || len(lib.Cards()) != 1 {
		t.Error("the pack or the card is not in the library")
	}
	if got := lib.Words("mbo", "nl", nil).RenderLine("een {leerling} en een {les}"); got != "een student en een les" {
		t.Error(got)
	}
}

// TestTheHandbookNamesEveryWordOfTheFormat keeps it exact.
func TestTheHandbookNamesEveryWordOfTheFormat(t *testing.T) {
	t.Parallel()
	text := handbook(t)
	for _, f := range Facts {
		if row := fmt.Sprintf("| `%s` | %s | %s |\n", f.ID, f.Reads, f.Means); !strings.Contains(text, row) {
			t.Errorf("the table of facts misses %s", row)
		}
	}
	for _, list := range []closed{Kind(""), Shape(""), Weight(""), Block(""), Form(""), Names(""), SmallGroup(""), Strength(""), Sector("")} {
		for _, word := range list.values() {
			if !strings.Contains(text, "`"+word) && !strings.Contains(text, word+"`") {
				t.Errorf("%T %q is not in the handbook", list, word)
			}
		}
	}
	for _, token := range Tokens {
		if !strings.Contains(text, "{"+string(token)+"}") {
			t.Errorf("{%s} is not in the handbook", token)
		}
	}
	for _, fill := range Fills {
		if !strings.Contains(text, "["+fill+"]") {
			t.Errorf("[%s] is not in the handbook", fill)
		}
	}
}
