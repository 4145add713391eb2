package ui

import (
	"strings"
	"testing"
	"time"
)

func TestBarsShareOutTheirLength(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sizes []int
		want  string
	}{
		"nothing":        {nil, ""},
		"only noughts":   {[]int{0, -3}, ""},
		"one":            {[]int{45}, "0+600"},
		"the agreed bar": {[]int{10, 20, 15, 15}, "0+97 100+197 300+147 450+150"},
		"a nought":       {[]int{30, 0, 30}, "0+297 300+300"},
		"a thin one":     {[]int{1, 599}, "0+1 1+599"},
	} {
		var got []string
		for _, p := range pieces(c.sizes, func(int) string { return "" }) {
			got = append(got, p.x+"+"+p.width)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestMinutesStopAtTheirEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		m                 MinutesOf
		less, more        string
		stopLow, stopHigh bool
	}{
		"in the middle":    {MinutesOf{Value: 20}, "15", "25", false, false},
		"nearly at least":  {MinutesOf{Value: 8, Min: 5}, "5", "13", false, false},
		"at least":         {MinutesOf{Value: 5, Min: 5}, "5", "10", true, false},
		"at most":          {MinutesOf{Value: 60, Max: 60}, "55", "60", false, true},
		"step of one":      {MinutesOf{Value: 3, Step: 1}, "2", "4", false, false},
		"never below none": {MinutesOf{Value: 2}, "0", "7", false, false},
	} {
		if c.m.less() != c.less || c.m.more() != c.more || c.m.atMin() != c.stopLow || c.m.atMax() != c.stopHigh {
			t.Errorf("%s: %s, %s, %v, %v", name, c.m.less(), c.m.more(), c.m.atMin(), c.m.atMax())
		}
	}
}

func TestClockFace(t *testing.T) {
	t.Parallel()
	for left, want := range map[time.Duration]string{
		696 * time.Second: "11:36", 5 * time.Second: "0:05", 0: "0:00", -80 * time.Second: "+1:20",
		75 * time.Minute: "75:00", -400 * time.Millisecond: "0:00", 59*time.Second + 600*time.Millisecond: "1:00",
	} {
		if got := (Clock{Left: left}).face(); got != want {
			t.Errorf("%v: got %s, want %s", left, got, want)
		}
	}
}

func TestClockTellsAScriptOnlyWhenItRuns(t *testing.T) {
	t.Parallel()
	rest := Clock{Minutes: []int{10, 20}, Current: 1, Left: time.Minute, Says: "x"}
	lacks(t, render(t, RingClock(rest)), "data-started-at", "data-seconds")
	run := rest
	run.Now = time.Date(2026, 3, 19, 15, 0, 0, 0, time.FixedZone("", 3600))
	run.Started, run.Running = run.Now.Add(-19*time.Minute), "Nog {minutes} minuten."
	has(t, render(t, RingClock(run)), `data-server-now="2026-03-19T14:00:00Z"`, `data-started-at="2026-03-19T13:41:00Z"`, `data-seconds="1200"`, `data-label="Nog {minutes} minuten."`, `class="st run"`, `class="st now"`)
	over := run
	over.Current = 2
	lacks(t, render(t, RingClock(over)), "data-started-at", "class=\"here\"")
}

func TestTimelineLaysEveryBar(t *testing.T) {
	t.Parallel()
	line := Timeline{Months: []Span{{"april", 2}, {"mei", 2}, {"juni", 2}}}
	for name, c := range map[string]struct {
		bars []Bar
		want string // rows of cells: b for a bar, with their spans
	}{
		"none":                    {nil, "111111"},
		"one":                     {[]Bar{{From: 1, Length: 3}}, "1b311"},
		"a moment":                {[]Bar{{From: 2}}, "11b1111"},
		"two after each other":    {[]Bar{{From: 0, Length: 2}, {From: 2, Length: 1}}, "b2b1111"},
		"two at once":             {[]Bar{{From: 0, Length: 3}, {From: 2, Length: 2}}, "b3111/11b211"},
		"beyond the end":          {[]Bar{{From: 4, Length: 9}}, "1111b2"},
		"before the beginning":    {[]Bar{{From: -2, Length: 2}}, "b21111"},
		"wholly outside, by edge": {[]Bar{{From: 99, Length: 2}}, "11111b1"},
		"the free row is reused":  {[]Bar{{From: 0, Length: 2}, {From: 1, Length: 2}, {From: 3, Length: 2}}, "b21b21/1b2111"},
	} {
		var rows []string
		for _, row := range line.lay(Lane{Bars: c.bars}) {
			s := ""
			for _, slot := range row {
				if slot.bar != nil {
					s += "b"
				}
				s += string(rune('0' + slot.span))
			}
			rows = append(rows, s)
		}
		if got := strings.Join(rows, "/"); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
