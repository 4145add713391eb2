package condition

import (
	"slices"
	"strconv"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// onePage is one condition: how it stands, what was said, and what one can say.
type onePage struct {
	r        *room.Request
	One      condition.One
	Need     need
	Base     string
	Kind, By string
	Said     []said
	Sentence string
	Audience ui.Audience

	Answer     answerForm
	MayAnswer  bool
	MayMark    bool
	CanNotKeep bool
	Marking    ui.Field
	MayAsk     bool
	Ask        askFields
	MayEdit    bool
	Form       wordsForm
	Merge      *ui.MergeOf
	Others     []other // what else both changed
}

// other is something besides the sentence that both changed: as it stands now.
type other struct{ Text string }

// answerForm is yes, no or later, in one's own words.
type answerForm struct {
	Of    ui.FormOf
	To    ui.Set
	Words ui.Field
	Due   ui.Field
	Open  bool
}

// One shows one condition.
func (rm *Room) One(r *room.Request) error { return rm.one(r, nil) }

func (rm *Room) one(r *room.Request, clash *writing.Clash) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	o, err := rm.Conditions.One(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	p := &onePage{r: r, One: o, Need: needOf(r, o.View, o.People), Base: address(id), Kind: r.T.T("condition.kind_" + string(o.Kind)), Said: saidOf(r, o.Said, o.People),
		MayAnswer: o.MayAnswer, MayMark: o.MayMark, CanNotKeep: o.Can(condition.NotKept), MayAsk: o.Inside && o.MayEdit && o.Can(condition.Asked), MayEdit: o.Inside && o.MayEdit}
	if o.By != "" && o.State != condition.Asked {
		p.By = r.T.T("condition.needed_by", "date", r.T.Date(o.By))
	}
	key := condition.DraftKey(o.TrajectoryID, id)
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, key)
	if err != nil {
		return err
	}
	p.answer(drafts[key])
	p.Marking = ui.Field{Name: "words", ID: "mark-words", Label: r.T.T("condition.label_mark_words"), Value: valueOf(r, p.back("mark"), "words", nil, ""), Error: errorOf(r, p.back("mark"), "words"), Voice: true, Rows: 2, Max: 600, Wide: true}
	if err := rm.inside(p, clash); err != nil {
		return err
	}
	return r.Page(p.head(), one(p))
}

// inside adds what only who sees the trajectory gets to see.
func (rm *Room) inside(p *onePage, clash *writing.Clash) error {
	if !p.One.Inside {
		p.Sentence, p.Audience = p.sees(), ui.Group
		return nil
	}
	people, err := rm.Trajectories.Participants(p.r.Ctx(), rm.Trajectories.DB(), p.One.Seen)
	if err != nil {
		return err
	}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(p.r, p.One.Seen, access.Condition, people)
	if p.One.AskedID != "" && !p.One.Seen.Open && !slices.ContainsFunc(people, func(x trajectory.Participant) bool { return x.PersonID == p.One.AskedID }) {
		p.Sentence += " " + p.r.T.T("condition.sees_asked", "name", nameOf(p.r, p.One.People, p.One.AskedID))
	}
	if p.MayAsk {
		if p.Ask, err = rm.askFields(p.r, p.One.Seen, people, p.back("ask"), p.One.AskedID, nil); err != nil {
			return err
		}
	}
	if !p.MayEdit {
		return nil
	}
	p.Form = makeForm(p.r, p.back("edit") && clash == nil, nil, p.One.Words)
	p.Form.Open = p.back("edit")
	p.Form.Of = ui.FormOf{Action: p.Base, Class: "stack g-4", Label: p.r.T.T("condition.change"), Hidden: p.r.Hidden(ui.Pair{Name: "form", Value: "edit"}, versionPair(p.One.Version))}
	p.merge(clash)
	return nil
}

// sees is the line for who is asked from outside: those whom the rights name, and this
// person.
func (p *onePage) sees() string {
	s := access.VisibleTo(p.One.Object, access.Audience{Guests: p.One.Guests, Unnamed: true})
	text := p.r.T.T(s.Key, s.Args...)
	for _, also := range s.Also {
		text += " " + p.r.T.T(also.Key, also.Args...)
	}
	return text + " " + p.r.T.T("condition.sees_you")
}

