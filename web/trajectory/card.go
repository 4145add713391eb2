package trajectory

import (
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

// roundEnd is the day until which a round asks unless somebody says otherwise: a week on,
// never in a weekend.
func (p *showPage) roundEnd() string {
	d := p.r.Today().Add(7)
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return p.r.Was("closes_on", string(d))
}
