package trajectory

import (
	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Section is what another block adds to the stage page: its sources, its next moment.
// It makes a constant number of queries, and returns nil when it has nothing to show.
type Section func(r *room.Request, seen trajectory.Seen, facts trajectory.Facts) (templ.Component, error)

type showPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Pack     *method.Pack
	Stage    *method.Stage
	Visit    trajectory.Visit // the visit that is shown
	Earlier  bool             // looking back at a stage where the team is not now
	Wheel    ui.WheelOf
	Loops    []ui.LoopNote
	People   []ui.Person
	Leads    []string
	Tabs     []ui.Tab
	Sentence string
	Audience ui.Audience
	Before   string
	BeforeAt string

	Open     []question
	More     []question
	Came     string // the question that somebody comes back to
	CameMore bool   // it is behind «more questions»
	Card     *card
	Sections []templ.Component

	Gate     []criterion
	GateMore []criterion
	GateFor  string
	Steps    []step
	Next     string // what the button of a new round says; "" while there is a step to go to
	CanLead  bool
	CanCall  bool
	CanAdd   bool

	Fair    clock.Date // the day by which everybody in the group has had time to react
	AWeekOn clock.Date // and until when a round asks unless somebody says otherwise
}

// Show is the page where the team sees where it stands and what helps now.
func (rm *Room) Show(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	visits, err := rm.Trajectories.Visits(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	facts, err := rm.Trajectories.Facts(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &showPage{r: r, Seen: seen, Pack: pack, Tabs: Tabs(r, seen, "status"), Wheel: wheel(r, pack, seen, visits), Loops: loops(r, pack, visits)}
	p.stageShown(visits)
	p.rights()
	if err := rm.fairDays(p, people); err != nil {
		return err
	}
	if err := rm.rounds(p); err != nil {
		return err
	}
	for _, x := range people {
		p.People = append(p.People, ui.Person{Name: x.Name, Hue: x.Hue})
		if x.Role == trajectory.Lead {
			p.Leads = append(p.Leads, x.Name)
		}
	}
	p.Sentence, p.Audience = whoSees(r, seen, people)
	if err := rm.questions(p, visits, facts, people); err != nil {
		return err
	}
	if !p.Earlier {
		if err := rm.gateOf(p, facts); err != nil {
			return err
		}
		if err := rm.cardOf(p, facts); err != nil {
			return err
		}
		for _, section := range rm.Sections {
			c, err := section(r, seen, facts)
			if err != nil {
				return err
			}
			if c != nil {
				p.Sections = append(p.Sections, c)
			}
		}
	}
	h := head(r, seen, seen.Title)
	h.Heading, h.Crumbs = "", nil
	return r.Page(h, show(p))
}

// stageShown picks the stage that the page is about: the present one, or an earlier one
// that somebody looks back at.
func (p *showPage) stageShown(visits []trajectory.Visit) {
	want := p.r.R.URL.Query().Get("stage")
	for _, v := range visits {
		if v.ID == p.Seen.VisitID {
			p.Visit = v
		}
	}
	if want != "" && want != p.Seen.StageID {
		for _, v := range visits {
			if v.StageID == want {
				p.Visit, p.Earlier = v, true
			}
		}
	}
	p.Stage, _ = p.Pack.Stage(p.Visit.StageID)
	if p.Visit.Move == trajectory.MoveBefore {
		p.Before, p.BeforeAt = p.Visit.Reason, p.Visit.Link
	}
}

// rights are what the person asking may do here now.
func (p *showPage) rights() {
	seen := p.Seen
	p.CanLead = seen.May(access.Lead, access.Trajectory, "") && !p.Earlier
	p.CanCall = seen.May(access.Edit, access.Trajectory, "") && !p.Earlier
	p.CanAdd = seen.May(access.Create, access.Contribution, seen.Who.ID) && !p.Earlier && seen.State == trajectory.Active
}

// visitShown picks the visit that a question's page is about; the present one when the
// address names none that is known.
func (p *showPage) visitShown(visits []trajectory.Visit, want string) {
	for _, v := range visits {
		if v.ID == want || (p.Visit.ID == "" && v.ID == p.Seen.VisitID) {
			p.Visit = v
		}
	}
	p.Earlier = p.Visit.ID != p.Seen.VisitID
}

func (rm *Room) gateOf(p *showPage, facts trajectory.Facts) error {
	calls, err := rm.Trajectories.Calls(p.r.Ctx(), rm.Trajectories.DB(), p.Seen)
	if err != nil {
		return err
	}
	p.Gate, p.GateMore = gate(p.r, trajectory.Gate(p.Stage, facts, calls))
	p.Steps = steps(p.r, p.Pack, p.Seen)
	for _, s := range p.Steps {
		if s.Move == string(trajectory.MoveForward) {
			p.GateFor = s.Name
		}
	}
	return nil
}

func (p *showPage) gateTitle() string {
	if p.GateFor == "" {
		return p.r.T.T("trajectory.gate_title_last")
	}
	return p.r.T.T("trajectory.gate_title", "stage", p.GateFor)
}

// hasMore reports whether the stage has something behind «more».
func (p *showPage) hasMore() bool {
	s := p.Stage
	return len(s.Activities)+len(s.Checklists)+len(s.Notes)+len(s.Resources)+len(s.Artefacts)+len(p.Pack.Roles)+len(p.Pack.Notes) > 0
}

// History shows what the group did: stages, and what went before.
func (rm *Room) History(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	visits, err := rm.Trajectories.Visits(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := historyPage{r: r, Seen: seen, Tabs: Tabs(r, seen, "history"), Of: len(pack.Stages)}
	for i := len(visits) - 1; i >= 0; i-- {
		v := visits[i]
		row := historyRow{Stage: stageName(r, pack, v.StageID), Href: "/trajectories/" + id + "?stage=" + v.StageID + "#stage", Reason: v.Reason, Link: v.Link}
		if s, ok := pack.Stage(v.StageID); ok {
			row.Number = s.Number
		}
		row.Text = r.T.T("trajectory.history_" + string(v.Move))
		if v.Move != trajectory.MoveBefore {
			row.When = r.T.Date(r.T.Day(v.EnteredAt))
		}
		p.Rows = append(p.Rows, row)
	}
	h := head(r, seen, r.T.T("trajectory.history_title"))
	h.Lead = r.T.T("trajectory.history_lead")
	return r.Page(h, history(p))
}

type historyPage struct {
	r    *room.Request
	Seen trajectory.Seen
	Tabs []ui.Tab
	Of   int
	Rows []historyRow
}

type historyRow struct {
	Number                          int
	Stage, Href, When, Text, Reason string
	Link                            string
}

// stateLook is how a state that is not under way looks: what is secured is good news.
func stateLook(s trajectory.State) (ui.Tone, string) {
	switch s {
	case trajectory.Done:
		return ui.Good, "anchor"
	case trajectory.Stopped:
		return ui.Calm, "circle-stop"
	}
	return ui.Calm, "circle-pause"
}
