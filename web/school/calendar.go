package school

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// period is a holiday or busy week as the page shows it.
type period struct {
	ID, Name, Days, Note string
	Now                  bool
}

// season is a school year with what falls in it.
type season struct {
	ID, Name, Days string
	Now            bool
	Holidays, Busy []period
}

type calendarPage struct {
	site
	Seasons []season
	Past    []season
	MayEdit bool
	Regions []ui.Option
	Kinds   []ui.Option
	Teams   []ui.Option
	Name    ui.Field
	From    ui.Field
	To      ui.Field
	YearOf  yearForm

	Mistakes []ui.Mistake
}

type yearForm struct {
	Open             bool
	Name, Start, End ui.Field
}

// Calendar shows the years, holidays and busy weeks of the school.
func (rm *Room) Calendar(r *room.Request) error {
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	c, err := rm.Schools.Calendar(r.Ctx(), s.School.ID)
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), s.School.ID)
	if err != nil {
		return err
	}
	p := &calendarPage{site: s, MayEdit: s.may(access.Edit, access.Calendar)}
	p.seasons(c, teams)
	if p.MayEdit {
		p.forms(teams)
	}
	p.Mistakes = s.mistakes(func(field string) string {
		if field == "name" && p.YearOf.Open {
			return p.YearOf.Name.ID
		}
		return "f-" + field
	})
	return r.Page(s.head(r.T.T("school.calendar_title")), calendar(*p))
}

// seasons puts every period in its school year. What falls in no named year stands under
// the year of the wall calendar.
func (p *calendarPage) seasons(c school.Calendar, teams []school.Team) {
	today := p.r.Today()
	var all []season
	for _, y := range c.Years {
		all = append(all, season{ID: y.ID, Name: y.Name, Days: days(p.r, y.Starts, y.Ends), Now: y.Starts <= today && today <= y.Ends})
	}
	end := func(s season) clock.Date {
		for _, y := range c.Years {
			if y.ID == s.ID {
				return y.Ends
			}
		}
		return clock.Date(s.Name + "-12-31")
	}
	for _, x := range c.Periods {
		i := slices.IndexFunc(c.Years, func(y school.Year) bool { return y.Starts <= x.From && x.From <= y.Ends })
		if i < 0 {
			name := x.From.Time().Format("2006")
			if i = slices.IndexFunc(all, func(s season) bool { return s.ID == "" && s.Name == name }); i < 0 {
				all, i = append(all, season{Name: name}), len(all)
			}
		}
		v := period{ID: x.ID, Name: x.Name, Days: days(p.r, x.From, x.To), Now: x.From <= today && today <= x.To}
		if x.Kind == school.Holiday {
			all[i].Holidays = append(all[i].Holidays, v)
			continue
		}
		v.Note = p.r.T.T("school.whole_school")
		for _, t := range teams {
			if t.ID == x.TeamID {
				v.Note = t.Name
			}
		}
		all[i].Busy = append(all[i].Busy, v)
	}
	slices.SortStableFunc(all, func(a, b season) int { return strings.Compare(string(end(b)), string(end(a))) })
	for _, s := range all {
		if end(s) < today {
			p.Past = append(p.Past, s)
		} else {
			p.Seasons = append(p.Seasons, s)
		}
	}
	slices.Reverse(p.Seasons) // the coming ones from near to far, the past ones from late to early
}

