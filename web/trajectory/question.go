package trajectory

import (
	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// question is one guiding question with what was said to it.
type question struct {
	ID, Text, Why, Strength, Further, Example string
	Count                                     int
	OtherSound                                bool
	Newest                                    []said
	AllHref                                   string
	Round                                     *roundBox
	NeedsRound                                bool   // it is asked blind first, and no round is open
	GoHref, GoText                            string // where it is answered, when that is in another room
	Where                                     string // the name of that room, or that it was answered elsewhere
	LookedHref                                string // where the group's answer stands, when looking back gave it
	CanAdd                                    bool
	CanLead                                   bool
	Chips                                     []ui.Option
	Form                                      answerForm
}

// answerForm is the form below a question, empty or as it was typed.
type answerForm struct {
	Element string
	Body    ui.Field
	Source  ui.Field
	Link    ui.Field
	Photo   photoForm
	Kinds   []ui.Option
	Other   bool
	Open    bool
	Sees    string
	Draft   string
}

// said is one contribution as the page shows it.
type said struct {
	ID       string
	Saying   ui.Saying
	Chip     string
	Kind     string
	Source   string
	Link     string
	Pictures []picture
	Replies  []ui.Saying
	Mine     bool
	Href     string
	Gone     string
}

// SaidView is a contribution ready to show, for the pages of other rooms.
type SaidView = said

// roundBox is a round on a question as the person asking sees it.
type roundBox struct {
	ID       string
	Open     bool
	Blind    bool
	Asked    bool
	Text     string
	Unheard  []ui.Person
	MayClose bool
}

// questions fills in the questions of the shown stage with what was said.
func (rm *Room) questions(p *showPage, visits []trajectory.Visit, facts trajectory.Facts, people []trajectory.Participant) error {
	r := p.r
	ids := []string{}
	for _, v := range visits {
		if v.StageID == p.Visit.StageID {
			ids = append(ids, v.ID)
		}
	}
	if !p.Earlier {
		ids = []string{p.Seen.VisitID}
	}
	page, err := rm.Contributions.Stage(r.Ctx(), rm.Trajectories.DB(), p.Seen, ids...)
	if err != nil {
		return err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "answer/"+p.Seen.ID+"/")
	if err != nil {
		return err
	}
	open, more := trajectory.Questions(p.Stage, facts)
	sees, _ := WhoSees(r, p.Seen, access.Contribution, people)
	for _, q := range open {
		v := p.question(q, page.Questions[q.ID], drafts, sees)
		if p.answered(q, facts) {
			v.Where, v.LookedHref = r.T.T("trajectory.looked_back"), "/trajectories/"+p.Seen.ID+"/agreement#looked-h"
		}
		p.Open = append(p.Open, v)
	}
	p.Came = r.R.URL.Query().Get("q")
	for _, q := range more { // behind one link each: their forms are on their own pages
		v := question{ID: q.ID, Text: r.Pack(q.Text), Count: page.Questions[q.ID].Count, AllHref: p.hrefOf(q.ID)}
		if key, _ := answeredIn(q); key != "" {
			v.Where = r.T.T("trajectory.tab_" + key)
		} else if p.answered(q, facts) {
			v.Where = r.T.T("trajectory.looked_back")
		}
		p.More, p.CameMore = append(p.More, v), p.CameMore || q.ID == p.Came
	}
	return nil
}

// answered reports whether the group answered a question by looking back together, in the visit that
// the page shows.
func (p *showPage) answered(q method.Question, facts trajectory.Facts) bool {
	return q.LookedBack && !p.Earlier && facts[method.LookedBack].State == trajectory.Met
}

// hrefOf is the page of one question with everything said to it in the shown visit.
func (p *showPage) hrefOf(element string) string {
	return "/trajectories/" + p.Seen.ID + "/questions/" + element + "?visit=" + p.Visit.ID
}

func (p *showPage) question(q method.Question, t contribution.Thread, drafts map[string]writing.Body, sees string) question {
	r := p.r
	v := question{ID: q.ID, Text: r.Pack(q.Text), Why: r.Pack(q.Why), Further: r.Pack(q.AskFurther), Count: t.Count, OtherSound: t.OtherSound > 0, CanLead: p.CanLead && p.Seen.State == trajectory.Active,
		AllHref: p.hrefOf(q.ID), CanAdd: p.CanAdd}
	if ex, ok := q.Example[method.Sector(p.Seen.School.Sector)]; ok {
		v.Example = r.Pack(ex)
	}
	if q.Strength != "" {
		v.Strength = r.T.T("trajectory.strength_" + string(q.Strength))
	}
	for _, c := range t.Newest {
		v.Newest = append(v.Newest, Said(r, p.Seen, c, chipText(r, q, c.Chip)))
	}
	for _, c := range q.Chips {
		v.Chips = append(v.Chips, ui.Option{Value: c.ID, Text: r.Pack(c.Text), On: p.typed(q.ID, "chip") == c.ID})
	}
	if t.Round != nil {
		v.Round = roundOf(r, *t.Round)
	}
	v.NeedsRound = q.Form == method.FormBlind && (t.Round == nil) && !p.Earlier
	if v.NeedsRound {
		v.CanAdd = false
	}
	if t.Round != nil && t.Round.Asked && !p.Earlier {
		v.CanAdd = p.Seen.State == trajectory.Active
	}
	if key, href := answeredIn(q); key != "" {
		v.CanAdd, v.CanLead, v.NeedsRound = false, false, false
		v.GoHref, v.GoText = "/trajectories/"+p.Seen.ID+href, r.T.T("trajectory.go_there", "place", r.T.T("trajectory.tab_"+key))
	}
	v.Form = p.answerForm(q, drafts, sees)
	if v.Round != nil && v.Round.Blind && v.Round.Open {
		v.Form.Sees = r.T.T("visibility.blind")
	}
	return v
}

// answeredIn is the room where a question gets its answer, as a tab and an address; both
// are empty for a question that is answered in words, right below it.
func answeredIn(q method.Question) (tab, href string) {
	switch q.Block {
	case "plan", "decision":
		return "plan", "/plan"
	case "condition":
		return "needs", "/conditions"
	case "evidence":
		return "sources", "/sources"
	case "meeting":
		return "meetings", "/meetings"
	case "monitor":
		return "monitor", "/monitor"
	case "agreement":
		return "agreement", "/agreement"
	}
	return "", ""
}

// typed is what stood in the form of a question that came back.
func (p *showPage) typed(element, field string) string {
	if p.r.Err == nil || p.r.Typed == nil || p.r.Typed.Typed("element") != element {
		return ""
	}
	return p.r.Typed.Typed(field)
}

func (p *showPage) answerForm(q method.Question, drafts map[string]writing.Body, sees string) answerForm {
	r := p.r
	back := r.Err != nil && r.Typed != nil && r.Typed.Typed("element") == q.ID
	f := answerForm{Element: q.ID, Open: back, Sees: sees, Draft: "answer/" + p.Seen.ID + "/" + q.ID}
	draft := drafts[f.Draft]
	kept := func(name string) string {
		if back {
			return p.typed(q.ID, name)
		}
		return draft[name]
	}
	errorOf := func(name string) string {
		if back {
			return r.Error(name)
		}
		return ""
	}
	if draft["body"] != "" {
		f.Open = true
	}
	id := func(name string) string {
		if back { // the only form of its page: the summary of mistakes leads to plain ids
			return "f-" + name
		}
		return name + "-" + q.ID
	}
	f.Body = ui.Field{Name: "body", ID: id("body"), Label: r.T.T("trajectory.your_answer"), Value: kept("body"), Error: errorOf("body"), Voice: true, Rows: 3, Max: 4000, Wide: true}
	f.Source = ui.Field{Name: "source", ID: id("source"), Label: r.T.T("trajectory.source"), Hint: r.T.T("trajectory.source_hint"), Value: kept("source"), Error: errorOf("source"), Max: 200}
	f.Link = ui.Field{Name: "link", ID: id("link"), Label: r.T.T("trajectory.link"), Type: "url", Placeholder: "https://", Value: kept("link"), Error: errorOf("link"), Max: 500}
	f.Photo = photoFields(r, id, kept, errorOf)
	f.Other = p.typed(q.ID, "other") != ""
	for _, k := range contribution.Kinds {
		f.Kinds = append(f.Kinds, ui.Option{Value: string(k), Text: r.T.T("trajectory.kind_" + string(k)), On: p.typed(q.ID, "kind") == string(k) || (p.typed(q.ID, "kind") == "" && k == contribution.Voice)})
	}
	return f
}

// counted says how much was said to a question, or in which room it is answered: there it is not
// empty because nothing stands here.
func (q question) counted(p *showPage) string {
	switch {
	case q.Count == 0 && q.Where != "":
		return q.Where
	case q.Count == 0:
		return p.r.T.T("trajectory.empty_yet")
	}
	return p.r.T.T("trajectory.contributions", "n", q.Count)
}

func chipText(r *room.Request, q method.Question, id string) string {
	for _, c := range q.Chips {
		if c.ID == id {
			return r.Pack(c.Text)
		}
	}
	return ""
}

// Author is who said something, as the pages show them: a pupil has no name.
func Author(r *room.Request, a contribution.Author) ui.Person {
	if a.Pupil {
		return ui.Person{Name: r.Words.RenderLine("{leerling}"), Pupil: true}
	}
	return ui.Person{Name: a.Name, Initials: a.Initials, Hue: a.Hue}
}

func by(r *room.Request, c contribution.Contribution) string {
	parts := []any{"name", r.T.T("trajectory.pupil"), "subject", c.By.Subject, "date", r.T.Date(c.MadeOn)}
	if !c.By.Pupil {
		parts[1] = c.By.Name
	}
	if c.By.Subject != "" && !c.By.Pupil {
		return r.T.T("trajectory.by_subject", parts...)
	}
	return r.T.T("trajectory.by", parts...)
}

// Said makes a contribution ready to show.
func Said(r *room.Request, seen trajectory.Seen, c contribution.Contribution, chip string) said {
	s := said{ID: c.ID, Chip: chip, Source: c.Source, Link: c.Link, Mine: c.Mine, Href: "/trajectories/" + seen.ID + "/contributions/" + c.ID}
	if c.Withdrawn != "" {
		s.Gone = r.T.T("trajectory.withdrawn_" + string(c.Withdrawn))
		return s
	}
	s.Pictures = picturesOf(seen, c)
	if c.Kind != contribution.Voice {
		s.Kind = r.T.T("trajectory.kind_" + string(c.Kind))
	}
	s.Saying = ui.Saying{Person: Author(r, c.By), Text: c.Body, By: by(r, c)}
	if c.OtherSound {
		s.Saying.Mark = r.T.T("trajectory.other_sound")
	}
	for _, reply := range c.Replies {
		text := reply.Body
		if reply.Withdrawn != "" {
			text = r.T.T("trajectory.withdrawn_" + string(reply.Withdrawn))
		}
		s.Replies = append(s.Replies, ui.Saying{Person: Author(r, reply.By), Text: text, By: by(r, reply), Small: true, Size: ui.Small})
	}
	return s
}

func roundOf(r *room.Request, v contribution.RoundView) *roundBox {
	b := &roundBox{ID: v.ID, Open: v.IsOpen, Blind: v.Form == contribution.Blind, Asked: v.Asked && !v.Mine, MayClose: v.MayClose}
	for _, a := range v.Unheard {
		b.Unheard = append(b.Unheard, Author(r, a))
	}
	switch {
	case v.IsOpen && b.Blind:
		b.Text = r.T.T("trajectory.round_blind", "n", v.Answered, "of", v.Of, "date", r.T.Date(v.ClosesOn))
	case v.IsOpen:
		b.Text = r.T.T("trajectory.round_open", "n", v.Answered, "of", v.Of, "date", r.T.Date(v.ClosesOn))
	default:
		b.Text = r.T.T("trajectory.round_closed", "n", v.Answered, "of", v.Of)
	}
	return b
}
