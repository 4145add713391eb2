package method

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzPack holds Load, Check and FromSource to their promises on any bytes:
// they come back, each problem is complete, and what loads reads back the same.
func FuzzPack(f *testing.F) {
	good := goodPack(f)
	pack, look, try := good[packYAML].Data, good[lookYAML].Data, good[tryYAML].Data
	f.Add(pack, look)
	for _, e := range edits {
		changed := []byte(strings.Replace(string(good[e.file].Data), e.old, e.new, 1))
		switch e.file {
		case packYAML:
			f.Add(changed, look)
		case lookYAML:
			f.Add(pack, changed)
		}
	}
	for _, odd := range []string{"", "[", "{", "- - - -", "? a", "a: |\n", "a: >-\n x", "'", "\"\\x", "a: b: c", "&a *a", "--- #", "%YAML", "\t", "a:\n\t- b", "[[],{}]", "\xff", "null", "? [a]: b", "{a, b}", "- : -"} {
		f.Add([]byte(odd), look)
		f.Add(pack, []byte(odd))
	}
	f.Fuzz(func(t *testing.T, pack, look []byte) {
		p, problems := Load(fstest.MapFS{
			packYAML: {Data: pack}, lookYAML: {Data: look}, tryYAML: {Data: try},
		}, ".")
		if p == nil && len(problems) == 0 {
			t.Fatal("refused without a reason")
		}
		if p != nil {
			problems = Check(p)
			p.Elements()
			back, bad := FromSource(p.Source())
			if back == nil || !bytes.Equal(back.Source(), p.Source()) {
				t.Fatalf("does not read back: %v", bad)
			}
		}
		for _, problem := range problems {
			if problem.File == "" || problem.Sentence == "" || problem.In("nl") == "" || strings.Contains(problem.String(), "\n") {
				t.Fatalf("incomplete: %+v", problem)
			}
		}
	})
}
