package ring

import (
	"math"
	"strings"
	"testing"
)

func steps(route string) []Step {
	var out []Step
	for _, f := range strings.Fields(route) {
		out = append(out, Step{int(f[0] - '1'), f[1:]})
	}
	return out
}

func TestLineIsTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	got := Line(5, steps("1 2 3 2a 3 4 3b 4"))
	want := []Strand{
		{"M20.18 -143.59A145 145 0 1 1 -54.32 134.44", false},
		{"M-54.32 134.44A5.25 5.25 0 0 1 -50.38 124.71", false},
		{"M-50.38 124.71A134.5 134.5 0 0 0 133.19 18.72", true},
		{"M133.19 18.72A5.25 5.25 0 0 0 122.79 17.26", false},
		{"M122.79 17.26A124 124 0 0 1 -113.28 50.44", false},
		{"M-113.28 50.44A5.25 5.25 0 0 1 -103.69 46.16", false},
		{"M-103.69 46.16A113.5 113.5 0 0 0 7.92 113.22", true},
		{"M7.92 113.22A5.25 5.25 0 0 0 7.18 102.75", false},
		{"M7.18 102.75A103 103 0 0 1 -102.75 7.18", false},
	}
	if len(got.Strands) != len(want) {
		t.Fatalf("got %d strands, want %d: %v", len(got.Strands), len(want), got.Strands)
	}
	for i := range want {
		if got.Strands[i] != want[i] {
			t.Errorf("strand %d\n got %v\nwant %v", i, got.Strands[i], want[i])
		}
	}
	places := []string{got.Start.String(), got.End.String(), got.Loops[0].At.String(), got.Loops[1].At.String(), got.Loops[0].Letter + got.Loops[1].Letter}
	for i, w := range []string{"20.18 -143.59", "-102.75 7.18", "-55.2 128.39", "-109.69 45.48", "ab"} {
		if places[i] != w {
			t.Errorf("place %d: got %s, want %s", i, places[i], w)
		}
	}
}

func TestLineOfOneLoopIsTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	got := Line(5, steps("1 2 1a 2 3"))
	want := []string{
		"M20.18 -143.59A145 145 0 0 1 111.08 93.2", "M111.08 93.2A5.25 5.25 0 0 1 103.03 86.45",
		"M103.03 86.45A134.5 134.5 0 0 0 90 -99.95", "M90 -99.95A5.25 5.25 0 0 0 82.97 -92.15",
		"M82.97 -92.15A124 124 0 0 1 -4.33 123.92",
	}
	for i := range want {
		if got.Strands[i].D != want[i] {
			t.Errorf("strand %d: got %s, want %s", i, got.Strands[i].D, want[i])
		}
	}
	if got.Loops[0].At.String() != "105.05 92.17" {
		t.Errorf("loop: got %s", got.Loops[0].At)
	}
}

func TestLineTellsTheRoute(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		route   string
		strands int
		loops   string
	}{
		"nothing walked yet":                 {"", 0, ""},
		"the first stage only":               {"1", 1, ""},
		"begun in a later stage":             {"3 4", 1, ""},
		"straight on, stages in between":     {"1 2 3 4 5", 1, ""},
		"a stage skipped":                    {"1 4", 1, ""},
		"the same stage twice is no move":    {"1 2 2 3", 1, ""},
		"gone back and still there":          {"1 2 3 2a", 3, "a"},
		"back from where it began":           {"3 2a", 3, "a"},
		"two steps back in a row, one loop":  {"1 2 3 2a 1b 2", 5, "ab"},
		"three loops":                        {"1 2 1a 2 3 2b 3 4 3c 4", 13, "a b c"},
		"the oldest of four loops is folded": {"1 2 1a 2 3 2b 3 4 3c 4 5 4d 5", 13, "b c d"},
		"five loops between the same two":    {"1 2 1a 2 1b 2 1c 2 1d 2 1e 2", 13, "c d e"},
	} {
		got := Line(5, steps(c.route))
		letters := make([]string, 0, 3)
		for _, l := range got.Loops {
			letters = append(letters, l.Letter)
		}
		if len(got.Strands) != c.strands || strings.Join(letters, " ") != c.loops {
			t.Errorf("%s: %d strands and loops %q, want %d and %q", name, len(got.Strands), letters, c.strands, c.loops)
		}
	}
}

func TestStipAndRingsKeepTheirDistance(t *testing.T) {
	t.Parallel()
	routes := []string{"1 2 3 2a 3", "1 2 1a 2", "1 3 2a 3 2b 3 2c 3", "1 2 3 2a", "1 2 1a 2 3 2b 3 1c 3", "2 3 1a 3 2b 3"}
	for n := Fewest; n <= Most; n++ {
		for _, route := range routes {
			got := Line(n, steps(route))
			for i, l := range got.Loops {
				if d := distance(l.At, got.End); d < 9+10+3 {
					t.Errorf("%d sectors, %q: loop %s lies %.1f from the stip", n, route, l.Letter, d)
				}
				for _, other := range got.Loops[i+1:] {
					if d := distance(l.At, other.At); d < 20 {
						t.Errorf("%d sectors, %q: loops %s and %s lie %.1f apart", n, route, l.Letter, other.Letter, d)
					}
				}
			}
			if got.Room < 60 {
				t.Errorf("%d sectors, %q: room %v", n, route, got.Room)
			}
		}
	}
}

func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }
