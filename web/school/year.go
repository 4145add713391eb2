package school

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Wish is something that a team needs of the timetable or in hours. Another room knows them.
type Wish struct {
	TrajectoryID, Text string
	Open               bool // nobody promised it yet
}

// Wishes reads those of some trajectories, as far as the reader may see them.
type Wishes func(ctx context.Context, list []trajectory.Seen) ([]Wish, error)

// yearPage is the way from one school year to the next.
type yearPage struct {
	site
	Turn     school.YearTurn
	Path     []ui.Step
	Steps    []yearStep
	From, To string // the names of the years, in words when they have none
	MayOpen  bool   // a leader, whatever the day
	Calendar bool   // may change the calendar
	Admin    bool
	Wishes   []wishRow
	Promised int
	Points   []afterPoint
	Teams    []teamGroup
	Mine     []serving
	Back     []string // titles of parked points that come back
	NewFree  int      // holidays that stand in the new year
	Began    *beganPart
	Mistakes []ui.Mistake

	points []school.FocusPoint
	here   []trajectory.Seen // of this school, drafts left out
}

// yearStep is one step of the way.
type yearStep struct {
	Step             school.Step
	Key, Title, When string
	State            string
	Tone             ui.Tone
	Open             bool
}

type wishRow struct{ Text, Title, Href, State string }

// afterPoint is a focus point with what is decided about it for the year to come.
type afterPoint struct {
	ID, Title, State, Decided string
	Reason                    string
	Tone                      ui.Tone
	Form                      *afterForm
}

type afterForm struct {
	Open    bool
	Version int
	Set     ui.Set
	Until   ui.Field
	Reason  ui.Field
}

// teamGroup is one trajectory with how it goes on.
type teamGroup struct {
	Title, Href, Team, State, Voice string
	Tone                            ui.Tone
	AskHref                         string // for who leads it
}

// beganPart is what a school year began with.
type beganPart struct {
	Year, When string
	Groups     []beganGroup
	Undo       bool
	YearID     string
}

type beganGroup struct {
	Title string
	Items []beganItem
}

type beganItem struct{ Title, Href, Note string }

// Year shows the way from this school year to the next: what stands, and what comes next. The
// board has a page of its own behind the same address.
func (rm *Room) Year(r *room.Request) error {
	if b, err := rm.ofBoard(r); err != nil {
		return err
	} else if b != nil {
		return rm.boardYear(r, *b)
	}
	p, err := rm.year(r)
	if err != nil {
		return err
	}
	p.Mistakes = p.mistakes(fieldOf(r))
	h := p.head(r.T.T("school.year_title"))
	h.Lead = r.T.T("school.year_lead", "from", p.From, "to", p.To)
	return r.Page(h, yearShow(*p))
}

// year reads all that the page shows, in as many queries however much there is.
func (rm *Room) year(r *room.Request) (*yearPage, error) {
	s, err := rm.at(r, "year")
	if err != nil {
		return nil, err
	}
	p := &yearPage{site: s, MayOpen: s.may(access.Decide, access.FocusPoint), Calendar: s.may(access.Edit, access.Calendar), Admin: s.may(access.Create, access.Account)}
	if p.Turn, err = rm.Schools.TurnAt(r.Ctx(), s.School.ID); err != nil {
		return nil, err
	}
	p.From, p.To = yearName(r, p.Turn.From, "school.this_one"), yearName(r, p.Turn.To, "school.next_one")
	if p.points, err = rm.Schools.FocusPoints(r.Ctx(), r.Who(), s.School.ID); err != nil {
		return nil, err
	}
	all, err := rm.Trajectories.List(r.Ctx(), r.Who())
	if err != nil {
		return nil, err
	}
	p.here = slices.DeleteFunc(all, func(t trajectory.Seen) bool { return t.SchoolID != s.School.ID || t.State == trajectory.Draft })
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), s.School.ID)
	if err != nil && !errs.IsAbsent(err) {
		return nil, err
	}
	on, err := rm.Trajectories.GoingOn(r.Ctx(), p.Turn.From.ID)
	if err != nil {
		return nil, err
	}
	p.steps()
	p.afterPoints()
	p.teams(teams, on)
	p.newYear()
	p.began()
	return p, rm.wishes(p)
}

func yearName(r *room.Request, y school.Year, usual string) string {
	if y.Name == "" {
		return r.T.T(usual)
	}
	return y.Name
}

// theSteps are those of the way, in their order.
var theSteps = []school.Step{school.Wishes, school.Choosing, school.Handing, school.Opening}

// stepKey is the word of a step in the names of texts.
func stepKey(s school.Step) string {
	switch s {
	case school.Wishes:
		return "wishes"
	case school.Choosing:
		return "choosing"
	case school.Handing:
		return "handing"
	case school.Opening:
		return "opening"
	case school.Begun:
		return "begun"
	}
	return "runs"
}

