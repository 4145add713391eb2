package session

import (
	"net/http"
	"slices"
	"strings"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// Read is what was read of a session for one person: its page is made of this and of nothing else.
type Read struct {
	View         session.View
	Drafts       map[string]writing.Body
	Wall         session.Wall
	Trajectories []trajectory.Seen      // the person's own, where words can go
	Takers       map[string][]ui.Option // who can take on what was let go, by trajectory
	More         []ui.Option            // colleagues who can still be asked
	Programme    session.Programme
	Process      session.Process
	Big          bool
}

// Show is the page of a session: waiting for each other, then live on every phone, then what is
// left of it.
func (rm *Room) Show(r *room.Request) error {
	p, err := rm.open(r)
	if err != nil {
		return err
	}
	x := Read{View: p.V, Drafts: p.drafts}
	switch p.stands() {
	case atWall:
		x.Wall, err = rm.Sessions.Wall(r.Ctx(), p.V.Seen)
	case isClosed:
		if x.Trajectories, err = rm.Trajectories.Mine(r.Ctx(), r.Who()); err == nil {
			x.Takers, err = rm.takers(r, p.V, x.Trajectories)
		}
		if err == nil {
			x.Process, err = rm.Sessions.Process(r.Ctx(), p.V.Seen)
		}
	case waits:
		if p.V.Hosts() && !p.V.State.Over() {
			x.More, err = rm.colleagues(r, p)
		}
	}
	if err != nil {
		return err
	}
	return Page(r, x)
}

// Board is a running session on the big screen: large, for everybody in the room.
func (rm *Room) Board(r *room.Request) error {
	p, err := rm.open(r)
	if err != nil {
		return err
	}
	if !p.V.There() || p.V.State != session.Running {
		return r.Go(p.Path)
	}
	x := Read{View: p.V, Drafts: p.drafts, Big: true}
	if session.HasWall(p.V.Pack) {
		if x.Wall, err = rm.Sessions.Wall(r.Ctx(), p.V.Seen); err != nil {
			return err
		}
	}
	return Page(r, x)
}

// stand is which of its pages a session shows to somebody.
type stand int

const (
	waits stand = iota
	atWall
	inHall
	isClosed
)

func (p *circlePage) stands() stand {
	running := p.V.State == session.Running
	switch {
	case running && session.HasWall(p.V.Pack) && (p.V.There() || p.V.Team != trajectory.NoOne):
		return atWall
	case running && p.V.There():
		return inHall
	case p.V.State == session.Closed && (p.V.There() || p.V.Circle != method.CircleClosed):
		return isClosed
	}
	return waits
}

// Page shows a session as it was read.
func Page(r *room.Request, x Read) error {
	p := circle(r, x.View, x.Drafts)
	h := p.head()
	switch p.stands() {
	case atWall:
		return wallOf(r, p, x.Wall)
	case inHall:
		p.Big = x.Big
		h.Heading, h.LiveKind = "", "running"
		h.Title = p.r.T.T("session.step_title", "step", p.stepName(p.V.At()), "method", p.title())
		return r.Render(statusOf(r), ui.HallPage(h, p.hall(), live(p)))
	case isClosed:
		h.LiveKind, h.Lead = "closed", p.when()
		return r.Page(h, closed(&closedPage{circlePage: p, Trajectories: x.Trajectories, Takers: x.Takers, Process: x.Process}))
	}
	h.LiveKind, h.Lead = "waiting", p.when()
	return r.Page(h, waiting(&waitingPage{circlePage: p, More: x.More}))
}

// statusOf is 200, or that of the refusal for a form that comes back.
func statusOf(r *room.Request) int {
	if r.Err != nil {
		return page.Status(r.Err)
	}
	return http.StatusOK
}

// hall is the frame of a running session.
func (p *circlePage) hall() ui.Hall {
	where := p.r.T.T("session.with_n", "method", p.title(), "n", len(p.V.People.There()))
	if p.V.Title != "" {
		where = p.r.T.T("session.about_n", "method", p.title(), "about", p.V.Title)
	}
	return ui.Hall{Where: where, Tools: hallTools(p), Foot: hallFoot(p), Big: p.Big}
}

type waitingPage struct {
	*circlePage
	More []ui.Option // colleagues who can still be asked
}

// colleagues are the people who can be asked and are not yet.
func (rm *Room) colleagues(r *room.Request, p *circlePage) ([]ui.Option, error) {
	staff, _, err := rm.Schools.People(r.Ctx(), r.Who(), p.V.SchoolID)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, x := range staff {
		if _, asked := p.V.People.Find(x.ID); !asked {
			out = append(out, ui.Option{Value: x.ID, Text: x.Name, On: r.WasOn("people", x.ID, false)})
		}
	}
	return out, nil
}

// crowd reports whether so many are asked that a list of all of them would hide who is in.
func (p *waitingPage) crowd() bool { return len(p.V.People) > 12 }

// awaited are those of a crowd who are asked and not in, by name.
func (p *waitingPage) awaited() session.Circle {
	var out session.Circle
	for _, x := range p.V.People {
		if x.State != session.In {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b session.Person) int { return strings.Compare(p.name(a.PersonID), p.name(b.PersonID)) })
	return out
}

// lacks says what is still missing before it can begin, "" when nothing is.
func (p *waitingPage) lacks() string {
	g := p.V.Pack.Session.Group
	if n := len(p.V.People.There()); n < g.Min {
		return p.r.T.T("session.waits_for", "n", g.Min-n)
	}
	return ""
}

// roles are the roles that can be taken.
func (p *waitingPage) roles() []method.Role {
	var out []method.Role
	for _, x := range p.V.Pack.Roles {
		if x.ID != method.RoleHost && x.ID != session.RoleOrganiser { // see the programme: who organises reads more
			out = append(out, x)
		}
	}
	return out
}

// held is who has a role, "" when nobody does.
func (p *waitingPage) held(role string) string {
	for _, x := range p.V.People.With(role) {
		if x.State != session.Out {
			return x.PersonID
		}
	}
	return ""
}

// holders are those who can have a role: who leads brings nothing in.
func (p *waitingPage) holders(role string) []ui.Option {
	held := p.held(role)
	out := []ui.Option{{Value: "", Text: p.r.T.T("session.role_open"), On: held == ""}}
	for _, x := range p.V.People {
		if x.State == session.Out || (role == method.RolePresenter && x.PersonID == p.V.HostID) {
			continue
		}
		out = append(out, ui.Option{Value: x.PersonID, Text: p.name(x.PersonID), On: x.PersonID == held})
	}
	return out
}

// rules are the lines that are read aloud at the start.
func (p *circlePage) rules() []string {
	var out []string
	for _, x := range p.V.Pack.Session.Rules {
		out = append(out, p.r.Pack(x.Text))
	}
	if len(out) == 0 {
		for _, key := range []string{"rule_here", "rule_first", "rule_work", "rule_pass"} {
			out = append(out, p.r.T.T("session."+key))
		}
	}
	return out
}

type closedPage struct {
	*circlePage
	Trajectories []trajectory.Seen
	Takers       map[string][]ui.Option
	Process      session.Process
}

// own is the form of a field in which somebody keeps their own step.
func (p *closedPage) own() []*method.Field {
	if !p.V.There() {
		return nil
	}
	var out []*method.Field
	for i := range p.V.Pack.Stages {
		for j := range p.V.Pack.Stages[i].Fields {
			if f := &p.V.Pack.Stages[i].Fields[j]; f.Becomes == method.HarvestIntention {
				out = append(out, f)
			}
		}
	}
	return out
}

// asks says whether an own card is asked after, "" when that moment has come or gone.
func (p *closedPage) asks(t session.Shown) string {
	switch {
	case !t.Asked:
		return p.r.T.T("session.card_not_asked")
	case p.r.Today() <= clock.On(p.V.ClosedAt, p.V.Zone):
		return p.r.T.T("session.card_asks")
	}
	from := (session.Card{Text: t.Text, Session: p.V.Session, Zone: p.V.Zone.String()}).TriedFrom()
	if p.r.Today() < from {
		return p.r.T.T("session.card_asked_on", "date", p.r.T.Date(from))
	}
	return ""
}

// minutes are what a team wrote, by field, in the order of the steps.
func (p *closedPage) minutes() []table {
	var out []table
	for i := range p.V.Pack.Stages {
		for j := range p.V.Pack.Stages[i].Fields {
			f := &p.V.Pack.Stages[i].Fields[j]
			if f.For == method.ForSelf || f.Becomes == method.HarvestIntention {
				continue
			}
			if texts := p.V.In(f.ID); len(texts) > 0 {
				out = append(out, table{Field: f, Texts: texts})
			}
		}
	}
	return out
}

// places are where words can go: the person's own trajectories, and the one that the session belongs
// to first.
func (p *closedPage) places() []ui.Option { return placesOf(p.Trajectories, p.V.TrajectoryID) }
