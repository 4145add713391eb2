package decision

import (
	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// openPage is the form of a proposal.
type openPage struct {
	r         *room.Request
	Action    string
	Back      string
	AboutPlan bool
	Note      string // which version it is about
	Hidden    []ui.Pair
	Title     ui.Field
	Body      ui.Field
	Reason    *ui.Field // what is different in the version that is frozen now
	Audience  ui.Set
	Guests    *ui.Set
	ClosesOn  ui.Field
}

// weeks that people are asked for unless somebody says otherwise, in days.
const usualDays = 10

// New is the form of a proposal: about the plan, or in words of its own.
func (rm *Room) New(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Lead, access.Decision, ""); err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	about, after := r.Was("about", r.R.URL.Query().Get("about")), r.Was("after", r.R.URL.Query().Get("after"))
	p := &openPage{r: r, Action: at(id), Back: at(id), AboutPlan: about == "plan"}
	title, body := "", ""
	if after != "" {
		if title, body, err = rm.before(p, id, after); err != nil {
			return err
		}
	}
	if p.AboutPlan {
		page, err := rm.Decisions.Page(r.Ctx(), q, seen)
		if err != nil {
			return err
		}
		if v := page.AboutPlan(); v != nil && !v.Closed() { // one at a time
			return r.Said(at(id)+"/"+v.ID, "decision_runs")
		}
		if err := rm.aboutPlan(p, seen); err != nil {
			return err
		}
		if title == "" {
			title = r.T.T("decision.proposal_plan", "title", seen.Title)
		}
	}
	p.Hidden = r.Hidden(ui.Pair{Name: "about", Value: about}, ui.Pair{Name: "after", Value: after})
	fair, err := rm.Trajectories.ReactBy(r.Ctx(), q, seen, seen.Today())
	if err != nil {
		return err
	}
	p.fields(seen, title, body, fair)
	p.audience(seen, people)
	h := trajectoryweb.Head(r, seen, r.T.T("decision.new_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("decision.list_title"), Href: at(id)})
	h.Lead = r.T.T("decision.new_lead")
	r.Style(&h, "plan")
	return r.Page(h, open(p))
}

// before takes over from the decision that this one follows.
func (rm *Room) before(p *openPage, id, after string) (title, body string, err error) {
	if !ident.Valid(after) {
		return "", "", errs.Absent()
	}
	v, _, err := rm.Decisions.One(p.r.Ctx(), p.r.Who(), id, after)
	if err != nil {
		return "", "", err
	}
	p.AboutPlan = p.AboutPlan || v.PlanNumber > 0
	return v.Title, v.Body, nil
}

// aboutPlan says which version people are asked about, and asks what is different in it.
func (rm *Room) aboutPlan(p *openPage, seen trajectory.Seen) error {
	page, err := rm.Plans.Page(p.r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	p.Back = "/trajectories/" + seen.ID + "/plan"
	last := page.Last().Number
	if last > 0 && len(page.Changes) == 0 {
		p.Note = p.r.T.T("decision.about_same", "number", last)
		return nil
	}
	p.Note = p.r.T.T("decision.about_new", "number", last+1)
	if last > 0 {
		f := p.r.Field("reason", "decision.version_reason", "")
		f.Voice, f.Rows, f.Max, f.Wide = true, 2, 600, true
		f.Hint = p.r.T.T("decision.version_reason_hint", "number", last)
		p.Reason = &f
	}
	return nil
}

// fields are what is put to people, and until when: usually a week and a half, and never before
// those who work fewer days have had theirs.
func (p *openPage) fields(seen trajectory.Seen, title, body string, fair clock.Date) {
	r := p.r
	p.Title = r.Field("title", "decision.title_label", title)
	p.Title.Max, p.Title.Hint, p.Title.Wide = 120, r.T.T("decision.title_hint"), true
	p.Body = r.Field("body", "decision.body_label", body)
	p.Body.Voice, p.Body.Rows, p.Body.Max, p.Body.Wide = true, 3, 4000, true
	p.Body.Hint = r.T.T("decision.body_hint")
	p.ClosesOn = r.Field("closes_on", "decision.closes_label", string(max(soon(seen.Today(), usualDays), fair)))
	p.ClosesOn.Type, p.ClosesOn.Hint = "date", r.T.T("decision.closes_hint", "n", school.ReactDays, "date", r.T.Date(fair))
}

// audience offers whom to ask, as far as they can see what they are asked about.
func (p *openPage) audience(seen trajectory.Seen, people []trajectory.Participant) {
	r := p.r
	p.Audience = ui.Set{Name: "audience", Legend: r.T.T("decision.audience"), Error: r.Error("audience"), Wide: true}
	usual := decision.PLG
	if len(seen.TeamIDs) > 0 && seen.Open {
		usual = decision.Teams
	}
	for _, a := range decision.Audiences {
		if a != decision.PLG && !seen.Open || a == decision.Teams && len(seen.TeamIDs) == 0 {
			continue
		}
		p.Audience.Options = append(p.Audience.Options, ui.Option{Value: string(a), Text: r.T.T("decision.audience_" + string(a)), Note: r.T.T("decision.audience_" + string(a) + "_note"), On: r.Was("audience", string(usual)) == string(a)})
	}
	guests := ui.Set{Name: "guests", Legend: r.T.T("decision.guests"), Many: true, Wide: true}
	for _, x := range people {
		if x.Role == trajectory.Guest {
			guests.Options = append(guests.Options, ui.Option{Value: x.PersonID, Text: x.Name, On: r.WasOn("guests", x.PersonID, false)})
		}
	}
	if len(guests.Options) > 0 {
		p.Guests = &guests
	}
}

// Open puts a proposal to people. One about the plan first freezes the version that they
// are asked about.
func (rm *Room) Open(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	p := decision.Proposal{Title: f.Line("title", 240), Body: f.Text("body", 8000), Audience: decision.Audience(f.Line("audience", 20)), GuestIDs: f.IDs("guests", 50), ClosesOn: f.Date("closes_on")}
	about, after, reason := f.Choice("about", "", "plan"), f.ID("after"), f.Text("reason", 1200)
	if p.ClosesOn == "" && f.Typed("closes_on") == "" {
		f.Refuse("closes_on", "decision.choose_last")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.New)
	}
	if err := p.Check(); err != nil { // before a version is frozen for it
		return r.Refused(err, rm.New)
	}
	if after != "" {
		v, _, err := rm.Decisions.One(r.Ctx(), r.Who(), id, after)
		if err != nil {
			return err
		}
		if v.PlanNumber > 0 {
			about = "plan"
		}
	}
	if about == "plan" {
		if p.PlanNumber, err = rm.Plans.PutUp(r.Ctx(), r.Who(), id, plan.ToDecision, reason); err != nil {
			return r.Refused(err, rm.New)
		}
	}
	did, err := "", error(nil)
	if after != "" {
		did, err = rm.Decisions.Succeed(r.Ctx(), r.Who(), id, after, p)
	} else {
		did, err = rm.Decisions.Open(r.Ctx(), r.Who(), id, p)
	}
	if err != nil {
		return r.Refused(err, rm.New)
	}
	if about == "plan" {
		return r.Said("/trajectories/"+id+"/plan#standing", "decision_opened")
	}
	return r.Said(at(id)+"/"+did, "decision_opened")
}
