package school_test

import (
	"testing"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/school"
)

func TestTheYearOfASchool(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		year := school.Year{Name: "2025–2026", Starts: "2025-08-18", Ends: "2026-07-17"}
		w.ok(w.schools.AddYear(t.Context(), w.who("admin"), w.id, year))
		w.ok(w.schools.AddYear(t.Context(), w.who("leader"), w.id, school.Year{Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}))
		w.refused("school.year_taken", func() error { return w.schools.AddYear(t.Context(), w.who("admin"), w.id, year) })
		w.refused("absent", func() error { return w.schools.AddYear(t.Context(), w.who("noor"), w.id, year) })
		w.refused("absent", func() error { return w.schools.AddYear(t.Context(), w.who("outsider"), w.id, year) })
		for _, bad := range []school.Year{{Name: "x"}, {Name: "", Starts: "2026-01-01", Ends: "2026-02-01"}, {Name: "x", Starts: "2026-02-01", Ends: "2026-01-01"}, {Name: "x", Starts: "2026-02-01", Ends: "2028-01-01"}} {
			w.refused("school.year_days", func() error { return w.schools.AddYear(t.Context(), w.who("admin"), w.id, bad) })
		}

		team, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.YearTeam, "Bovenbouw")
		w.ok(err)
		theirs, err := w.schools.AddTeam(t.Context(), w.who("outsider"), w.otherID, school.YearTeam, "Bovenbouw")
		w.ok(err)
		holiday := school.Period{Kind: school.Holiday, Name: "Meivakantie", From: "2026-04-25", To: "2026-05-03"}
		busy := school.Period{Kind: school.Busy, Name: "Toetsweek", TeamID: team, From: "2026-03-23", To: "2026-03-27"}
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], access.Role{Kind: access.RoleTimetabler, SchoolID: w.id}))
		w.ok(w.schools.AddPeriods(t.Context(), w.who("sem"), w.id, []school.Period{holiday, busy}))
		if e := w.last("school", w.id); e.Kind != "calendar.changed" || e.ActorID != w.people["sem"] {
			t.Errorf("journal %+v", e)
		}
		for want, bad := range map[string]school.Period{
			"absent":             {Kind: school.Busy, Name: "Toetsweek", TeamID: theirs, From: "2026-03-23", To: "2026-03-27"},
			"form.choose":        {Kind: "strike", Name: "Staking", From: "2026-03-23", To: "2026-03-27"},
			"school.period_days": {Kind: school.Busy, Name: "Toetsweek", From: "2026-03-23", To: "2026-03-20"},
		} {
			w.refused(want, func() error { // whole or not at all
				return w.schools.AddPeriods(t.Context(), w.who("sem"), w.id, []school.Period{holiday, bad})
			})
		}
		w.refused("absent", func() error { return w.schools.AddPeriods(t.Context(), w.who("noor"), w.id, []school.Period{holiday}) })

		cal, err := w.schools.Calendar(t.Context(), w.id)
		w.ok(err)
		if len(cal.Periods) != 2 || len(cal.Years) != 2 || cal.Periods[0].Name != "Toetsweek" || cal.Years[0].Name != "2025–2026" {
			t.Errorf("%+v", cal)
		}
		if y, ok := cal.YearOf("2026-03-19"); !ok || y.Name != "2025–2026" {
			t.Errorf("year of a day: %v", y)
		}
		if y, ok := cal.NextYear("2026-03-19"); !ok || y.Name != "2026–2027" {
			t.Errorf("next year: %v", y)
		}
		if _, ok := cal.BusyWeek("2026-03-24", nil); ok {
			t.Error("a busy week of one team is not everybody's")
		}
		if p, ok := cal.BusyWeek("2026-03-24", []string{team}); !ok || p.Name != "Toetsweek" {
			t.Error("the team's busy week")
		}
		if other, err := w.schools.Calendar(t.Context(), w.otherID); err != nil || len(other.Periods)+len(other.Years) != 0 {
			t.Errorf("the calendar of another school: %+v %v", other, err)
		}
		w.refused("absent", func() error {
			return w.schools.RemovePeriod(t.Context(), w.who("outsider"), w.otherID, cal.Periods[0].ID)
		})
		w.refused("absent", func() error { return w.schools.RemovePeriod(t.Context(), w.who("sem"), w.id, newID()) })
		w.ok(w.schools.RemovePeriod(t.Context(), w.who("sem"), w.id, cal.Periods[0].ID))
		if cal, err = w.schools.Calendar(t.Context(), w.id); err != nil || len(cal.Periods) != 1 {
			t.Errorf("%+v %v", cal.Periods, err)
		}
	})
}

func TestDaysOfASchool(t *testing.T) {
	t.Parallel()
	cal := school.Calendar{Periods: []school.Period{{Kind: school.Holiday, Name: "Mei", From: "2026-04-25", To: "2026-05-03"}, {Kind: school.Busy, Name: "Toetsen", From: "2026-03-23", To: "2026-03-27"}}}
	for day, is := range map[clock.Date]bool{"2026-04-24": true, "2026-04-25": false, "2026-04-27": false, "2026-05-03": false, "2026-05-04": true, "2026-03-21": false, "2026-03-24": true} {
		if cal.SchoolDay(day) != is {
			t.Errorf("%s: school is %v", day, !is)
		}
	}
	part := school.Person{WorkingDays: []int{1, 2}}
	for _, c := range []struct {
		name     string
		p        school.Person
		from, to clock.Date
		want     int
	}{
		{"a whole week", school.Person{}, "2026-03-15", "2026-03-22", 5},
		{"a part-timer has two days in it", part, "2026-03-15", "2026-03-22", 2},
		{"the day of asking does not count", part, "2026-03-16", "2026-03-17", 1},
		{"a holiday does not count", part, "2026-04-24", "2026-05-05", 2},
		{"nothing before the beginning", part, "2026-03-20", "2026-03-16", 0},
	} {
		if got := cal.WorkDays(c.p, c.from, c.to); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := cal.NextSchoolDay("2026-04-25"); got != "2026-05-04" {
		t.Errorf("next school day %s", got)
	}
	if got := cal.SchoolWeeks("2026-04-13", "2026-05-17"); got != 3 {
		t.Errorf("weeks with school after the first Monday: %d, want 3", got)
	}
}

func TestNamesAtAGlance(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Noor Haddad": "NH", "Jan de Vries": "JV", "Cato": "C", "": "?", "Ömer van den Berg": "ÖB", "anna": "A"} {
		if got := school.Initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if hue, again := school.HueOf("Noor Haddad"), school.HueOf("Noor Haddad"); hue != again || school.FirstName(" Noor Haddad") != "Noor" {
		t.Error("a name keeps its colour")
	}
}
