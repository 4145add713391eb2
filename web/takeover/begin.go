package takeover

import (
	"slices"

	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
	"leerkring/web/ui"
)

// beginPage is where a trajectory begins with a plan that is there already.
type beginPage struct {
	r      *room.Request
	Ways   []ui.Option
	Pack   *method.Pack // the way of working, once there is a look
	Look   *look
	File   ui.Field
	Text   ui.Field
	Title  ui.Field
	About  ui.Field
	Stages []ui.Option
	Teams  []ui.Option
}

// begins are the ways of working that have a plan, the common ones as the library has them.
func begins(r *room.Request) ([]*method.Pack, error) {
	if err := atSchool(r); err != nil {
		return nil, err
	}
	library, err := r.Library()
	if err != nil {
		return nil, err
	}
	var out []*method.Pack
	for _, p := range append(library.Often(), library.List()...) {
		if !slices.Contains(out, p) && p.Begins() == method.BeginsTrajectory && p.Uses("plan") {
			out = append(out, p)
		}
	}
	return out, nil
}

// New is the page before anything was chosen.
func (rm *Room) New(r *room.Request) error { return rm.begin(r, nil, nil, takeover.Proposal{}) }

func (rm *Room) begin(r *room.Request, s *sent, l *look, proposal takeover.Proposal) error {
	packs, err := begins(r)
	if err != nil {
		return err
	}
	chosen := r.R.URL.Query().Get("method")
	if r.Typed != nil {
		chosen = r.Typed.Typed("method")
	}
	p := beginPage{r: r, Look: l}
	for _, x := range packs {
		p.Ways = append(p.Ways, ui.Option{Value: x.ID, Text: r.Pack(x.Name), On: x.ID == chosen})
		if x.ID == chosen {
			p.Pack = x
		}
	}
	p.File, p.Text = fields(r, s)
	if l != nil {
		if p.Pack == nil {
			return errs.Absent()
		}
		title, question := titleOf(proposal)
		if err := rm.start(&p, title, question); err != nil {
			return err
		}
	}
	h := r.Head(r.T.T("takeover.new_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("trajectory.list_title"), Href: "/trajectories"}, {Text: r.T.T("trajectory.begin_title"), Href: "/trajectories/new"}}
	h.Lead = r.T.T("takeover.new_lead")
	r.Style(&h, "bring")
	return r.Page(h, begin(p))
}

// titleOf are the title and the question that a text has itself.
func titleOf(p takeover.Proposal) (title, question string) {
	for _, l := range p.Lines {
		if l.To == takeover.Question {
			return p.Title, l.Text
		}
	}
	return p.Title, ""
}

// start asks what a trajectory begins with: as typed, else as the text says it.
func (rm *Room) start(p *beginPage, title, question string) error {
	r := p.r
	typed := func(name, kept string) ui.Field {
		f := ui.Field{Name: name, Value: kept, Error: r.Error(name)}
		if r.Typed.Has(name) {
			f.Value = r.Typed.Typed(name)
		}
		return f
	}
	p.Title = typed("title", title)
	p.Title.Label, p.Title.Max = r.T.T("trajectory.title_label"), 100
	p.About = typed("question", question)
	p.About.Label, p.About.Hint, p.About.Max, p.About.Rows, p.About.Voice = r.T.T("trajectory.question_label"), r.T.T("trajectory.question_hint"), 400, 2, true
	if p.Pack.HasPhases() {
		at := r.Typed.Typed("stage")
		for _, s := range p.Pack.Stages {
			p.Stages = append(p.Stages, ui.Option{Value: s.ID, Text: r.Pack(s.Name), On: s.ID == at})
		}
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), r.School().ID)
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: r.Typed.Chosen("teams", t.ID)})
	}
	return err
}

func (rm *Room) newDesk() firstlook.Desk[sent] {
	return firstlook.Desk[sent]{May: atSchool, Read: readNew, Page: rm.New, Look: rm.lookNew}
}

// atSchool refuses who works at no school: a trajectory begins at one.
func atSchool(r *room.Request) error {
	if len(r.Known.Schools) == 0 {
		return errs.Absent()
	}
	return nil
}

// LookNew tells what a trajectory would begin with; nothing is written.
func (rm *Room) LookNew(r *room.Request) error { return rm.newDesk().LookAt(r) }

// readNew reads the plan, and the way of working that it comes with.
func readNew(r *room.Request) (sent, error) {
	s, err := read(r)
	packs, failed := begins(r)
	if failed != nil {
		return s, failed
	}
	way := r.Form().Line("method", 60)
	for _, p := range packs {
		if p.ID == way {
			return s, err
		}
	}
	return s, errs.Join(err, errs.Invalid("trajectory.method_unknown").On("method"))
}

func (rm *Room) lookNew(r *room.Request, s sent) error {
	proposal, err := propose(s, r.Today())
	if err != nil {
		return r.Refused(err, rm.New)
	}
	lines := takeover.Settle(proposal.Lines, terms(s))
	return rm.begin(r, &s, lookOf(r, s, lines, true), proposal)
}

func terms(s sent) takeover.Terms {
	return takeover.Terms{Begins: true, Stands: plan.Standing{Draft: true}, Choices: s.Choices}
}

// Begin makes the trajectory with its plan, in the stage that was chosen.
func (rm *Room) Begin(r *room.Request) error {
	return rm.newDesk().Do(r, func(s sent) error { return rm.beginWith(r, s) })
}

func (rm *Room) beginWith(r *room.Request, s sent) error {
	if !s.Looked {
		return rm.lookNew(r, s)
	}
	f := r.Form()
	st := trajectory.Start{
		SchoolID: r.School().ID, MethodID: f.Line("method", 60), Title: f.Line("title", 200), Question: f.Text("question", 2000),
		StageID: f.Line("stage", 60), TeamIDs: f.IDs("teams", 100), Open: !f.Bool("closed"),
	}
	if f.Bool("asks_stage") && st.StageID == "" {
		f.Refuse("stage", "takeover.stage_missing")
	}
	if err := f.Err(); err != nil {
		return rm.newDesk().Again(r, s, err)
	}
	proposal, err := propose(s, r.Today())
	if err != nil {
		return r.Refused(err, rm.New)
	}
	lines := takeover.Settle(proposal.Lines, terms(s))
	id, out, err := rm.Plans.BeginFrom(r.Ctx(), r.Who(), st, takeover.Paper(proposal.Title, lines))
	switch {
	case err != nil:
		return rm.newDesk().Again(r, s, err)
	case out.Beside > 0:
		return r.Said(planPath(id)+"#beside", "plan_begun_beside")
	}
	return r.Said(planPath(id), "plan_begun_whole")
}
