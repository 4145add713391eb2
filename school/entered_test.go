package school

import (
	"testing"

	"leerkring/internal/clock"
)

// A week is from Monday to Sunday; who began in it counts together, who began before was there.
func TestWhoBeganInOneWeek(t *testing.T) {
	t.Parallel()
	days := []firstDays{{"2026-03-02", 9}, {"2026-10-04", 2}, {"2026-10-05", 3}, {"2026-10-11", 4}, {"2026-10-12", 50}, {"2026-11-02", 0}}
	for since, want := range map[clock.Date]entered{
		"2026-10-05": {Since: "2026-10-05", First: "2026-03-02", Week: 7, There: 11}, // a Monday
		"2026-10-11": {Since: "2026-10-11", First: "2026-03-02", Week: 7, There: 11}, // the Sunday after it
		"2026-10-04": {Since: "2026-10-04", First: "2026-03-02", Week: 2, There: 9},  // the Sunday before
		"2026-11-02": {Since: "2026-11-02", First: "2026-03-02", Week: 0, There: 68}, // left again
		"2026-03-02": {Since: "2026-03-02", First: "2026-03-02", Week: 9},
	} {
		if got := enteredOn(since, days); got != want {
			t.Errorf("%s: %+v, want %+v", since, got, want)
		}
	}
	for _, c := range []struct {
		e    entered
		want bool
	}{
		{entered{Since: "2026-03-30", First: "2026-03-02", Week: 1, There: 60}, false}, // four weeks
		{entered{Since: "2026-03-31", First: "2026-03-02", Week: 1, There: 60}, true},
		{entered{Since: "2026-10-05", First: "2026-03-02", Week: 5, There: 1}, true},
		{entered{Since: "2026-10-05", First: "2026-03-02", Week: 6, There: 17}, false},
		{entered{Since: "2026-10-05", First: "2026-03-02", Week: 6, There: 18}, true},
	} {
		if c.e.settled() != c.want {
			t.Errorf("%+v: %v", c.e, c.e.settled())
		}
	}
}
