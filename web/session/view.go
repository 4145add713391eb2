package session

import (
	"strconv"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// circlePage is what all pages of one session show.
type circlePage struct {
	r      *room.Request
	V      session.View
	Path   string
	Big    bool // on the big screen: nothing that is somebody's own
	names  map[string]string
	drafts map[string]writing.Body
}

// open reads the session of the address.
func (rm *Room) open(r *room.Request) (*circlePage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	v, err := rm.Sessions.View(r.Ctx(), r.Who(), id)
	if err != nil {
		return nil, err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, session.DraftKey(id, ""))
	return circle(r, v, drafts), err
}

// circle is what all pages of one session are made of.
func circle(r *room.Request, v session.View, drafts map[string]writing.Body) *circlePage {
	p := &circlePage{r: r, V: v, Path: "/sessions/" + v.ID, names: map[string]string{}, drafts: drafts}
	firsts := map[string]int{}
	for _, x := range v.People {
		firsts[school.FirstName(x.Name)]++
	}
	for _, x := range v.People {
		p.names[x.PersonID] = x.Name
		if first := school.FirstName(x.Name); firsts[first] == 1 {
			p.names[x.PersonID] = first
		}
	}
	return p
}

// name is what the circle calls somebody.
func (p *circlePage) name(id string) string {
	if n := p.names[id]; n != "" {
		return n
	}
	return p.r.T.T("session.somebody")
}

func (p *circlePage) person(id string) ui.Person {
	x, _ := p.V.People.Find(id)
	return ui.Person{Name: p.name(id), Initials: ui.InitialsOf(x.Name), Hue: x.Hue}
}

// role is the name of somebody's role in the present step, "" for taking part.
func (p *circlePage) role(id string) string {
	return p.roleName(p.V.RoleOf(p.V.Pack, p.V.People, p.V.At(), id))
}

func (p *circlePage) roleName(role string) string {
	for _, x := range p.V.Pack.Roles {
		if x.ID == role {
			return p.r.Pack(x.Name)
		}
	}
	return ""
}

// title is the name of the method; about is what this time is about.
func (p *circlePage) title() string { return p.r.Pack(p.V.Pack.Name) }

func (p *circlePage) day() clock.Date { return clock.On(p.V.HeldAt(), p.V.Zone) }

// when is day, time and place in one line.
func (p *circlePage) when() string {
	text := p.r.T.T("session.when_line", "date", p.r.T.Date(p.day()), "hours", p.r.T.Range(p.V.HeldAt(), p.V.HeldAt().Add(session.Total(p.V.Steps()))))
	if p.V.Place != "" {
		text += ", " + p.V.Place
	}
	return text
}

// head begins the head of a page of a session.
func (p *circlePage) head() ui.PageHead {
	h := p.r.Head(p.title(), "")
	h.Crumbs = []ui.Link{{Text: p.r.T.T("session.list_title"), Href: "/sessions"}}
	h.Live = "/live/sessions/" + p.V.ID
	h.LiveNote = p.r.T.T("session.live_note")
	p.r.Style(&h, "session")
	return h
}

// circle is the line about who reads what is written in a field of a closed circle or a team.
func (p *circlePage) sees(f *method.Field) (string, ui.Audience) {
	who := p.V.Who
	n := len(p.V.People.There())
	switch {
	case f.For == method.ForSelf:
		return p.r.Sees(access.VisibleTo(access.Object{Kind: access.PrivateNote, BoardID: p.V.BoardID, OwnerID: who.ID}, access.Audience{}))
	case f.For == method.ForPresenter:
		if presenter := p.V.Presenter(); presenter != "" && presenter != who.ID {
			x, _ := p.V.People.Find(presenter)
			return p.r.Sees(access.VisibleTo(access.Object{Kind: access.PrivateNote, BoardID: p.V.BoardID, OwnerID: who.ID, SharedWithMe: false}, access.Audience{Shared: []string{p.name(presenter)}, SharedLeads: x.Leads}))
		}
	case p.V.Circle != method.CircleClosed:
		return p.r.T.T("session.sees_team"), ui.Group
	}
	kind := access.SessionNote
	if f.By == method.RolePresenter {
		kind = access.IntervisionCase
	}
	return p.r.Sees(access.VisibleTo(access.Object{Kind: kind, BoardID: p.V.BoardID, OwnerID: who.ID, MyRole: access.AsMember, PresentFromStart: true}, access.Audience{Circle: n}))
}

// reveal says when a field is read, "" for at once.
func (p *circlePage) reveal(f *method.Field) string {
	switch {
	case f.For == method.ForSelf:
		return ""
	case f.Reveal == method.RevealAllIn:
		return p.r.T.T("session.reveal_all_in")
	case f.Reveal == method.RevealLater:
		if s, ok := p.V.Pack.Stage(f.Opens); ok {
			return p.r.T.T("session.reveal_later", "step", p.r.Pack(s.Name))
		}
	}
	return ""
}

// ring is the clock: every step with its minutes, and how much of the present one is left.
func (p *circlePage) ring() ui.Clock {
	steps := p.V.Steps()
	c := ui.Clock{Now: p.V.Now, Current: p.V.Step}
	for i, s := range steps {
		minutes := int(s.Length() / time.Minute)
		if i == p.V.Step && p.V.State == session.Running {
			minutes += p.V.Extra / 60
		}
		c.Minutes = append(c.Minutes, max(1, minutes))
	}
	c.Above = p.r.T.T("session.step_of", "n", p.V.Step+1, "of", len(steps))
	c.Below = p.r.T.T("session.left_here")
	if p.V.State != session.Running {
		c.Current = -1
		c.Says = p.r.T.T("session.clock_rests")
		return c
	}
	c.Left = p.V.Left(steps, p.V.Now)
	says := func(minutes any) string {
		return p.r.T.T("session.clock_says", "n", p.V.Step+1, "of", len(steps), "minutes", minutes)
	}
	c.Late = p.r.T.T("session.late_here")
	c.Says = says(max(0, int((c.Left+time.Minute-1)/time.Minute)))
	if p.V.PausedAt.IsZero() && session.At(steps, p.V.Step).Length() > 0 {
		c.Started, c.Running = p.V.StepAt, says("{minutes}")
		return c
	}
	c.Below, c.Late = p.r.T.T("session.paused"), ""
	if session.At(steps, p.V.Step).Length() == 0 {
		c.Below = p.r.T.T("session.no_clock")
	}
	return c
}

// hard reports whether the present step ends by itself: the page then looks again.
func (p *circlePage) hard() bool {
	return p.V.State == session.Running && p.V.At().Stage.Live.Timer == method.TimerHard
}

// stepName is the name of a step, with its round when it comes more often.
func (p *circlePage) stepName(s session.Step) string {
	name := p.r.Pack(s.Stage.Name)
	if s.Lap > 0 && p.V.Laps > 1 {
		return p.r.T.T("session.step_lap", "name", name, "n", s.Lap)
	}
	return name
}

// newStep says to who hears the page which step this is, and how long it takes.
func (p *circlePage) newStep() string {
	at := p.V.At()
	if at.Length() == 0 {
		return p.r.T.T("session.say_step", "step", p.stepName(at))
	}
	return p.r.T.T("session.say_step_minutes", "step", p.stepName(at), "n", int(at.Length()/time.Minute))
}

// saysTurn says the same of whose turn it is, "" when nobody's.
func (p *circlePage) saysTurn() string {
	switch of := p.V.Floor.Of; of {
	case "":
		return ""
	case p.V.Who.ID:
		return p.r.T.T("session.say_turn_you")
	default:
		return p.r.T.T("session.say_turn", "name", p.name(of))
	}
}

// next is the step that comes after the present one, nil at the end.
func (p *circlePage) next() *session.Step {
	steps := p.V.Steps()
	if p.V.Step+1 >= len(steps) {
		return nil
	}
	return &steps[p.V.Step+1]
}

// here are the values that every form sends along: the step that it was made in.
func (p *circlePage) here(pairs ...ui.Pair) []ui.Pair {
	pairs = append(pairs, ui.Pair{Name: "step", Value: strconv.Itoa(p.V.Step)})
	if p.Big {
		pairs = append(pairs, ui.Pair{Name: "from", Value: "board"})
	}
	return p.r.Hidden(pairs...)
}

// writable are the fields of the present step that the person asking writes in.
func (p *circlePage) writable() []*method.Field {
	if p.V.State != session.Running || p.Big {
		return nil
	}
	stage := p.V.At().Stage
	var out []*method.Field
	for i := range stage.Fields {
		if p.V.Writes(p.V.Pack, p.V.People, &stage.Fields[i], p.V.Step, p.V.Who.ID) {
			out = append(out, &stage.Fields[i])
		}
	}
	return out
}

// beforehand are the fields that somebody may fill in before the session, such as the ending of
// their story.
func (p *circlePage) beforehand() []*method.Field {
	var out []*method.Field
	steps := p.V.Steps()
	for i, s := range steps {
		for j := range s.Stage.Fields {
			f := &s.Stage.Fields[j]
			if f.Reveal == method.RevealLater && f.By != "" && p.V.Writes(p.V.Pack, p.V.People, f, i, p.V.Who.ID) {
				out = append(out, f)
			}
		}
	}
	return out
}

// table is what lies on the table in the present step: fields of this step that are open, and
// fields of earlier steps that it shows again.
type table struct {
	Field *method.Field
	Texts []session.Shown
}

func (p *circlePage) onTable() []table {
	stage := p.V.At().Stage
	seen := map[string]bool{}
	var out []table
	add := func(f *method.Field) {
		if f == nil || seen[f.ID] {
			return
		}
		seen[f.ID] = true
		var texts []session.Shown
		for _, t := range p.V.In(f.ID) {
			if t.Mine && (f.For == method.ForSelf || p.writes(f) || p.Big && f.For != method.ForCircle && f.For != "") {
				continue // it stands in its own form, or is nobody else's business
			}
			if p.Big && (f.For == method.ForSelf || f.For == method.ForPresenter) {
				continue
			}
			texts = append(texts, t)
		}
		if len(texts) > 0 {
			out = append(out, table{Field: f, Texts: texts})
		}
	}
	for _, id := range stage.Live.Shows {
		_, f, _ := p.V.Pack.Field(id)
		add(f)
	}
	if id := stage.Live.Mark.Field; id != "" {
		_, f, _ := p.V.Pack.Field(id)
		add(f)
	}
	for i := range stage.Fields {
		add(&stage.Fields[i])
	}
	return out
}

// writes reports whether a field is one that the person writes in now.
func (p *circlePage) writes(f *method.Field) bool {
	for _, w := range p.writable() {
		if w.ID == f.ID {
			return true
		}
	}
	return false
}

// marks are the words that the person asking may put on a text of a field now.
func (p *circlePage) marks(f *method.Field) []ui.Option {
	m := p.V.At().Stage.Live.Mark
	if p.V.State != session.Running || m.Field != f.ID || !p.V.There() || p.Big {
		return nil
	}
	if m.By != "" && p.V.Mine() != m.By {
		return nil
	}
	if m.Votes > 0 {
		return []ui.Option{{Value: "vote", Text: p.r.T.T("session.vote")}}
	}
	var out []ui.Option
	for _, c := range m.Options {
		out = append(out, ui.Option{Value: c.ID, Text: p.r.Pack(c.Text)})
	}
	return out
}

// marked are the marks on a text in words.
func (p *circlePage) marked(t session.Shown) []string {
	var out []string
	for _, s := range p.V.Pack.Stages {
		m := s.Live.Mark
		if m.Field != t.Field.ID {
			continue
		}
		if n := t.Counts["vote"]; m.Votes > 0 && n > 0 {
			out = append(out, p.r.T.T("session.votes", "n", n))
		}
		for _, c := range m.Options {
			if t.Counts[c.ID] > 0 {
				out = append(out, p.r.Pack(c.Text))
			}
		}
	}
	return out
}

// choice is the word that somebody chose in a text.
func (p *circlePage) choice(t session.Shown) string {
	for _, c := range t.Field.Choices {
		if c.ID == t.Choice {
			return p.r.Pack(c.Text)
		}
	}
	return ""
}

// turn is one line of who has the word.
type turn struct {
	ID    string
	Who   ui.Person
	Note  string
	Was   bool
	Now   bool
	Rests bool // takes no turn in this step
}

// turns are the people in the order of this step.
func (p *circlePage) turns() []turn {
	f := p.V.Floor
	var out []turn
	line := func(id, note string) turn { return turn{ID: id, Who: p.person(id), Note: note} }
	listed := map[string]bool{}
	add := func(t turn) {
		if !listed[t.ID] {
			listed[t.ID] = true
			out = append(out, t)
		}
	}
	spoken := append([]string{}, f.Spoke...)
	for _, id := range spoken {
		if id != f.Of && !contains(f.Queue, id) {
			t := line(id, "")
			t.Was = true
			add(t)
		}
	}
	if f.Of != "" {
		t := line(f.Of, p.turnNote(f.Of))
		t.Now = true
		add(t)
	}
	for i, id := range f.Queue {
		note := ""
		if i == 0 {
			note = p.r.T.T("session.turn_next")
		}
		add(line(id, note))
	}
	return out
}

func contains(list []string, id string) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}

