package plan

import (
	"strconv"

	"github.com/a-h/templ"

	"leerkring/block/plan"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/why"
)

// paper is a plan as it is read: as it stands, or as a version kept it.
type paper struct {
	r        *room.Request
	Sections []*section
}

// section is one part of the paper, with what is said beside it.
type section struct {
	ID, Number, Title string
	Edit              string // where it is changed; "" for who only reads
	Body              templ.Component
	Margin            *margin
	First, Last       bool
}

// The sections, by their place on the page; goals and actions are also kinds of item.
const (
	secWhy     = "why"
	secGoals   = "goals"
	secActions = "actions"
	secPath    = "path"
	secFixed   = "fixed"
	secNeeds   = "needs"
	secTold    = "told"
	secLooks   = "looks"
)

// sections are all of them, in the order of the paper.
var sections = []string{secWhy, secGoals, secActions, secPath, secFixed, secNeeds, secTold, secLooks}

// kindsOf are the kinds of item that a section holds.
var kindsOf = map[string][]plan.Kind{
	secGoals: {plan.GoalKind}, secActions: {plan.ActionKind}, secFixed: {plan.CoreKind, plan.RoomKind},
	secTold: {plan.HearingKind}, secLooks: {plan.LookKind},
}

// sectionOf is where an item of a kind stands.
func sectionOf(k plan.Kind) string {
	for id, kinds := range kindsOf {
		for _, x := range kinds {
			if x == k {
				return id
			}
		}
	}
	return secWhy
}

// reader puts a plan into words for one person.
type reader struct {
	r     *room.Request
	seen  trajectory.Seen
	base  string
	page  plan.Page
	cited cited
	live  bool // the plan as it stands: it can be changed from here
}

func (x reader) t(key string, args ...any) string { return x.r.T.T("plan."+key, args...) }

func (x reader) mayEdit() bool { return x.live && x.page.MayEdit }

// paper lays the sections out. needs is nil when there is nothing to show of them.
func (x reader) paper(needs templ.Component) *paper {
	p := &paper{r: x.r}
	bodies := map[string]templ.Component{
		secWhy: whyBody(x), secGoals: goalsBody(x, x.goals()), secActions: actionsBody(x, x.actions()), secPath: pathBody(x, x.timeline(), x.loose()),
		secFixed: fixedBody(x), secNeeds: needs, secTold: toldBody(x), secLooks: looksBody(x),
	}
	for _, id := range sections {
		if bodies[id] == nil {
			continue
		}
		s := &section{ID: id, Number: strconv.Itoa(len(p.Sections) + 1), Title: x.t("section_" + id), Body: bodies[id]}
		if x.mayEdit() {
			s.Edit = x.editOf(id)
		}
		p.Sections = append(p.Sections, s)
	}
	p.Sections[0].First, p.Sections[len(p.Sections)-1].Last = true, true
	return p
}

// editOf is where a section is changed. The path in time follows from the actions.
func (x reader) editOf(id string) string {
	switch id {
	case secWhy:
		return x.base + "/words/form"
	case secPath, secNeeds:
		return ""
	}
	return x.base + "/edit?section=" + id
}

// goalView is a goal as the paper shows it.
type goalView struct {
	ID, Label, Text, Noticed, Changed string
	Low                               string // the label within a sentence
	Chain                             []chainLink
	Ground                            groundView
	Edit                              string
}

// chainLink is one step from what we do to what it brings.
type chainLink struct{ Label, Text string }

func (x reader) goals() []goalView {
	var out []goalView
	for _, g := range x.page.Goals {
		v := goalView{ID: g.ID, Label: x.t("goal_n", "number", g.Number), Low: x.t("goal_low", "number", g.Number), Text: g.Is.Text, Noticed: g.Is.NoticedBy, Changed: x.mark(g.Mark), Ground: x.ground(g.ID)}
		if x.mayEdit() {
			v.Edit = x.base + "/items/" + g.ID + "/edit"
		}
		for _, l := range g.Is.Chain() {
			if l.Text != "" {
				v.Chain = append(v.Chain, chainLink{x.t("chain_" + l.Name), l.Text})
			}
		}
		out = append(out, v)
	}
	return out
}

// actionGroup are the actions for one goal.
type actionGroup struct {
	Title   string
	Actions []actionView
}

// actionView is an action as the paper shows it.
type actionView struct {
	ID, Number, Text, Who, When, Hours, Pilot, Changed, Edit string
	Ground                                                   groundView
}

func (x reader) actions() []actionGroup {
	var out []actionGroup
	add := func(title string, list []plan.Placed[plan.Action]) {
		if len(list) == 0 {
			return
		}
		g := actionGroup{Title: title}
		for _, a := range list {
			v := actionView{ID: a.ID, Number: strconv.Itoa(a.Number), Text: a.Is.Text, Who: x.who(a.Is), When: x.when(a.Is), Hours: a.Is.Hours, Pilot: a.Is.Pilot, Changed: x.mark(a.Mark), Ground: x.ground(a.ID)}
			if x.mayEdit() {
				v.Edit = x.base + "/items/" + a.ID + "/edit"
			}
			g.Actions = append(g.Actions, v)
		}
		out = append(out, g)
	}
	for _, g := range x.page.Goals {
		add(x.t("for_goal", "number", g.Number), x.page.Serving(g.ID))
	}
	loose := x.page.Serving("")
	if len(out) > 0 {
		add(x.t("for_no_goal"), loose)
	} else {
		add("", loose)
	}
	return out
}

// mark says what is new since an earlier version; "" when nothing is.
func (x reader) mark(m plan.Mark) string {
	switch {
	case m.What == plan.Same:
		return ""
	case m.Number > 0:
		return x.t("mark_"+string(m.What)+"_in", "number", m.Number)
	}
	return x.t("mark_"+string(m.What), "number", x.page.Last().Number)
}

// ref is the name of an item in the chain of why.
func ref(k plan.Kind, id string) why.Ref { return why.Ref{Kind: k.Object(), ID: id} }

// tabs are the parts of the trajectory with the plan as the present one.
func personOf(page plan.Page, id string) ui.Person {
	p := page.People[id]
	return ui.Person{Name: p.Name, Hue: p.Hue}
}
