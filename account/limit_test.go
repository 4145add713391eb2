package account

import (
	"testing"
	"time"
)

func TestTheWaitGrows(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	l := limit{"k", 5, 16 * time.Minute}
	at := func(minute, n int) failures {
		return failures{"k", noon.Add(time.Duration(minute) * time.Minute), n}
	}
	for _, c := range []struct {
		name string
		past []failures
		now  time.Duration
		wait time.Duration
	}{
		{"nothing went wrong", nil, 0, 0},
		{"four mistakes are free", []failures{at(0, 4)}, 30 * time.Second, 0},
		{"five in a minute wait for the minute to end", []failures{at(0, 5)}, 20 * time.Second, 40 * time.Second},
		{"then it is free again", []failures{at(0, 5)}, time.Minute, 0},
		{"a second full minute waits for two", []failures{at(0, 5), at(1, 5)}, 90 * time.Second, 90 * time.Second},
		{"a fourth waits for eight", []failures{at(0, 5), at(1, 5), at(3, 5), at(7, 5)}, 7 * time.Minute, 8 * time.Minute},
		{"the wait has an end", []failures{at(0, 5), at(1, 5), at(3, 5), at(7, 5), at(15, 5), at(31, 5)}, 31 * time.Minute, 16 * time.Minute},
		{"after an hour it is forgotten", []failures{at(-60, 5), at(-61, 5), at(0, 5)}, 0, time.Minute},
		{"mistakes with something else do not count", []failures{{"other", noon, 100}}, 0, 0},
	} {
		if got := l.rest(c.past, noon.Add(c.now)); got != c.wait {
			t.Errorf("%s: wait %v, want %v", c.name, got, c.wait)
		}
	}
}
