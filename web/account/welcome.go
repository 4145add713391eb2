package account

import (
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type welcomePage struct {
	r        *room.Request
	Step     int
	First    string // how colleagues call this person
	Me       ui.Person
	Teams    []string
	Days     []ui.Option
	Passkeys bool
	Guest    bool
}

// lastStep is how many steps the welcome has.
const lastStep = 3

// Welcome is what somebody sees who comes in for the first time, in three short steps.
func (rm *Room) Welcome(r *room.Request) error {
	p := welcomePage{r: r, Step: 1, First: school.FirstName(r.Known.Person.Name), Me: room.Person(r.Known.Person), Days: dayOptions(r), Passkeys: rm.Accounts.HasPasskeys(), Guest: r.Known.Person.Guest}
	switch r.R.URL.Query().Get("step") {
	case "2":
		p.Step = 2
	case "3":
		p.Step = lastStep
	}
	if r.Err != nil {
		p.Step = 1
	}
	p.Me.Note = r.School().Name
	var err error
	if p.Teams, err = rm.teams(r); err != nil {
		return err
	}
	h := rm.bare(r, r.T.T("account.welcome", "name", p.First))
	h.Place, h.Languages = r.School().Name, languages(r, "/account/language")
	return r.Render(statusOf(r), ui.BarePage(h, welcome(p)))
}

// SaveDays keeps the days somebody works, and goes on to the second step.
func (rm *Room) SaveDays(r *room.Request) error {
	f := r.Form()
	d := details(r)
	d.WorkingDays = readDays(f)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Welcome)
	}
	if err := rm.Schools.Update(r.Ctx(), r.Who(), d, r.Today()); err != nil {
		return r.Refused(err, rm.Welcome)
	}
	return r.Go("/welcome?step=2")
}
