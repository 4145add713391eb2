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

// FuzzSource gives FromSource what somebody may send in as a file: it comes back, each
// problem is complete, and a pack that loads can be copied and written down anew.
func FuzzSource(f *testing.F) {
	good := string(mustLoad(f, goodPack(f)).Source())
	f.Add(good)
	for _, e := range edits {
		f.Add(strings.Replace(good, e.old, e.new, 1))
	}
	for _, odd := range []string{"", "--- # ", "--- # pack.yaml", "--- # pack.yaml\n", "--- # ../pack.yaml\nid: a", "--- # /etc/passwd\n", "--- # pack.yaml\n--- # pack.yaml\n", "PK\x03\x04", "\ufeff--- # pack.yaml\n", "--- # PACK.yaml\nid: a", "--- # pack.yaml\r\nid: a\r\n", "--- # a\x00.yaml\n"} {
		f.Add(odd)
		f.Add(good + odd)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, problems := FromSource([]byte(source))
		if p == nil && len(problems) == 0 {
			t.Fatal("refused without a reason")
		}
		for _, problem := range problems {
			if problem.Sentence == "" || problem.In("nl") == "" || strings.Contains(problem.String(), "\n") {
				t.Fatalf("incomplete: %+v", problem)
			}
		}
		if p == nil {
			return
		}
		if len(Faults(Check(p))) > 0 {
			return
		}
		own, problems := p.Own("own-pack", "1.0.0")
		if faults := Faults(problems); len(faults) > 0 {
			t.Fatalf("a good pack gives a bad copy: %s", faults[0])
		}
		if diff := Differences(p, own); len(diff) > 0 {
			t.Fatalf("the copy differs: %+v", diff)
		}
	})
}