func (p *circlePage) turnNote(id string) string {
	if id == p.V.Who.ID {
		return p.r.T.T("session.turn_you")
	}
	return p.role(id)
}

// others says who leads and who answers or listens, in one line.
func (p *circlePage) others() string {
	live := p.V.At().Stage.Live
	var out []string
	say := func(key, id string) {
		switch id {
		case "":
		case p.V.Who.ID:
			out = append(out, p.r.T.T(key+"_you"))
		default:
			out = append(out, p.r.T.T(key, "name", p.name(id)))
		}
	}
	if !p.hostGone() {
		say("session.leads", p.V.HostID)
	}
	if live.Turns != method.TurnsOne {
		say("session.answers", p.V.Holding(p.V.Pack, p.V.People, p.V.At(), live.Speaker))
	}
	if silent := p.V.Holding(p.V.Pack, p.V.People, p.V.At(), live.Silent); live.Silent != "" && silent != "" {
		if live.Turned {
			say("session.turned", silent)
		} else {
			say("session.listens", silent)
		}
	}
	return strings.Join(out, " ")
}

// hostGone reports whether who leads went away: then somebody has to go on.
func (p *circlePage) hostGone() bool {
	host, ok := p.V.People.Find(p.V.HostID)
	return !ok || host.State == session.Out
}

