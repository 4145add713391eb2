package school_test

import (
	"testing"

	"leerkring/internal/clock"
	"leerkring/school"
)

var (
	thisYear = school.Year{ID: "a", Name: "2025–2026", Starts: "2025-08-18", Ends: "2026-07-17"}
	nextYear = school.Year{ID: "b", Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}
	lastYear = school.Year{ID: "c", Name: "2027–2028", Starts: "2027-08-23", Ends: "2028-07-14"}
)

func TestWhereASchoolStandsBetweenTwoYears(t *testing.T) {
	years := []school.Year{lastYear, nextYear, thisYear}
	for name, x := range map[string]struct {
		years  []school.Year
		opened string
		began  clock.Date
		today  clock.Date
		to     string
		step   school.Step
		late   bool
		may    bool
	}{
		"winter":                           {years, "", "2025-09-01", "2026-01-12", "b", school.YearRuns, false, false},
		"the day before the wishes":        {years, "", "2025-09-01", "2026-03-08", "b", school.YearRuns, false, false},
		"wishes":                           {years, "", "2025-09-01", "2026-03-09", "b", school.Wishes, false, false},
		"choosing":                         {years, "", "2025-09-01", "2026-05-04", "b", school.Choosing, false, true},
		"opened in June":                   {years, "b", "2025-09-01", "2026-06-10", "b", school.Begun, false, true},
		"handing over":                     {years, "", "2025-09-01", "2026-06-22", "b", school.Handing, false, true},
		"summer":                           {years, "", "2025-09-01", "2026-07-20", "b", school.Opening, false, true},
		"the first day":                    {years, "", "2025-09-01", "2026-08-24", "b", school.Opening, false, true},
		"October, forgotten":               {years, "", "2025-09-01", "2026-10-12", "b", school.Opening, true, true},
		"October, opened":                  {years, "b", "2025-09-01", "2026-10-12", "c", school.YearRuns, false, false},
		"a year skipped":                   {years, "", "2025-09-01", "2027-09-06", "c", school.Opening, false, true},
		"forgotten until the next wishes":  {years, "", "2025-09-01", "2027-03-15", "c", school.Wishes, false, false},
		"here since the year began":        {years, "", "2026-09-14", "2026-10-12", "c", school.YearRuns, false, false},
		"no years at all":                  {nil, "", "2025-09-01", "2026-05-20", "", school.Choosing, false, false},
		"the next year is not named yet":   {[]school.Year{thisYear}, "", "2025-09-01", "2026-06-01", "", school.Choosing, false, false},
		"only the next year has its dates": {[]school.Year{nextYear}, "", "2025-09-01", "2026-06-15", "b", school.Choosing, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := school.TurnOf(school.Calendar{Years: x.years}, func(id string) bool { return id == x.opened }, x.began, x.today)
			may := x.may && x.step != school.Begun
			if got.To.ID != x.to || got.Step != x.step || got.Late != x.late || got.MayOpen(x.today) != may {
				t.Errorf("to %q, step %d, late %v, may %v", got.To.ID, got.Step, got.Late, got.MayOpen(x.today))
			}
			if asks := x.step == school.Choosing || x.step == school.Handing; got.Asks() != (asks && got.From.ID != "") {
				t.Errorf("asks %v", got.Asks())
			}
		})
	}
}

func TestWhatOpeningAYearMakesOfAFocusPoint(t *testing.T) {
	years := []school.Year{thisYear, nextYear, lastYear}
	after := func(c school.AfterChoice, until string) school.After {
		return school.After{Choice: c, Until: until, By: "x"}
	}
	for name, x := range map[string]struct {
		is     school.FocusPoint
		to     school.Year
		state  school.FocusState
		became school.Became
	}{
		"nobody said a word":         {school.FocusPoint{State: school.Running}, nextYear, school.Running, school.WentOn},
		"goes on":                    {school.FocusPoint{State: school.Chosen, After: after(school.GoesOn, "")}, nextYear, school.Chosen, school.WentOn},
		"a proposal that is chosen":  {school.FocusPoint{State: school.Proposed, After: after(school.GoesOn, "")}, nextYear, school.Chosen, school.Taken},
		"a proposal":                 {school.FocusPoint{State: school.Proposed}, nextYear, school.Proposed, school.Untouched},
		"stops":                      {school.FocusPoint{State: school.Running, After: after(school.Stops, "")}, nextYear, school.Stopped, school.Ended},
		"rests":                      {school.FocusPoint{State: school.Running, After: after(school.Rests, "2027–2028")}, nextYear, school.Parked, school.Kept},
		"parked for this one":        {school.FocusPoint{State: school.Parked, ParkedFor: "2026–2027"}, nextYear, school.Proposed, school.CameBack},
		"parked for a later one":     {school.FocusPoint{State: school.Parked, ParkedFor: "2027–2028"}, nextYear, school.Parked, school.Untouched},
		"its year was skipped":       {school.FocusPoint{State: school.Parked, ParkedFor: "2026–2027"}, lastYear, school.Proposed, school.CameBack},
		"a year that has no dates":   {school.FocusPoint{State: school.Parked, ParkedFor: "2031-2032"}, lastYear, school.Parked, school.Untouched},
		"a year that nobody knows":   {school.FocusPoint{State: school.Parked, ParkedFor: "ooit"}, nextYear, school.Proposed, school.CameBack},
		"what is done stays done":    {school.FocusPoint{State: school.Done}, nextYear, school.Done, school.Untouched},
		"what stopped stays stopped": {school.FocusPoint{State: school.Stopped}, nextYear, school.Stopped, school.Untouched},
	} {
		t.Run(name, func(t *testing.T) {
			got, became := x.is.AtOpening(x.to, years)
			if got.State != x.state || became != x.became {
				t.Errorf("%s, %q", got.State, became)
			}
			if became != school.Untouched && got.After.Choice != school.Undecided {
				t.Error("the choice for the year to come is still there")
			}
		})
	}
}
