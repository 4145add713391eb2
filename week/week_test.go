package week

import (
	"fmt"
	"testing"

	"leerkring/internal/clock"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	const today = clock.Date("2026-03-17")
	ask := func(item string, due clock.Date, kind Kind) Ask { return Ask{Item: item, DueOn: due, Kind: kind} }
	many := []Ask{}
	for i := range 8 {
		many = append(many, ask(fmt.Sprint("round/", i), "", Answer))
	}
	own := Ask{Item: "task/1", Kind: Task, Own: true}
	closing := Ask{Item: "decision/1", Kind: Decide, DueOn: "2026-03-20", Closing: true}
	laterDecision := Ask{Item: "decision/2", Kind: Decide, DueOn: "2026-04-02", Closing: true}
	for _, c := range []struct {
		name    string
		asks    []Ask
		later   map[string]bool
		quiet   bool
		want    []string
		waiting int
	}{
		{"nothing asked", nil, nil, false, nil, 0},
		{"five and no more", many, nil, false, []string{"round/0", "round/1", "round/2", "round/3", "round/4"}, 3},
		{"what I took on comes on top of five", append([]Ask{own}, many...), nil, false, []string{"round/0", "round/1", "round/2", "round/3", "round/4", "task/1"}, 3},
		{"not now is not asked and not waiting", many[:2], map[string]bool{"round/0": true}, false, []string{"round/1"}, 0},
		{"the nearest date first", []Ask{ask("b", "2026-03-20", Answer), ask("a", "2026-03-18", Task), ask("c", "", Decide)}, nil, false, []string{"a", "b", "c"}, 0},
		{"on the same day a decision first", []Ask{ask("b", "2026-03-20", Answer), ask("a", "2026-03-20", Decide)}, nil, false, []string{"a", "b"}, 0},
		{"a quiet week asks only what is mine or closes", []Ask{own, closing, laterDecision, many[0]}, nil, true, []string{"decision/1", "task/1"}, 2},
		{"a decision that closes is never crowded out", append(append([]Ask{}, dated(many)...), closing), nil, false, []string{"round/0", "round/1", "round/2", "round/3", "round/4", "decision/1"}, 3},
	} {
		got, waiting := Choose(c.asks, c.later, c.quiet, today)
		items := []string{}
		for _, a := range got {
			items = append(items, a.Item)
		}
		if fmt.Sprint(items) != fmt.Sprint(append([]string{}, c.want...)) || waiting != c.waiting {
			t.Errorf("%s: %v and %d waiting, want %v and %d", c.name, items, waiting, c.want, c.waiting)
		}
	}
}

func dated(asks []Ask) []Ask {
	out := []Ask{}
	for _, a := range asks {
		a.DueOn = "2026-03-18"
		out = append(out, a)
	}
	return out
}
