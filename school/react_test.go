package school_test

import (
	"testing"

	"leerkring/internal/clock"
	"leerkring/school"
)

func part(days ...int) school.Person { return school.Person{WorkingDays: days} }

// Monday 16 March 2026; spring break in the week of the 23rd.
var break2026 = school.Calendar{Periods: []school.Period{{Kind: school.Holiday, Name: "Voorjaar", From: "2026-03-23", To: "2026-03-27"}}}

func TestEverybodyHasTwoDaysOfTheirOwn(t *testing.T) {
	t.Parallel()
	away := part(1, 2, 3, 4, 5)
	away.AwayUntil = "2026-03-19"
	long := part(1, 2, 3, 4, 5)
	long.AwayUntil = "2026-09-01"
	for name, c := range map[string]struct {
		people      []school.Person
		today, from clock.Date
		want        clock.Date
	}{
		"nobody to wait for":                  {nil, "2026-03-16", "2026-03-18", "2026-03-18"},
		"all week":                            {[]school.Person{{}}, "2026-03-16", "2026-03-16", "2026-03-18"},
		"a later day stays":                   {[]school.Person{{}}, "2026-03-16", "2026-03-20", "2026-03-20"},
		"Thursday and Friday":                 {[]school.Person{{}, part(4, 5)}, "2026-03-16", "2026-03-16", "2026-03-20"},
		"asked on a Thursday, over the break": {[]school.Person{part(4, 5)}, "2026-03-19", "2026-03-19", "2026-04-02"},
		"Mondays only, over the break":        {[]school.Person{part(1)}, "2026-03-16", "2026-03-16", "2026-04-06"},
		"away until Thursday":                 {[]school.Person{away}, "2026-03-16", "2026-03-16", "2026-03-20"},
		"away for months is not waited for":   {[]school.Person{long, {}}, "2026-03-16", "2026-03-16", "2026-03-18"},
		"never a day without school":          {nil, "2026-03-16", "2026-03-21", "2026-03-30"},
	} {
		if got := break2026.ReactBy(c.people, c.today, c.from); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTheLastDayOfOnesOwn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p          school.Person
		today, due clock.Date
		want       clock.Date
	}{
		"works that day":           {part(1, 2, 3, 4, 5), "2026-03-16", "2026-03-20", "2026-03-20"},
		"Monday and Tuesday":       {part(1, 2), "2026-03-16", "2026-03-20", "2026-03-17"},
		"due after the break":      {part(4, 5), "2026-03-16", "2026-03-31", "2026-03-20"},
		"today is the last one":    {part(1), "2026-03-16", "2026-03-20", "2026-03-16"},
		"no day any more":          {part(1), "2026-03-17", "2026-03-20", "2026-03-20"},
		"what is over stays":       {part(1), "2026-03-17", "2026-03-10", "2026-03-10"},
		"a due day in the weekend": {school.Person{}, "2026-03-16", "2026-03-21", "2026-03-20"},
	} {
		if got := break2026.LastDay(c.p, c.today, c.due); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestSomebodyIsAskedOnADayOfTheirOwn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p        school.Person
		from, to clock.Date
		want     bool
	}{
		"the day itself":       {part(1), "2026-03-16", "2026-03-16", true},
		"between":              {part(3), "2026-03-16", "2026-03-18", true},
		"not in these days":    {part(4, 5), "2026-03-16", "2026-03-18", false},
		"a week has each day":  {part(4), "2026-03-16", "2026-05-16", true},
		"a weekend asks all":   {part(1), "2026-03-21", "2026-03-22", true},
		"and the Monday after": {part(2), "2026-03-21", "2026-03-23", false},
		"no days at all":       {part(1), "2026-03-17", "2026-03-16", true},
	} {
		if got := c.p.HasDay(c.from, c.to); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
