package trajectory

import (
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// card is the one tip that the coach shows now.
type card struct{ ID, Text, Because string }

func (rm *Room) cardOf(p *showPage, facts trajectory.Facts) error {
	c, ok, err := rm.Coach.Card(p.r.Ctx(), rm.Trajectories.DB(), p.Seen, facts, nil)
	if err != nil || !ok {
		return err
	}
	p.Card = &card{ID: c.ID, Text: p.r.Pack(c.Text), Because: p.r.Pack(c.Because)}
	return nil
}

// PutCardAway hides a tip for a while or for good.
func (rm *Room) PutCardAway(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	until := f.Choice("until", "later", "never")
	if err := f.Err(); err != nil {
		return err
	}
	if err := rm.Coach.PutAway(r.Ctx(), r.Who(), id, r.Path("card"), until == "never"); err != nil {
		return err
	}
	return r.Go("/trajectories/" + id)
}

// roundEnd is the day until which a round asks unless somebody says otherwise: a week on, on a
// school day, and never before everybody in the group has had working days of their own.
func (p *showPage) roundEnd() string { return p.r.Was("closes_on", string(p.AWeekOn)) }

// fairDays works out until when a round asks; only who leads opens one.
func (rm *Room) fairDays(p *showPage, people []trajectory.Participant) error {
	if !p.CanLead {
		return nil
	}
	cal, err := school.CalendarOf(p.r.Ctx(), rm.Trajectories.DB(), p.Seen.SchoolID)
	today := p.Seen.Today()
	p.Fair, p.AWeekOn = trajectory.ReactBy(cal, people, today, today), trajectory.ReactBy(cal, people, today, today.Add(7))
	return err
}
