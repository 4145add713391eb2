package plan

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// showPage is the plan as it stands, with what is going on about it.
type showPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Base     string
	Tabs     []ui.Tab
	Plan     plan.Page
	Paper    *paper // nil while nothing is written
	Quick    *quickForm
	Mistakes []ui.Mistake

	Authors  []ui.Person
	Sentence string
	Audience ui.Audience
	Stage    stageNow
	Version  versionLine
	Steps    []ui.Step
	Decision decided
	Lead     *leadPart
}

// stageNow is where the team is in its method.
type stageNow struct {
	Number, Of int
	Name       string
}

// decided is the decision about the plan: the one that runs, else the last that ended.
type decided struct {
	Running        bool
	Number         int // the version that it is about
	Href, Said     string
	All            string     // where all decisions are; "" while there are none
	Moved          bool       // the plan moved on since the version that people are asked about
	Until          clock.Date // until when people are asked
	Standing, Form templ.Component
}

// versionLine says which version one is reading.
type versionLine struct {
	Name, Reason, DecidedBy string
	Compare, CompareText    string
	Since, SinceHref        string // what changed after it
	All                     string
}

// Show is the page of the plan.
func (rm *Room) Show(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	p := &showPage{r: r, Seen: seen, Base: at(seen.ID), Tabs: trajectoryweb.Tabs(r, seen, "plan")}
	if p.Plan, err = rm.Plans.Page(r.Ctx(), q, seen); err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.Plan, people)
	if p.Stage, err = rm.stage(r, seen); err != nil {
		return err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "plan/")
	if err != nil {
		return err
	}
	if err := rm.decidedOf(p); err != nil {
		return err
	}
	p.Version = p.versionLine()
	p.Steps = p.steps()
	if empty(p.Plan) {
		if p.Plan.MayEdit {
			p.Quick = quick(r, seen.ID, drafts)
		}
	} else if err := rm.lay(p, people, drafts); err != nil {
		return err
	}
	p.Mistakes = p.mistakes()
	h := trajectoryweb.Head(r, seen, r.T.T("plan.title_of", "title", seen.Title))
	h.Heading, h.Crumbs = "", nil
	r.Style(&h, "plan")
	return r.Page(h, show(p))
}

func (rm *Room) reach(r *room.Request) (trajectory.Seen, error) {
	id, err := r.ID("id")
	if err != nil {
		return trajectory.Seen{}, err
	}
	return rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
}

func (rm *Room) stage(r *room.Request, seen trajectory.Seen) (stageNow, error) {
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), seen.Trajectory)
	if err != nil {
		return stageNow{}, err
	}
	s, ok := pack.Stage(seen.StageID)
	if !ok {
		return stageNow{}, nil
	}
	return stageNow{Number: s.Number, Of: len(pack.Stages), Name: r.Pack(s.Name)}, nil
}

// empty reports whether nothing stands in the plan.
func empty(p plan.Page) bool {
	items := len(p.Goals) + len(p.Actions) + len(p.Core) + len(p.Room) + len(p.Hearings) + len(p.Looks)
	return items == 0 && p.Plan.Head == plan.Head{} && len(p.Versions) == 0
}

// lay makes the paper with its margins, and what the lead can do with it.
func (rm *Room) lay(p *showPage, people []trajectory.Participant, drafts draftsOf) error {
	x := reader{r: p.r, seen: p.Seen, base: p.Base, page: p.Plan, live: true}
	var err error
	if x.cited, err = rm.cite(p.r, p.Seen, p.Plan); err != nil {
		return err
	}
	needs, err := rm.needs(p.r, p.Seen)
	if err != nil {
		return err
	}
	p.Paper = x.paper(needs)
	p.Authors = x.authors()
	if err := rm.margins(x, p.Paper, people, drafts); err != nil {
		return err
	}
	if p.Plan.MayLead && !p.Decision.Running {
		p.Lead = p.leadPart()
	}
	return nil
}

func (rm *Room) needs(r *room.Request, seen trajectory.Seen) (templ.Component, error) {
	if rm.Needs == nil {
		return nil, nil
	}
	return rm.Needs(r, seen)
}

// decidedOf reads the decision about the plan, as far as the person asking may see it.
func (rm *Room) decidedOf(p *showPage) error {
	page, err := rm.Decisions.Page(p.r.Ctx(), rm.Trajectories.DB(), p.Seen)
	if err != nil {
		return err
	}
	if len(page.Views) > 0 {
		p.Decision.All = "/trajectories/" + p.Seen.ID + "/decisions"
	}
	v := page.AboutPlan()
	if v == nil {
		return nil
	}
	d := &p.Decision
	d.Running, d.Number, d.Href = !v.Closed(), v.PlanNumber, "/trajectories/"+p.Seen.ID+"/decisions/"+v.ID
	if v.Closed() {
		d.Said = p.r.T.T("plan.decided", "version", v.PlanNumber, "outcome", p.r.T.T("decision.outcome_"+string(v.End.Outcome)), "date", dayOf(p.r, p.r.T.Day(v.End.At)))
		return nil
	}
	d.Moved = v.PlanNumber == p.Plan.Last().Number && len(p.Plan.Changes) > 0 || v.PlanNumber < p.Plan.Last().Number
	d.Until = v.ClosesOn
	d.Standing, d.Form, err = rm.Deciding(p.r, p.Seen, page, *v)
	return err
}