// mayLead reports whether the person asking may take over: who brings something in does not, nor who
// leads people in a closed circle.
func (p *circlePage) mayLead() bool {
	return p.V.There() && !p.V.Hosts() && p.V.Me.Role != method.RolePresenter && !(p.V.Me.Leads && p.V.Circle == method.CircleClosed)
}

// ready is how many of those who write are done, in words; "" when nobody writes together.
func (p *circlePage) ready() string {
	stage := p.V.At().Stage
	if stage.Live.Turns != method.TurnsSilent && !writesTogether(stage) {
		return ""
	}
	f := &method.Field{}
	if len(stage.Fields) > 0 {
		f = &stage.Fields[0]
	}
	done, all := p.V.ReadyOf(p.V.Pack, p.V.People, f, p.V.Step)
	if all == 0 {
		return ""
	}
	if done == all {
		return p.r.T.T("session.all_ready")
	}
	return p.r.T.T("session.ready_of", "n", done, "of", all)
}

func writesTogether(stage *method.Stage) bool {
	for _, f := range stage.Fields {
		if f.Reveal == method.RevealAllIn {
			return true
		}
	}
	return false
}

// mayBeReady reports whether the person asking can say that they are done with writing.
func (p *circlePage) mayBeReady() bool { return p.ready() != "" && len(p.writable()) > 0 }