func versionPair(n int) ui.Pair { return ui.Pair{Name: "version", Value: strconv.Itoa(n)} }

func stepPair(n int) ui.Pair { return ui.Pair{Name: "step", Value: strconv.Itoa(n)} }

// back reports whether a form of this page came back.
func (p *onePage) back(name string) bool {
	return p.r.Err != nil && p.r.Typed != nil && p.r.Typed.Typed("form") == name
}

func (p *onePage) answer(draft writing.Body) {
	r, back := p.r, p.back("answer")
	a := answerForm{Open: back || len(draft) > 0 || p.Need.MayAnswer}
	a.Of = ui.FormOf{Action: p.Base + "/answer", Class: "stack g-4", Draft: condition.DraftKey(p.One.TrajectoryID, p.One.ID), Label: r.T.T("condition.answer"), Hidden: r.Hidden(ui.Pair{Name: "form", Value: "answer"}, stepPair(p.One.Step))}
	a.To = ui.Set{Name: "to", Legend: r.T.T("condition.label_answer"), Row: true, Wide: true, Error: errorOf(r, back, "to")}
	chosen := valueOf(r, back, "to", nil, "")
	for _, s := range []condition.State{condition.Promised, condition.Later, condition.Refused} {
		a.To.Options = append(a.To.Options, ui.Option{Value: string(s), Text: r.T.T("condition.say_" + string(s)), On: chosen == string(s)})
	}
	a.Words = ui.Field{Name: "words", Label: r.T.T("condition.label_answer_words"), Hint: r.T.T("condition.hint_answer_words"), Value: valueOf(r, back, "words", draft, ""), Error: errorOf(r, back, "words"), Voice: true, Rows: 2, Max: 600, Wide: true}
	a.Due = ui.Field{Name: "due", Label: r.T.T("condition.label_due"), Type: "date", Value: valueOf(r, back, "due", draft, ""), Error: errorOf(r, back, "due")}
	p.Answer = a
}

// merge puts two versions of the words side by side. What else both changed is said in
// words, and stands in the form as it was just chosen.
func (p *onePage) merge(clash *writing.Clash) {
	if clash == nil {
		return
	}
	yours, theirs := condition.WordsOf(clash.Yours), condition.WordsOf(clash.Theirs)
	m := trajectoryweb.Merge(p.r, clash, "text", p.Base)
	m.Merged.Value, m.Merged.Max, m.Merged.Rows = yours.Text, 300, 3
	m.Form.Hidden = append(m.Form.Hidden, ui.Pair{Name: "form", Value: "merge"}, ui.Pair{Name: "kind", Value: string(yours.Kind)}, ui.Pair{Name: "by", Value: string(yours.By)})
	p.Merge = m
	p.Form.Essential, p.Form.SharedTime = yours.Essential, yours.SharedTime
	r := p.r
	if yours.Kind != theirs.Kind {
		p.Others = append(p.Others, other{r.T.T("condition.theirs_kind", "yours", r.T.T("condition.kind_"+string(yours.Kind)), "theirs", r.T.T("condition.kind_"+string(theirs.Kind)))})
	}
	if yours.By != theirs.By {
		p.Others = append(p.Others, other{r.T.T("condition.theirs_by", "yours", p.day(yours.By), "theirs", p.day(theirs.By))})
	}
	if yours.Essential != theirs.Essential || yours.SharedTime != theirs.SharedTime {
		p.Others = append(p.Others, other{r.T.T("condition.theirs_ticks")})
	}
}

// day is a day in words, also when there is none.
func (p *onePage) day(d clock.Date) string {
	if d == "" {
		return p.r.T.T("condition.no_day")
	}
	return p.r.T.Date(d)
}

// head is that of the trajectory for who sees it, else a plain one.
func (p *onePage) head() ui.PageHead {
	r := p.r
	title := r.T.T("condition.one_title")
	if !p.One.Inside {
		h := r.Head(title, "week")
		h.Crumbs = []ui.Link{{Text: r.T.T("menu.week"), Href: "/week"}}
		r.Style(&h, "evidence")
		return h
	}
	h := trajectoryweb.Head(r, p.One.Seen, title)
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("condition.title"), Href: page(p.One.TrajectoryID)})
	r.Style(&h, "evidence")
	return h
}
