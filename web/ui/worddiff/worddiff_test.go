package worddiff

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// show writes own pieces between brackets.
func show(pieces []Piece) string {
	var s strings.Builder
	for _, p := range pieces {
		if p.Own {
			s.WriteString("[" + p.Text + "]")
		} else {
			s.WriteString(p.Text)
		}
	}
	return s.String()
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ left, right, wantLeft, wantRight string }{
		"the same":                     {"wij doen dit", "wij doen dit", "wij doen dit", "wij doen dit"},
		"both empty":                   {"", "", "", ""},
		"one empty":                    {"", "iets", "", "[iets]"},
		"one word changed":             {"elke les één stap", "elke week één stap", "elke [les] één stap", "elke [week] één stap"},
		"a word added":                 {"wij kijken terug", "wij kijken samen terug", "wij kijken terug", "wij kijken [samen] terug"},
		"a run of changes is one mark": {"we doen het nu zo", "we zien morgen wel zo", "we [doen het nu] zo", "we [zien morgen wel] zo"},
		"only the full stop":           {"Klaar", "Klaar.", "Klaar", "Klaar[.]"},
		"a paragraph added":            {"een\n\ndrie", "een\n\ntwee\n\ndrie", "een\n\ndrie", "een\n\n[twee]\n\ndrie"},
		"words with signs stay whole":  {"PLG's en auto’s", "PLG's en foto’s", "PLG's en [auto’s]", "PLG's en [foto’s]"},
		"nothing in common":            {"appel", "peer", "[appel]", "[peer]"},
	} {
		l, r := Compare(c.left, c.right)
		if got := show(l); got != c.wantLeft {
			t.Errorf("%s, left: got %q, want %q", name, got, c.wantLeft)
		}
		if got := show(r); got != c.wantRight {
			t.Errorf("%s, right: got %q, want %q", name, got, c.wantRight)
		}
	}
}

func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"de", "les", " ", "\n", ".", "één", "  ", "’t"})
		left := strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "left"), "")
		right := strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "right"), "")
		l, r := Compare(left, right)
		if text(l) != left || text(r) != right {
			t.Fatalf("%q and %q became %q and %q", left, right, text(l), text(r))
		}
		if same(l) != same(r) {
			t.Fatalf("what both have differs: %q and %q", same(l), same(r))
		}
	})
}

func TestLongTextsAreComparedCoarser(t *testing.T) {
	t.Parallel()
	left, right := strings.Repeat("a b ", 3000)+"z", strings.Repeat("c d ", 3000)+"z"
	l, r := Compare(left, right)
	if len(l) != 2 || len(r) != 2 || !l[0].Own || l[1].Own {
		t.Errorf("got %d and %d pieces", len(l), len(r))
	}
}

func text(pieces []Piece) string {
	var s strings.Builder
	for _, p := range pieces {
		s.WriteString(p.Text)
	}
	return s.String()
}

// same is what a side shares with the other, without the blanks that a mark may
// have taken in.
func same(pieces []Piece) string {
	var s strings.Builder
	for _, p := range pieces {
		if !p.Own {
			s.WriteString(strings.Join(strings.Fields(p.Text), ""))
		}
	}
	return s.String()
}