func (p *calendarPage) forms(teams []school.Team) {
	r := p.r
	for _, region := range school.Regions {
		p.Regions = append(p.Regions, ui.Option{Value: region, Text: r.T.T("school.region_" + region), On: r.Was("region", usualRegion(p.School)) == region})
	}
	for _, k := range []school.PeriodKind{school.Holiday, school.Busy} {
		p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Text: r.T.T("school.kind_" + string(k)), On: r.Was("kind", string(school.Busy)) == string(k)})
	}
	p.Teams = append(p.Teams, ui.Option{Text: r.T.T("school.whole_school")})
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: r.Was("team", "") == t.ID})
	}
	year := r.R.URL.Path == "/school/years"
	field := func(mine bool, name, label, kind string) ui.Field {
		f := ui.Field{Name: name, Label: r.T.T(label), Type: kind, Max: 60}
		if mine {
			f.Value, f.Error = r.Was(name, ""), r.Error(name)
		}
		return f
	}
	p.Name, p.From, p.To = field(!year, "name", "school.period_name", ""), field(!year, "from", "school.first_day", "date"), field(!year, "to", "school.last_day", "date")
	p.YearOf = yearForm{Open: year && r.Err != nil, Name: field(year, "name", "school.year_name", ""), Start: field(year, "starts", "school.first_day", "date"), End: field(year, "ends", "school.last_day", "date")}
	p.YearOf.Name.ID, p.YearOf.Name.Max, p.YearOf.Name.Placeholder = "year-name", 40, "2026–2027"
}

func usualRegion(sc school.School) string {
	if sc.Region == "" && sc.Sector == school.Flanders {
		return "vlaanderen"
	}
	return sc.Region
}

// AddPeriod adds a holiday or busy week.
func (rm *Room) AddPeriod(r *room.Request) error {
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	f := r.Form()
	x := school.Period{Kind: school.PeriodKind(f.Choice("kind", string(school.Holiday), string(school.Busy))), Name: f.Line("name", 60), From: f.Date("from"), To: f.Date("to"), TeamID: f.ID("team")}
	if x.Kind == school.Holiday {
		x.TeamID = "" // a holiday is for everybody
	}
	if x.From == "" {
		f.Refuse("from", "school.day_missing")
	}
	if x.To == "" {
		x.To = x.From
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Calendar)
	}
	if err := rm.Schools.AddPeriods(r.Ctx(), r.Who(), s.School.ID, []school.Period{x}); err != nil {
		return r.Refused(err, rm.Calendar)
	}
	return r.Said(s.path("/school/calendar"), "school_period_added")
}

// RemovePeriod takes a holiday or busy week away.
func (rm *Room) RemovePeriod(r *room.Request) error {
	id, err := r.ID("period")
	if err != nil {
		return err
	}
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	if err := rm.Schools.RemovePeriod(r.Ctx(), r.Who(), s.School.ID, id); err != nil {
		return err
	}
	return r.Said(s.path("/school/calendar"), "school_period_removed")
}

// TakeHolidays takes the holidays of a region over.
func (rm *Room) TakeHolidays(r *room.Request) error {
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	f := r.Form()
	region := f.Choice("region", school.Regions...)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Calendar)
	}
	n, err := rm.Schools.TakeHolidays(r.Ctx(), r.Who(), s.School.ID, region)
	if err != nil {
		return r.Refused(err, rm.Calendar)
	}
	if n == 0 {
		return r.Said(s.path("/school/calendar"), "school_holidays_there")
	}
	return r.Said(s.path("/school/calendar"), "school_holidays_taken")
}

// AddYear names a school year.
func (rm *Room) AddYear(r *room.Request) error {
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	f := r.Form()
	y := school.Year{Name: f.Line("name", 40), Starts: f.Date("starts"), Ends: f.Date("ends")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Calendar)
	}
	if err := rm.Schools.AddYear(r.Ctx(), r.Who(), s.School.ID, y); err != nil {
		return r.Refused(err, rm.Calendar)
	}
	return r.Said(s.path("/school/calendar"), "school_year_added")
}

// RemoveYear takes the name of a year away; what fell in it stays.
func (rm *Room) RemoveYear(r *room.Request) error {
	id, err := r.ID("year")
	if err != nil {
		return err
	}
	s, err := rm.at(r, "calendar")
	if err != nil {
		return err
	}
	if err := rm.Schools.RemoveYear(r.Ctx(), r.Who(), s.School.ID, id); err != nil {
		return err
	}
	return r.Said(s.path("/school/calendar"), "school_year_removed")
}
