package method

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestCopiedRunsAreFound(t *testing.T) {
	t.Parallel()
	seeds := fstest.MapFS{
		"a.txt": {Data: []byte("One two three four five six seven eight nine ten. Éen twee drie vier vijf zes zeven acht.")},
		"b.txt": {Data: []byte("A word that is cut in two at the end of a lon-\n  ger line.")},
		"c.md":  {Data: []byte("this file is no seed and so nobody can copy it")},
	}
	tree := fstest.MapFS{
		"exact.md":            {Data: []byte("x ONE, two; three four\nfive six – seven eight y")},
		"longer.yaml":         {Data: []byte("one two three four five six seven eight nine ten eleven")},
		"accents.go":          {Data: []byte("// éen twee drie vier vijf zes zeven acht")},
		"hyphen.txt":          {Data: []byte("two at the end of a longer line")},
		"twice.toml":          {Data: []byte("one two three four five six seven eight. And: three four five six seven eight nine ten")},
		"seven.md":            {Data: []byte("one two three four five six seven")},
		"between.md":          {Data: []byte("one two three four own five six seven eight")},
		"address.md":          {Data: []byte("one two three four https://example.org/five five six seven eight")},
		"noseed.md":           {Data: []byte("this file is no seed and so nobody can copy it")},
		"picture.png":         {Data: []byte("one two three four five six seven eight")},
		".git/message.txt":    {Data: []byte("one two three four five six seven eight")},
		"node_modules/x/y.md": {Data: []byte("one two three four five six seven eight")},
	}
	copied, err := CopyCheck(seeds, tree)
	if err != nil {
		t.Fatal(err)
	}
	want := []Copied{
		{"accents.go", "éen twee drie vier vijf zes zeven acht", "a.txt"},
		{"address.md", "one two three four five six seven eight", "a.txt"},
		{"exact.md", "one two three four five six seven eight", "a.txt"},
		{"hyphen.txt", "two at the end of a longer line", "b.txt"},
		{"longer.yaml", "one two three four five six seven eight nine ten", "a.txt"},
		{"twice.toml", "one two three four five six seven eight", "a.txt"},
		{"twice.toml", "three four five six seven eight nine ten", "a.txt"},
	}
	if diff := cmp.Diff(want, copied); diff != "" {
		t.Error(diff)
	}
	if len(copied) > 0 && !strings.Contains(copied[0].String(), "accents.go: éen twee") {
		t.Error(copied[0].String())
	}
}

func TestCopyCheckNeedsItsTexts(t *testing.T) {
	t.Parallel()
	for _, seeds := range []fs.FS{fstest.MapFS{}, emptyFS{}} {
		if _, err := CopyCheck(seeds, fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("error is %v", err)
		}
	}
}

// TestNothingIsCopied holds the whole source against the texts that the
// inventory was made from. They are not part of the source: LEERKRING_SHARED
// names the folder that has them under seeds/.
func TestNothingIsCopied(t *testing.T) {
	t.Parallel()
	shared, given := os.LookupEnv("LEERKRING_SHARED")
	if !given || shared == "" {
		shared, given = "../../shared", false
	}
	if _, err := os.Stat(shared + "/seeds"); err != nil {
		const line = "copy check: no folder seeds in %s; set LEERKRING_SHARED to compare with the originals"
		if given || os.Getenv("CI") == "true" {
			t.Fatalf(line, shared)
		}
		t.Logf(line, shared)
		return
	}
	copied, err := CopyCheck(os.DirFS(shared+"/seeds"), os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range copied {
		t.Error(c)
	}
}
