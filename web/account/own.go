package account

import (
	"slices"
	"strconv"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type ownPage struct {
	r         *room.Request
	Tabs      []ui.Tab
	Name      ui.Field
	Languages []ui.Option
	Themes    []ui.Option
	Days      []ui.Option
	Away      ui.Field
	Teams     []string
	School    string
}

// Own is what somebody tells about themselves.
func (rm *Room) Own(r *room.Request) error {
	me := r.Known.Person
	p := ownPage{r: r, Tabs: tabs(r, "you"), Name: r.Field("name", "account.name", me.Name), Days: dayOptions(r), School: r.School().Name}
	p.Name.Max, p.Name.Autocomplete, p.Name.Required = 80, "name", true
	for _, l := range []string{"", "nl", "en"} {
		p.Languages = append(p.Languages, ui.Option{Value: l, Text: r.T.T("account.language_" + orDefault(l)), On: r.Was("language", me.Language) == l})
	}
	for _, t := range []string{"", "light", "dark"} {
		p.Themes = append(p.Themes, ui.Option{Value: t, Text: r.T.T("account.theme_" + orDefault(t)), On: r.Was("theme", me.Theme) == t})
	}
	away := ""
	if me.Away(r.Today()) {
		away = string(me.AwayUntil)
	}
	p.Away = r.Field("away", "account.away", away)
	p.Away.Type, p.Away.Hint = "date", r.T.T("account.away_hint")
	var err error
	if p.Teams, err = rm.teams(r); err != nil {
		return err
	}
	h := r.Head(r.T.T("menu.account"), "")
	h.Lead = r.T.T("account.you_lead")
	r.Style(&h, "account")
	return r.Page(h, own(p))
}

func orDefault(s string) string {
	if s == "" {
		return "default"
	}
	return s
}

// teams are the names of the own teams at the school whose words this person sees.
func (rm *Room) teams(r *room.Request) ([]string, error) {
	if r.School().ID == "" {
		return nil, nil
	}
	all, err := rm.Schools.Teams(r.Ctx(), r.Who(), r.School().ID)
	var out []string
	for _, t := range all {
		if slices.Contains(r.Who().Teams, t.ID) {
			out = append(out, t.Name)
		}
	}
	return out, err
}

func dayOptions(r *room.Request) []ui.Option {
	var out []ui.Option
	works := r.Known.Person.WorkingDays
	for day := 1; day <= 5; day++ {
		v := strconv.Itoa(day)
		out = append(out, ui.Option{Value: v, Text: r.T.T("account.day_" + v), On: r.WasOn("days", v, len(works) == 0 || slices.Contains(works, day))})
	}
	return out
}

// readDays reads the days somebody works; there is at least one.
func readDays(f *page.Form) []int {
	var out []int
	for _, v := range f.Choices("days", "1", "2", "3", "4", "5") {
		out = append(out, int(v[0]-'0'))
	}
	if len(out) == 0 {
		f.Refuse("days", "account.days_none")
	}
	return out
}

// details are what is kept about this person now: an act changes some of it.
func details(r *room.Request) school.Details {
	me := r.Known.Person
	d := school.Details{Name: me.Name, Language: me.Language, Theme: me.Theme, WorkingDays: me.WorkingDays}
	if me.Away(r.Today()) {
		d.AwayUntil = me.AwayUntil // a day that has passed is over
	}
	return d
}

// SaveOwn keeps it.
func (rm *Room) SaveOwn(r *room.Request) error {
	f := r.Form()
	d := school.Details{Name: f.Line("name", 80), Language: f.Choice("language", "nl", "en"), Theme: f.Choice("theme", "light", "dark"), WorkingDays: readDays(f), AwayUntil: f.Date("away")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Own)
	}
	if err := rm.Schools.Update(r.Ctx(), r.Who(), d, r.Today()); err != nil {
		return r.Refused(err, rm.Own)
	}
	if d.Language != "" {
		keepLanguage(r, d.Language)
	}
	return r.Said("/account", "account_saved")
}

// OwnLanguage changes the language of somebody who is signed in, from the menu, and stays
// on the page.
func (rm *Room) OwnLanguage(r *room.Request) error {
	f := r.Form()
	lang := f.Choice("language", "nl", "en")
	if err := f.Err(); err != nil {
		return err
	}
	if lang == "" {
		return errs.Invalid("form.choose").On("language")
	}
	d := details(r)
	d.Language = lang
	if err := rm.Schools.Update(r.Ctx(), r.Who(), d, r.Today()); err != nil {
		return err
	}
	keepLanguage(r, lang) // for the pages on which nobody is looked up
	return r.Go(cameFrom(r, "/account"))
}

// day writes a day as people say it: today, yesterday, or its date.
func day(r *room.Request, d clock.Date) string {
	switch d {
	case r.Today():
		return r.T.T("account.today")
	case r.Today().Add(-1):
		return r.T.T("account.yesterday")
	}
	return r.T.Date(d)
}
