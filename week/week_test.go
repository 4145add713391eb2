package week

import (
	"fmt"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/school"
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
	private := Ask{Item: "cards", Kind: Own, Private: true}
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
		{"what is somebody's own takes no place of the five", append([]Ask{private}, many...), nil, false, []string{"round/0", "round/1", "round/2", "round/3", "round/4", "cards"}, 3},
		{"what is somebody's own waits in a quiet week", []Ask{private}, nil, true, nil, 1},
		{"what is somebody's own can wait", []Ask{private}, map[string]bool{"cards": true}, false, nil, 0},
		{"not now is not asked and not waiting", many[:2], map[string]bool{"round/0": true}, false, []string{"round/1"}, 0},
		{"the nearest date first", []Ask{ask("b", "2026-03-20", Answer), ask("a", "2026-03-18", Task), ask("c", "", Decide)}, nil, false, []string{"a", "b", "c"}, 0},
		{"on the same day a decision first", []Ask{ask("b", "2026-03-20", Answer), ask("a", "2026-03-20", Decide)}, nil, false, []string{"a", "b"}, 0},
		{"a quiet week asks only what is mine or closes", []Ask{own, closing, laterDecision, many[0]}, nil, true, []string{"decision/1", "task/1"}, 2},
		{"a decision that closes is never crowded out", append(append([]Ask{}, dated(many)...), closing), nil, false, []string{"round/0", "round/1", "round/2", "round/3", "round/4", "decision/1"}, 3},
		{"who works Monday and Tuesday is asked before Thursday", []Ask{ask("b", "2026-03-19", Answer), {Item: "a", DueOn: "2026-03-20", LastOn: "2026-03-17", Kind: Answer}}, nil, false, []string{"a", "b"}, 0},
		{"a decision after the weekend closes this week for who is not there on Monday", []Ask{{Item: "decision/3", Kind: Decide, DueOn: "2026-03-23", LastOn: "2026-03-18", Closing: true}}, nil, true, []string{"decision/3"}, 0},
		{"and waits for who is", []Ask{{Item: "decision/3", Kind: Decide, DueOn: "2026-03-23", Closing: true}}, nil, true, nil, 1},
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

func TestTheLastWorkingDayIsToldWhereItIsAnother(t *testing.T) {
	t.Parallel()
	cal := school.Calendar{Periods: []school.Period{{Kind: school.Holiday, Name: "Voorjaar", From: "2026-03-23", To: "2026-03-27"}}}
	for name, c := range map[string]struct {
		days      []int
		due, want clock.Date
	}{
		"works that day":                    {[]int{5}, "2026-03-20", ""},
		"Monday and Tuesday":                {[]int{1, 2}, "2026-03-20", "2026-03-17"},
		"all week, due on a Sunday":         {nil, "2026-03-22", ""},
		"all week, due in a holiday":        {nil, "2026-03-25", ""},
		"Tuesdays, due in a holiday":        {[]int{2}, "2026-03-25", "2026-03-17"},
		"Mondays, and it is Tuesday":        {[]int{1}, "2026-03-20", ""},
		"Mondays, due on the Sunday coming": {[]int{1}, "2026-03-22", ""},
		"without a date":                    {[]int{1}, "", ""},
	} {
		asks := []Ask{{DueOn: c.due}}
		lastDays(asks, cal, school.Person{WorkingDays: c.days}, "2026-03-17")
		if asks[0].LastOn != c.want {
			t.Errorf("%s: %q, want %q", name, asks[0].LastOn, c.want)
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

func TestTheWeekendLooksForward(t *testing.T) {
	t.Parallel()
	for day, monday := range map[clock.Date]clock.Date{
		"2026-03-16": "2026-03-16", "2026-03-20": "2026-03-16", "2026-03-21": "2026-03-23", "2026-03-22": "2026-03-23", "2026-03-23": "2026-03-23",
	} {
		if got := shown(day); got != monday {
			t.Errorf("on %s the week of %s is shown, want %s", day, got, monday)
		}
	}
}

func TestWhatComesNext(t *testing.T) {
	t.Parallel()
	at := func(h, m int) time.Time { return time.Date(2026, 3, 19, h, m, 0, 0, time.UTC) }
	list := []Happening{{Title: "terugkijken", On: "2026-03-19"}, {Title: "over", At: at(9, 0), Meets: true}, {Title: "net begonnen", At: at(14, 10), Meets: true}, {Title: "morgen", At: at(38, 0), Meets: true}}
	for now, want := range map[time.Time]string{at(9, 10): "over", at(9, 30): "net begonnen", at(14, 35): "net begonnen", at(14, 40): "morgen"} {
		if got := next(list, now); got == nil || got.Title != want {
			t.Errorf("at %s: %v, want %s", now, got, want)
		}
	}
	if got := next(list, at(50, 0)); got != nil {
		t.Errorf("nothing more: %v", got)
	}
	if got := next(list[:1], at(8, 0)); got != nil {
		t.Errorf("a day to look back is no meeting: %v", got)
	}
}
