package handover

import (
	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/handover"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// part is what a group is told about who carries it.
type part struct {
	r      *room.Request
	Base   string
	Nobody bool
	Take   string // what the button says; "" when the person asking may not
	Hint   string
	Told   []told
	Orphan []orphan
	Link   bool
}

type told struct {
	Text string
	Back string // address of taking back, for whose part it was
}

// orphan is a thing that nobody carries any more.
type orphan struct{ Key, What, Note string }

func (rm *Room) part(r *room.Request, q db.Queryer, seen trajectory.Seen) (part, error) {
	g, err := rm.Handovers.In(r.Ctx(), q, seen)
	if err != nil {
		return part{}, err
	}
	p := part{r: r, Base: "/trajectories/" + seen.ID, Nobody: g.Nobody}
	switch {
	case g.MayTake && seen.Role == trajectory.StandIn:
		p.Take, p.Hint = r.T.T("handover.take_over"), r.T.T("handover.take_over_for", "name", school.FirstName(g.For))
	case g.MayTake:
		p.Take, p.Hint = r.T.T("handover.take_for_now"), r.T.T("handover.nobody_leads_you")
	}
	for _, t := range g.Told {
		if g.Nobody && t.Kind != handover.Substitute { // who leads for another is away too
			continue
		}
		x := told{Text: sentence(r, g, t)}
		if t.FromID == r.Who().ID && t.ItemID != "" {
			x.Back = "/handover/items/" + t.ItemID + "/take-back"
		}
		p.Told = append(p.Told, x)
	}
	return p, nil
}

// sentence says who does what for whom, and until when to who may know that.
func sentence(r *room.Request, g handover.Group, t handover.Told) string {
	args := []any{"name", t.To, "for", t.Giver.Called(), "from", r.T.Date(t.FromOn)}
	if t.Kind == handover.Substitute {
		if t.BegunAt.IsZero() {
			return r.T.T("handover.told_comes", append(args, "until", r.T.Date(t.UntilOn))...)
		}
		return r.T.T("handover.told_stands_in", append(args, "until", r.T.Date(t.UntilOn))...)
	}
	if d := t.Until(); d != "" && g.Days {
		return r.T.T("handover.told_leads_until", append(args, "until", r.T.Date(d))...)
	}
	return r.T.T("handover.told_leads", args...)
}

// Section is that on the page of the trajectory; nil when there is nothing to tell.
func (rm *Room) Section(r *room.Request, seen trajectory.Seen, _ trajectory.Facts) (templ.Component, error) {
	p, err := rm.part(r, r.House.DB, seen)
	if err != nil || !p.Nobody && len(p.Told) == 0 {
		return nil, err
	}
	if !p.Nobody {
		p.Take, p.Hint = "", "" // a stand-in finds it among the people
	}
	return onTrajectory(p), nil
}

// OnPeople is that beside the people of the trajectory, with what nobody carries any more.
func (rm *Room) OnPeople(r *room.Request, seen trajectory.Seen) (templ.Component, error) {
	p, err := rm.part(r, r.House.DB, seen)
	if err != nil {
		return nil, err
	}
	p.Link = seen.Role == trajectory.Lead || seen.Role == trajectory.Member
	if seen.May(access.Manage, access.Membership, "") {
		list, err := rm.Handovers.Nobodys(r.Ctx(), r.House.DB, seen)
		if err != nil {
			return nil, err
		}
		for _, i := range list {
			p.Orphan = append(p.Orphan, orphan{Key: i.Key(), What: What(r, i), Note: when(r, i.On)})
		}
	}
	if !p.Link && !p.Nobody && p.Take == "" && len(p.Told) == 0 && len(p.Orphan) == 0 {
		return nil, nil
	}
	return onPeople(p), nil
}

// OnAgreement is who may take over the care of a page; nil when nobody has to.
func (rm *Room) OnAgreement(r *room.Request, seen trajectory.Seen) (templ.Component, error) {
	c, err := rm.Handovers.CareIn(r.Ctx(), r.House.DB, seen)
	if err != nil || !c.MayTake {
		return nil, err
	}
	key := "handover.care_for"
	if c.Nobody {
		key = "handover.care_nobody"
	}
	return onAgreement(part{r: r, Base: "/trajectories/" + seen.ID, Take: r.T.T("handover.take_over"), Hint: r.T.T(key, "name", school.FirstName(c.For))}), nil
}

// TakeOver makes the person asking lead for now.
func (rm *Room) TakeOver(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Handovers.TakeOver(r.Ctx(), r.Who(), id); err != nil {
		return err
	}
	return r.Said("/trajectories/"+id+"/people", "handover_taken")
}

// TakeCare makes the person asking keep the page alive.
func (rm *Room) TakeCare(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Handovers.TakeCare(r.Ctx(), r.Who(), id); err != nil {
		return err
	}
	return r.Said("/trajectories/"+id+"/agreement", "handover_care")
}

// TakeUp gives the person asking what nobody carries any more.
func (rm *Room) TakeUp(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	key := f.Line("what", 100)
	if err := f.Err(); err != nil {
		return err
	}
	if err := rm.Handovers.TakeUp(r.Ctx(), r.Who(), id, key); err != nil {
		return err
	}
	return r.Said("/trajectories/"+id+"/people", "handover_taken_up")
}

func takeButton(p part) ui.Btn {
	return ui.Btn{Text: p.Take, Kind: ui.Primary, Small: true}
}