// pathOf is the way with its days, and where a school is on it.
func pathOf(r *room.Request, turn school.Turn) []ui.Step {
	on := map[school.Step]clock.Date{school.Wishes: turn.WishesOn, school.Choosing: turn.ChoosingOn, school.Handing: turn.HandingOn, school.Opening: turn.FirstDay}
	var out []ui.Step
	for _, step := range theSteps {
		s := ui.Step{Name: r.T.T("school.turn_" + stepKey(step)), Note: r.T.T("school.turn_from", "date", r.T.DateLong(on[step])), Passage: ui.Ahead}
		switch {
		case turn.Step == step:
			s.Passage = ui.Here
		case turn.Step > step:
			s.Passage = ui.Past
		}
		out = append(out, s)
	}
	return out
}

// steps are those of the way, with their days.
func (p *yearPage) steps() {
	t := p.r.T
	p.Path = pathOf(p.r, p.Turn.Turn)
	for i, step := range theSteps {
		s := yearStep{Step: step, Key: stepKey(step), Title: p.Path[i].Name, When: p.Path[i].Note}
		switch p.Path[i].Passage {
		case ui.Here:
			s.Open, s.State, s.Tone = true, t.T("school.turn_now"), ui.Fresh
		case ui.Past:
			s.State, s.Tone = t.T("school.turn_past"), ui.Good
		default:
			s.State = s.When
		}
		p.Steps = append(p.Steps, s)
	}
	if p.r.Err != nil { // a form of the second step came back
		p.Steps[1].Open = true
	}
}

// wishes are what teams still wait for, the open ones first.
func (rm *Room) wishes(p *yearPage) error {
	if rm.Wishes == nil {
		return nil
	}
	list, err := rm.Wishes(p.r.Ctx(), p.here)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, t := range p.here {
		titles[t.ID] = t.Title
	}
	for _, w := range list {
		if !w.Open {
			p.Promised++
			continue
		}
		p.Wishes = append(p.Wishes, wishRow{Text: w.Text, Title: titles[w.TrajectoryID], Href: "/trajectories/" + w.TrajectoryID + "/conditions"})
	}
	return nil
}

// afterPoints are the focus points that are on the table, with the leader's form.
func (p *yearPage) afterPoints() {
	r, t := p.r, p.r.T
	next := p.Turn.Calendar.YearAfter(p.Turn.To)
	for _, f := range p.points {
		if !f.CanDecideAfter() || f.State == school.Proposed && f.TrajectoryID != "" {
			continue // what a team still explores is its own
		}
		x := afterPoint{ID: f.ID, Title: f.Title, State: t.T("school.is_" + string(f.State)), Reason: f.After.Reason}
		switch f.After.Choice {
		case school.Undecided:
			x.Decided = t.T("school.after_none_" + string(f.State))
		case school.Rests:
			x.Decided, x.Tone = t.T("school.after_is_parked", "year", f.After.Until), ui.Mind
		default:
			x.Decided, x.Tone = t.T("school.after_is_"+string(f.After.Choice), "year", p.To), ui.Good
		}
		if p.MayOpen && p.Turn.Step != school.Begun {
			x.Form = p.afterForm(r, f, next)
		}
		p.Points = append(p.Points, x)
	}
}

func (p *yearPage) afterForm(r *room.Request, f school.FocusPoint, next string) *afterForm {
	back := r.Err != nil && r.Path("focus") == f.ID
	was := func(field, kept string) string {
		if back {
			return r.Was(field, kept)
		}
		return kept
	}
	x := &afterForm{Open: back, Version: f.Version}
	x.Set = ui.Set{Name: "after", ID: "after-" + f.ID, Legend: r.T.T("school.after_ask", "year", p.To), Wide: true}
	for _, c := range school.AfterChoices {
		x.Set.Options = append(x.Set.Options, ui.Option{Value: string(c), Text: r.T.T("school.after_" + string(c)), Note: r.T.T("school.after_" + string(c) + "_note"), On: was("after", string(f.After.Choice)) == string(c)})
	}
	until := f.After.Until
	if until == "" {
		until = next
	}
	x.Until = ui.Field{Name: "until", ID: "until-" + f.ID, Label: r.T.T("school.after_until"), Hint: r.T.T("school.after_until_hint"), Value: was("until", until), Max: 40}
	x.Reason = ui.Field{Name: "reason", ID: "reason-" + f.ID, Label: r.T.T("school.reason"), Hint: r.T.T("school.reason_hint"), Value: was("reason", f.After.Reason), Max: 600, Rows: 2, Voice: true}
	if back {
		x.Set.Error, x.Until.Error, x.Reason.Error = r.Error("after"), r.Error("until"), r.Error("reason")
	}
	return x
}
