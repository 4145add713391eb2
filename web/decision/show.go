package decision

import (
	"strconv"

	"leerkring/block/decision"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// showPage is one decision as one person sees it.
type showPage struct {
	talk
	Tabs       []ui.Tab
	Crumbs     []ui.Link
	Mistakes   []ui.Mistake
	State      state
	Facts      []string
	Version    string // the version of the plan that it is about
	VersionIs  string
	React      *reactForm
	Objections []voiceView
	Wishes     []voiceView
	Agreed     []ui.Person
	Notes      []ui.Saying // what was said with a yes
	Unheard    []string
	Close      *closeForm
	Word       *wordForm
	Follow     string // the form of the next decision
	Before     string // the decision that this one follows
	After      string // the one that followed
}

// state is how far a decision is, in words.
type state struct {
	Tone       ui.Tone
	Icon, Text string
	Knowingly  string
	Subject    string
	Word       string // of the others who had to agree, once they were heard
	By         string
}

// closeForm ends a decision.
type closeForm struct {
	Action    string
	Set       ui.Set
	Reason    ui.Field
	Subject   ui.Field
	Who       ui.Field
	Knowingly string // why it has to be said knowingly; "" when it has not
	Error     string
	Said      bool
	Open      bool
}

// Show is the page of one decision.
func (rm *Room) Show(r *room.Request) error {
	p, err := rm.page(r)
	if err != nil {
		return err
	}
	h := r.Head(p.v.Title, "trajectories")
	h.Heading, h.Live = "", ""
	if len(p.Tabs) > 0 {
		h.Live = "/live/trajectories/" + p.id
	}
	r.Style(&h, "plan")
	return r.Page(h, show(p))
}

func (rm *Room) page(r *room.Request) (*showPage, error) {
	id, did, err := ids(r)
	if err != nil {
		return nil, err
	}
	v, page, err := rm.Decisions.One(r.Ctx(), r.Who(), id, did)
	if err != nil {
		return nil, err
	}
	p := &showPage{talk: talk{r: r, id: id, v: v, people: page.People}, Mistakes: mistakes(r)}
	q := rm.Trajectories.DB()
	if p.drafts, err = r.House.Drafts.Under(r.Ctx(), r.Who().ID, "decision/"); err != nil {
		return nil, err
	}
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	inside := err == nil
	if err != nil && !errs.IsAbsent(err) { // who was asked may answer in a trajectory that was closed to them
		return nil, err
	}
	var people []trajectory.Participant
	if inside {
		p.Tabs = trajectoryweb.Tabs(r, seen, "plan")
		p.Crumbs = []ui.Link{{Text: r.T.T("trajectory.list_title"), Href: "/trajectories"}, {Text: seen.Title, Href: "/trajectories/" + id}, {Text: p.t("list_title"), Href: at(id)}}
		if people, err = rm.Trajectories.Participants(r.Ctx(), q, seen); err != nil {
			return nil, err
		}
	}
	p.fill(inside, people)
	return p, nil
}

// mistakes lead from the summary to the field that was refused, wherever it stands.
func mistakes(r *room.Request) []ui.Mistake {
	list := r.Mistakes()
	reaction := r.Path("reaction")
	if reaction == "" {
		return list
	}
	places := map[string]string{"f-owner": "owner-", "f-due_on": "due-", "f-text": "answer-"}
	for i, m := range list {
		if at, ok := places[m.Field]; ok {
			list[i].Field = at + reaction
		}
	}
	return list
}

func (p *showPage) fill(inside bool, people []trajectory.Participant) {
	r, v := p.r, p.v
	p.State = p.state()
	p.Facts = []string{p.t("opened", "name", p.people[v.OpenedBy].Name, "date", r.T.Day(v.OpenedAt)), p.t("asked_" + string(v.Audience))}
	if !v.Closed() {
		p.Facts = append(p.Facts, p.t("takes", "n", v.Minutes))
	}
	if v.PlanNumber > 0 && inside {
		p.Version, p.VersionIs = "/trajectories/"+p.id+"/plan/versions/"+strconv.Itoa(v.PlanNumber), p.t("about_version", "number", v.PlanNumber)
	}
	if v.PredecessorID != "" {
		p.Before = at(p.id) + "/" + v.PredecessorID
	}
	if v.SuccessorID != "" {
		p.After = at(p.id) + "/" + v.SuccessorID
	}
	p.React = p.react("")
	for _, x := range v.Reactions {
		p.place(x, people)
	}
	for _, id := range v.Unheard {
		p.Unheard = append(p.Unheard, p.people[id].Name)
	}
	if v.MayClose {
		p.Close = p.closeForm()
	}
	if v.MayHear {
		p.Word = p.wordForm()
	}
	if v.MayFollow {
		p.Follow = at(p.id) + "/new?after=" + v.ID
	}
}

// place puts a reaction where it is read: what waits for an answer before what is settled.
func (p *showPage) place(x decision.Reaction, people []trajectory.Participant) {
	if x.Choice == decision.Agree {
		person := p.person(x.PersonID)
		p.Agreed = append(p.Agreed, person)
		if x.Text != "" {
			p.Notes = append(p.Notes, ui.Saying{Person: person, Text: x.Text, By: person.Name})
		}
		return
	}
	view := p.voice(x)
	p.forms(&view, x, people)
	list := &p.Wishes
	if x.Choice == decision.Objection {
		list = &p.Objections
	}
	*list = append(*list, view)
}

func (p *showPage) state() state {
	r, v := p.r, p.v
	if !v.Closed() {
		return state{Tone: ui.Fresh, Icon: "clock", Text: p.t("open_until", "day", v.ClosesOn)}
	}
	s := state{Text: p.t("outcome_" + string(v.End.Outcome)), Tone: ui.Calm, Icon: "undo-2", By: p.t("closed_by", "name", p.people[v.End.By].Name, "date", r.T.Day(v.End.At))}
	switch v.End.Outcome {
	case decision.Agreed:
		s.Tone, s.Icon = ui.Good, "anchor"
	case decision.AgreedSubjectTo:
		s.Tone, s.Icon = ui.Good, "calendar-clock"
		s.Subject = p.t("subject", "what", v.End.SubjectTo, "who", v.End.SubjectWho)
		switch {
		case v.Waits():
		case v.Word.Agreed:
			s.Text, s.Icon, s.Word = p.t("word_yes"), "anchor", p.t("word_said_yes", "date", r.T.Date(v.Word.On))
		default:
			s.Text, s.Tone, s.Icon, s.Word = p.t("word_no"), ui.Calm, "circle-slash", p.t("word_said_no", "date", r.T.Date(v.Word.On))
		}
	case decision.NotNow:
		s.Icon = "clock"
	case decision.No:
		s.Icon = "circle-slash"
	}
	if v.End.Knowingly {
		s.Knowingly = p.t("closed_knowingly")
	}
	return s
}

func (p *showPage) closeForm() *closeForm {
	r := p.r
	f := &closeForm{Action: p.base() + "/close", Error: r.Error("knowingly"), Said: r.WasOn("knowingly", "on", false)}
	f.Open = r.Err != nil && r.Typed != nil && (r.Typed.Has("outcome") || r.Error("outcome") != "")
	f.Set = ui.Set{Name: "outcome", Legend: p.t("outcome"), Error: r.Error("outcome"), Wide: true}
	for _, o := range decision.Outcomes {
		f.Set.Options = append(f.Set.Options, ui.Option{Value: string(o), Text: p.t("end_" + string(o)), Note: p.t("outcome_" + string(o) + "_note"), On: r.Was("outcome", "") == string(o)})
	}
	f.Reason = r.Field("reason", "decision.reason", "")
	f.Reason.Hint, f.Reason.Voice, f.Reason.Rows, f.Reason.Max = p.t("reason_hint"), true, 2, 600
	f.Subject = r.Field("subject_to", "decision.subject_label", "")
	f.Subject.Hint, f.Subject.Voice, f.Subject.Max, f.Subject.Rows = p.t("subject_hint"), true, 600, 2
	f.Who = r.Field("subject_who", "decision.subject_who_label", "")
	f.Who.Max = 120
	open := len(p.v.OpenObjections())
	switch {
	case open > 0:
		f.Knowingly = p.t("knowingly_objection", "n", open)
	case p.v.Tally.NotYet > 0 && r.Today() < p.v.ClosesOn:
		f.Knowingly = p.t("knowingly_early", "n", p.v.Tally.NotYet, "day", p.v.ClosesOn)
	case p.v.AskedBack > 0 && r.Today() < p.v.ClosesOn:
		f.Knowingly = p.t("knowingly_back", "n", p.v.AskedBack)
	}
	return f
}

func ids(r *room.Request) (id, did string, err error) {
	if id, err = r.ID("id"); err == nil {
		did, err = r.ID("decision")
	}
	return id, did, err
}

// pastPage is how a reaction and its answer came to be.
type pastPage struct {
	r      *room.Request
	Back   string
	Wrote  []ui.Saying
	Answer []ui.Saying
}

// Past shows every wording of a reaction and of the answer to it.
func (rm *Room) Past(r *room.Request) error {
	id, did, err := ids(r)
	if err != nil {
		return err
	}
	reaction, err := r.ID("reaction")
	if err != nil {
		return err
	}
	past, err := rm.Decisions.Past(r.Ctx(), r.Who(), id, did, reaction)
	if err != nil {
		return err
	}
	var who []string
	for _, v := range append(past.Reaction, past.Answer...) {
		who = append(who, v.AuthorID)
	}
	people, err := school.Names(r.Ctx(), rm.Trajectories.DB(), r.Who().BoardID, who)
	if err != nil {
		return err
	}
	p := pastPage{r: r, Back: at(id) + "/" + did + "#reaction-" + reaction, Wrote: wordings(r, past.Reaction, people), Answer: wordings(r, past.Answer, people)}
	h := r.Head(r.T.T("decision.past_title"), "trajectories")
	r.Style(&h, "plan")
	return r.Page(h, pastOf(p))
}

func wordings(r *room.Request, list []writing.Version, people map[string]school.Person) []ui.Saying {
	var out []ui.Saying
	for _, v := range list {
		p := people[v.AuthorID]
		s := ui.Saying{Person: ui.Person{Name: p.Name, Hue: p.Hue}, Text: v.Body["text"], By: r.T.T("decision.wrote_at", "name", p.Name, "when", r.T.Moment(v.MadeAt))}
		if c := v.Body["choice"]; c != "" {
			s.Mark = r.T.T("decision.choice_" + c)
		}
		out = append(out, s)
	}
	return out
}

// soon is a working day some days ahead: until when people are asked unless somebody says
// otherwise.
func soon(today clock.Date, days int) clock.Date {
	d := today.Add(days)
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return d
}
