package takeover

import (
	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// intoPage is where a plan comes into a trajectory that is under way.
type intoPage struct {
	r     *room.Request
	Seen  trajectory.Seen
	Base  string
	Tabs  []ui.Tab
	Draft bool // it can be filled
	Look  *look
	File  ui.Field
	Text  ui.Field
}

// Form is the page before anything was chosen.
func (rm *Room) Form(r *room.Request) error { return rm.into(r, nil, nil) }

func (rm *Room) into(r *room.Request, s *sent, l *look) error {
	seen, stands, err := rm.stands(r)
	if err != nil {
		return err
	}
	p := intoPage{r: r, Seen: seen, Base: planPath(seen.ID), Tabs: trajectoryweb.Tabs(r, seen, "plan"), Draft: stands.Draft, Look: l}
	p.File, p.Text = fields(r, s)
	h := trajectoryweb.Head(r, seen, r.T.T("takeover.into_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("takeover.the_plan"), Href: p.Base})
	h.Lead, h.Live = r.T.T("takeover.into_lead"), "" // what is being chosen stays as it is
	r.Style(&h, "bring")
	return r.Page(h, into(p))
}

// fields are the two ways in: a file, or the text itself.
func fields(r *room.Request, s *sent) (file, text ui.Field) {
	file = firstlook.File(r, r.T.T("takeover.file"), r.T.T("takeover.file_hint"))
	text = r.Field("text", "takeover.paste", "")
	text.Hint, text.Rows, text.Wide = r.T.T("takeover.paste_hint"), 10, true
	if s != nil {
		text.Label, text.Hint, text.Value = r.T.T("takeover.read_text"), r.T.T("takeover.read_text_hint"), s.Text
		file = firstlook.File(r, r.T.T("takeover.other_file"), "")
	}
	return file, text
}

func (rm *Room) stands(r *room.Request) (trajectory.Seen, plan.Standing, error) {
	id, err := r.ID("id")
	if err != nil {
		return trajectory.Seen{}, plan.Standing{}, err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return seen, plan.Standing{}, err
	}
	stands, err := rm.Plans.Stands(r.Ctx(), q, seen)
	return seen, stands, err
}

func (rm *Room) desk() firstlook.Desk[sent] {
	may := func(r *room.Request) error { _, _, err := rm.stands(r); return err }
	return firstlook.Desk[sent]{May: may, Read: read, Page: rm.Form, Look: rm.look}
}

// Look tells what a plan would become; nothing changes.
func (rm *Room) Look(r *room.Request) error { return rm.desk().LookAt(r) }

func (rm *Room) look(r *room.Request, s sent) error {
	_, _, lines, err := rm.settled(r, s)
	if err != nil {
		return r.Refused(err, rm.Form)
	}
	return rm.into(r, &s, lookOf(r, s, lines, false))
}

// settled is what a plan would become in a trajectory, with the name that it gives itself.
func (rm *Room) settled(r *room.Request, s sent) (trajectory.Seen, string, []takeover.Settled, error) {
	seen, stands, err := rm.stands(r)
	if err != nil {
		return seen, "", nil, err
	}
	proposal, err := propose(s, seen.Today())
	if err != nil {
		return seen, "", nil, err
	}
	needs, err := rm.Needs(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return seen, "", nil, err
	}
	return seen, proposal.Title, takeover.Settle(proposal.Lines, takeover.Terms{Asked: seen.Question, Needs: needs, Stands: stands, Choices: s.Choices}), nil
}

// Fill does what was shown.
func (rm *Room) Fill(r *room.Request) error {
	return rm.desk().Do(r, func(s sent) error { return rm.fill(r, s) })
}

func (rm *Room) fill(r *room.Request, s sent) error {
	if !s.Looked {
		return rm.look(r, s)
	}
	seen, title, lines, err := rm.settled(r, s)
	if err != nil {
		return r.Refused(err, rm.Form)
	}
	out, err := rm.Plans.TakeOver(r.Ctx(), r.Who(), seen.ID, takeover.Paper(title, lines))
	switch {
	case err != nil:
		return rm.desk().Again(r, s, err)
	case out.Placed+out.Beside == 0:
		return r.Said(planPath(seen.ID), "plan_stood")
	case out.Beside > 0:
		return r.Said(planPath(seen.ID)+"#beside", "plan_taken_beside")
	}
	return r.Said(planPath(seen.ID), "plan_taken")
}
