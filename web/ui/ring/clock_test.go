package ring

import (
	"math"
	"strings"
	"testing"
)

func TestClockIsTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	// 10, 20, 15 and 15 minutes; 3:24 of the third part have passed.
	got := ClockOf([]int{10, 20, 15, 15}, 2, 204.0/900)
	want := []string{
		"M4.97 -189.93A190 190 0 0 1 162 -99.27", "M166.98 -90.66A190 190 0 0 1 4.97 189.93",
		"M-4.97 189.93A190 190 0 0 1 -189.93 4.97", "M-189.93 -4.97A190 190 0 0 1 -4.97 -189.93",
	}
	for i, p := range got.Parts {
		if p.D != want[i] {
			t.Errorf("part %d: got %s, want %s", i, p.D, want[i])
		}
	}
	if got.Run != "M-4.97 189.93A190 190 0 0 1 -68.77 177.12" || got.Here.String() != "-68.77 177.12" {
		t.Errorf("run %s, here %s", got.Run, got.Here)
	}
	if got.Parts[1].Number.String() != "195.72 119" || got.Parts[2].Number.String() != "-159.81 165.81" {
		t.Errorf("numbers at %s and %s", got.Parts[1].Number, got.Parts[2].Number)
	}
}

func TestClockInEveryState(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		minutes []int
		current int
		done    float64
		states  string
		run     bool
	}{
		"not begun":                  {[]int{10, 20}, -1, 0, "oo", false},
		"just begun":                 {[]int{10, 20}, 0, 0, "no", false},
		"halfway":                    {[]int{10, 20}, 1, 0.5, "vn", true},
		"over":                       {[]int{10, 20}, 2, 0, "vv", false},
		"longer than planned":        {[]int{10, 20}, 0, 1.7, "no", true},
		"a part without time":        {[]int{10, 0, 20}, 1, 0.5, "vno", true},
		"one part longer than half":  {[]int{50, 10}, 0, 1, "no", true},
		"nothing planned yet":        {nil, 0, 0.5, "", false},
		"nothing but empty parts":    {[]int{0, 0}, 0, 0.5, "", false},
		"minus minutes are no part":  {[]int{10, -5, 20}, 2, 0.5, "vvn", true},
		"one part is the whole ring": {[]int{45}, 0, 0.25, "n", true},
	} {
		got := ClockOf(c.minutes, c.current, c.done)
		states := strings.Builder{}
		for _, p := range got.Parts {
			states.WriteByte("ovn"[p.State])
			if strings.Contains(p.D, "NaN") {
				t.Errorf("%s: %s", name, p.D)
			}
		}
		if states.String() != c.states || (got.Run != "") != c.run {
			t.Errorf("%s: states %q, run %q", name, states.String(), got.Run)
		}
		if r := math.Hypot(got.Here.X, got.Here.Y); math.Abs(r-clockRadius) > 0.01 {
			t.Errorf("%s: the hand lies at radius %v", name, r)
		}
	}
}

func TestNumbersAreShort(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{0: "0", -0.001: "0", 4: "4", 4.5: "4.5", -4.755: "-4.76", 207.249999: "207.25"} {
		if got := Num(v); got != want {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
}