// iAmReady reports whether they did.
func (p *circlePage) iAmReady() bool { return contains(p.V.Floor.Done, p.V.Who.ID) }

// handUp reports whether the person asking stands in the queue.
func (p *circlePage) handUp() bool { return contains(p.V.Floor.Queue, p.V.Who.ID) }

// queues reports whether the person asking may raise a hand.
func (p *circlePage) queues() bool {
	live := p.V.At().Stage.Live
	return p.V.State == session.Running && live.Turns == method.TurnsQueue && p.V.There() && p.V.Mine() != live.Speaker && p.V.Floor.Of != p.V.Who.ID
}

// passes reports whether the person asking may end the present turn.
func (p *circlePage) passes() bool {
	f := p.V.Floor
	return f.Of != "" && p.V.At().Stage.Live.Turns != method.TurnsOne && p.V.There() && (f.Of == p.V.Who.ID || p.V.Hosts())
}

// filling is the form of a field: its own words, or what is being typed.
func (p *circlePage) filling(f *method.Field, kept *session.Shown) room.Filling {
	x := room.Filling{R: p.r, Form: "text-" + f.ID, ID: "t-" + f.ID + "-", Draft: p.drafts[session.DraftKey(p.V.ID, f.ID)], Kept: writing.Body{}}
	if kept != nil {
		x.Kept = writing.Body{"body": kept.Body, "choice": kept.Choice}
		x.Form += "-" + kept.ID
		x.ID += kept.ID + "-"
		x.Draft = nil
	}
	return x
}
