package notify

import (
	"slices"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/school"
)

func TestWhenTheMailGoes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		zone, day, from, until string
	}{
		"winter":                              {"Europe/Amsterdam", "2026-03-23", "2026-03-23T06:30:00Z", "2026-03-24T19:00:00Z"},
		"the Monday after the spring change":  {"Europe/Amsterdam", "2026-03-30", "2026-03-30T05:30:00Z", "2026-03-31T18:00:00Z"},
		"the Monday before the autumn change": {"Europe/Amsterdam", "2026-10-19", "2026-10-19T05:30:00Z", "2026-10-20T18:00:00Z"},
		"the Monday after the autumn change":  {"Europe/Amsterdam", "2026-10-26", "2026-10-26T06:30:00Z", "2026-10-27T19:00:00Z"},
		"Brussels":                            {"Europe/Brussels", "2026-03-30", "2026-03-30T05:30:00Z", "2026-03-31T18:00:00Z"},
		"Curaçao, without a change":           {"America/Curacao", "2026-03-30", "2026-03-30T11:30:00Z", "2026-04-01T00:00:00Z"},
		"ahead of us":                         {"Asia/Kathmandu", "2026-03-30", "2026-03-30T01:45:00Z", "2026-03-31T14:15:00Z"},
		"the day of the spring change itself": {"Europe/Amsterdam", "2026-03-29", "2026-03-29T05:30:00Z", "2026-03-30T18:00:00Z"},
	} {
		from, until := Window(clock.Date(c.day), clock.Zone(c.zone))
		if from.Format(time.RFC3339) != c.from || until.Format(time.RFC3339) != c.until {
			t.Errorf("%s: %s, %s", name, from.Format(time.RFC3339), until.Format(time.RFC3339))
		}
		if next := LookEvery(from.Add(-time.Minute)); next.Sub(from) > 15*time.Minute || next.Before(from) {
			t.Errorf("%s: looked for at %s", name, next)
		}
	}
}

func TestWhichMorningsAreTrueNow(t *testing.T) {
	t.Parallel()
	for at, want := range map[string][]clock.Date{
		"2026-03-23T06:29:59Z": nil,            // a second before half past seven
		"2026-03-23T06:30:00Z": {"2026-03-23"}, // Monday
		"2026-03-24T12:00:00Z": {"2026-03-23", "2026-03-24"},
		"2026-03-24T19:00:01Z": {"2026-03-24"}, // Tuesday evening: Monday is over
		"2026-03-28T12:00:00Z": {"2026-03-27"}, // Saturday
		"2026-03-29T00:30:00Z": nil,            // the night of the spring change
		"2026-03-29T01:30:00Z": nil,
		"2026-03-30T05:29:59Z": nil,
		"2026-03-30T05:30:00Z": {"2026-03-30"}, // an hour earlier in UTC
		"2026-10-25T00:30:00Z": nil,            // half past two, for the first time
		"2026-10-25T01:30:00Z": nil,            // and for the second
		"2026-10-26T05:30:00Z": nil,            // half past six by now
		"2026-10-26T06:30:00Z": {"2026-10-26"},
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := days(now, clock.Zone("Europe/Amsterdam")); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	}
}

func TestWhoGetsMail(t *testing.T) {
	t.Parallel()
	cal := school.Calendar{Periods: []school.Period{
		{Kind: school.Holiday, Name: "Meivakantie", From: "2026-04-25", To: "2026-05-03"},
		{Kind: school.Holiday, Name: "Tweede paasdag", From: "2026-04-06", To: "2026-04-06"},
		{Kind: school.Busy, Name: "Toetsweek", From: "2026-03-23", To: "2026-03-27"},
	}}
	active := school.Person{State: school.Active}
	for name, c := range map[string]struct {
		change     func(p *school.Person)
		day, today clock.Date
		want       bool
	}{
		"a usual Monday":                   {nil, "2026-03-16", "2026-03-16", true},
		"a busy week":                      {nil, "2026-03-23", "2026-03-23", true},
		"a Tuesday":                        {nil, "2026-03-17", "2026-03-17", false},
		"a holiday":                        {nil, "2026-04-27", "2026-04-27", false},
		"the first Monday after":           {nil, "2026-05-04", "2026-05-04", true},
		"a Monday that is free":            {nil, "2026-04-06", "2026-04-06", false},
		"and the Tuesday after it":         {nil, "2026-04-07", "2026-04-07", false},
		"late, on a day that became free":  {nil, "2026-04-24", "2026-04-27", false},
		"away":                             {func(p *school.Person) { p.AwayUntil = "2026-03-17" }, "2026-03-16", "2026-03-16", false},
		"away since this morning":          {func(p *school.Person) { p.AwayUntil = "2026-03-20" }, "2026-03-16", "2026-03-17", false},
		"back today":                       {func(p *school.Person) { p.AwayUntil = "2026-03-16" }, "2026-03-16", "2026-03-16", true},
		"suspended":                        {func(p *school.Person) { p.State = school.Suspended }, "2026-03-16", "2026-03-16", false},
		"invited, and never here":          {func(p *school.Person) { p.State = school.Invited }, "2026-03-16", "2026-03-16", false},
		"free on Monday, on Monday":        {func(p *school.Person) { p.WorkingDays = []int{2, 4} }, "2026-03-16", "2026-03-16", false},
		"free on Monday, on Tuesday":       {func(p *school.Person) { p.WorkingDays = []int{2, 4} }, "2026-03-17", "2026-03-17", true},
		"free on Monday, on Thursday":      {func(p *school.Person) { p.WorkingDays = []int{2, 4} }, "2026-03-19", "2026-03-19", false},
		"free on Monday, after a free one": {func(p *school.Person) { p.WorkingDays = []int{2, 4} }, "2026-04-07", "2026-04-07", true},
	} {
		p := active
		if c.change != nil {
			c.change(&p)
		}
		if got := Gets(p, cal, c.day, c.today); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