// steps is the way from concept to settled.
func (p *showPage) steps() []ui.Step {
	var out []ui.Step
	for _, s := range p.Plan.Plan.Steps() {
		step := ui.Step{Name: p.r.T.T("plan.state_" + string(s.State))}
		if !s.At.IsZero() {
			step.Note = dayOf(p.r, p.r.T.Day(s.At))
		}
		switch {
		case s.Done:
			step.Passage = ui.Past
		case s.Now:
			step.Passage = ui.Here
		}
		if s.State == plan.ToDecision && p.Decision.Running {
			step.Note = p.r.T.T("plan.until", "day", dayOf(p.r, p.Decision.Until))
		}
		out = append(out, step)
	}
	return out
}

func (p *showPage) versionLine() versionLine {
	t := func(key string, args ...any) string { return p.r.T.T("plan."+key, args...) }
	last := p.Plan.Last()
	if last.Number == 0 {
		return versionLine{Name: t("version_none")}
	}
	v := versionLine{Name: t("version_of", "number", last.Number, "date", dayOf(p.r, p.r.T.Day(last.MadeAt))), Reason: last.Reason, All: p.Base + "/versions"}
	if last.DecidedBy != "" {
		v.DecidedBy = t("decided_by", "who", strings.TrimRight(last.DecidedBy, "."))
	}
	if last.Number > 1 {
		v.Compare, v.CompareText = compareHref(p.Base, last.Number-1, last.Number), t("compare_with", "number", last.Number-1)
	}
	if n := len(p.Plan.Changes); n > 0 {
		v.Since, v.SinceHref = t("since", "n", n, "number", last.Number), compareHref(p.Base, last.Number, 0)
	}
	return v
}

// mistakes lead from the summary to the field that was refused, wherever it stands.
func (p *showPage) mistakes() []ui.Mistake {
	r := p.r
	list := r.Mistakes()
	if r.Err == nil || r.Typed == nil || p.Quick != nil {
		return list
	}
	id := ""
	if sec := r.Typed.Typed("section"); slices.Contains(sections, sec) {
		id = "remark-" + sec
	}
	if said := r.Path("remark"); said != "" {
		id = "reply-" + said
	}
	for i := range list {
		if id != "" {
			list[i].Field = id
		}
	}
	return list
}

// onPaper offers the plan and its poster to take along.
func (p *showPage) onPaper() templ.Component {
	if !p.Seen.May(access.Export, access.Plan, "") {
		return p.r.OnPaper("", p.r.T.T("plan.on_paper"))
	}
	return p.r.OnPaper(p.Base+"/paper", p.r.T.T("plan.on_paper"), ui.Link{Text: p.r.T.T("paper.poster"), Href: p.Base + "/poster"})
}

// leadPart is what the lead can do with the plan now.
type leadPart struct {
	Text      string
	AskHref   string // the form of a decision
	AskText   string
	AskFirst  bool // asking for a decision is the step that comes now
	TalkText  string
	Adjust    bool
	NeedsWhy  bool // something changed since the last version: say what
	Open      bool // its form came back
	Reason    ui.Field
	DecidedBy ui.Field
}

func (p *showPage) leadPart() *leadPart {
	r, t := p.r, func(key string, args ...any) string { return p.r.T.T("plan."+key, args...) }
	state := p.Plan.Plan.State
	changed := len(p.Plan.Changes) > 0
	l := &leadPart{Text: t("lead_" + string(state)), AskHref: "/trajectories/" + p.Seen.ID + "/decisions/new?about=plan", AskText: t("ask_decision"), NeedsWhy: changed}
	l.Open = r.Err != nil && r.Typed != nil && (r.Typed.Has("reason") || r.Typed.Has("decided_by"))
	l.Reason = r.Field("reason", "plan.reason", "")
	l.Reason.Voice, l.Reason.Rows, l.Reason.Max = true, 2, 600
	switch state {
	case plan.Concept:
		l.TalkText = t("talk")
	case plan.Discussed, plan.ToDecision:
		l.AskFirst = true
		if changed {
			l.TalkText = t("talk_again")
		}
	case plan.Settled:
		if !changed {
			l.Text, l.AskHref = t("lead_settled_same"), ""
			break
		}
		l.Adjust, l.AskText = true, t("ask_change")
		l.DecidedBy = r.Field("decided_by", "plan.decided_by_label", "")
		l.DecidedBy.Hint, l.DecidedBy.Max = t("decided_by_hint"), 120
		l.Reason.Label = t("adjust_reason_label")
	}
	return l
}
