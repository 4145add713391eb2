package sealed

import (
	"strings"
	"testing"
)

func TestOnlyTheSameKeyForTheSameThingOpens(t *testing.T) {
	t.Parallel()
	box := func(key string) *Box {
		b, err := New([]byte(key))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b, other := box("a key of sixteen, or more"), box("another key of some length")
	closed := b.Seal("provider", "p1", "hush")
	if strings.Contains(closed, "hush") || closed == b.Seal("provider", "p1", "hush") {
		t.Error("a seal shows what is in it, or is the same twice")
	}
	if got, err := b.Open("provider", "p1", closed); err != nil || got != "hush" {
		t.Errorf("%q, %v", got, err)
	}
	for name, try := range map[string]func() (string, error){
		"another key":     func() (string, error) { return other.Open("provider", "p1", closed) },
		"another thing":   func() (string, error) { return b.Open("provider", "p2", closed) },
		"another purpose": func() (string, error) { return b.Open("factor", "p1", closed) },
		"shifted parts":   func() (string, error) { return b.Open("providerp", "1", closed) },
		"changed":         func() (string, error) { return b.Open("provider", "p1", "A"+closed[1:len(closed)-1]+"A") },
		"cut off":         func() (string, error) { return b.Open("provider", "p1", closed[:10]) },
		"nothing":         func() (string, error) { return b.Open("provider", "p1", "") },
	} {
		if got, err := try(); err == nil {
			t.Errorf("%s opened %q", name, got)
		}
	}
	mark := b.Mark("code", "x", "ABCD")
	if again := b.Mark("code", "x", "ABCD"); again != mark || b.Mark("code", "y", "ABCD") == mark || other.Mark("code", "x", "ABCD") == mark {
		t.Error("a mark belongs to one key and one thing")
	}
}
