package plan

import (
	"strconv"
	"strings"

	"leerkring/block/plan"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// quickForm is a first plan on one page: few fields, all but one may stay empty.
type quickForm struct {
	Action, Draft string
	Why           ui.Field
	Goals         []quickGoal
	Core, Room    ui.Field
}

type quickGoal struct {
	Text, Noticed ui.Field
	Actions       []quickAction
	Open          bool // something is written in it
}

type quickAction struct{ Text, Who, When ui.Field }

// how many actions the form offers for the first goal and for the second.
var quickActions = []int{3, 2}

// most lines of what is fixed and free that a first plan takes in.
const quickLines = 12

func quick(r *room.Request, id string, drafts draftsOf) *quickForm {
	f := &quickForm{Action: at(id), Draft: plan.DraftKey("draft", id)}
	kept := drafts[f.Draft]
	field := func(name, key string, most int, args ...any) ui.Field {
		x := r.Field(name, "plan."+key, kept[name])
		x.Label, x.Max = r.T.T("plan."+key, args...), most
		return x
	}
	f.Why = field("why", "quick_why", 4000)
	f.Why.Hint, f.Why.Voice, f.Why.Rows = r.T.T("plan.quick_why_hint"), true, 3
	for g, n := range quickActions {
		v := quickGoal{Text: field(quickName("goal", g), "quick_goal", 300), Noticed: field(quickName("noticed", g), "quick_noticed", 600)}
		v.Text.Voice, v.Noticed.Voice = true, true
		v.Text.Hint, v.Noticed.Hint = r.T.T("plan.quick_goal_hint"), r.T.T("plan.quick_noticed_hint")
		for a := range n {
			x := quickAction{Text: field(quickName("what", g, a), "quick_what", 300), Who: field(quickName("who", g, a), "quick_who", 120), When: field(quickName("when", g, a), "quick_when", 120)}
			x.Text.Voice = true
			v.Actions = append(v.Actions, x)
			v.Open = v.Open || x.Text.Value+x.Who.Value+x.When.Value != ""
		}
		v.Open = v.Open || v.Text.Value+v.Noticed.Value != ""
		f.Goals = append(f.Goals, v)
	}
	f.Core, f.Room = field("core", "quick_core", 2000), field("room", "quick_room", 2000)
	for _, x := range []*ui.Field{&f.Core, &f.Room} {
		x.Hint, x.Voice, x.Rows = r.T.T("plan.quick_lines_hint"), true, 3
	}
	return f
}

// quickName names a field by its goal and its action, counted from one.
func quickName(name string, places ...int) string {
	for _, p := range places {
		name += "-" + strconv.Itoa(p+1)
	}
	return name
}

// Draft puts a first plan on the table.
func (rm *Room) Draft(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	q := quickPlan(f)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Plans.Draft(r.Ctx(), r.Who(), id, q); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id), "plan_begun")
}

// quickPlan reads the form. What was left empty is left out; an action goes with the goal
// under which it was written, if that has its words.
func quickPlan(f *page.Form) plan.QuickPlan {
	q := plan.QuickPlan{Why: f.Text("why", 8000)}
	for g, n := range quickActions {
		text, noticed := f.Line(quickName("goal", g), 600), f.Line(quickName("noticed", g), 1200)
		place := 0
		switch {
		case text != "":
			q.Goals = append(q.Goals, plan.QuickGoal{Text: text, NoticedBy: noticed})
			place = len(q.Goals)
		case noticed != "":
			f.Refuse(quickName("goal", g), "plan.goal_empty")
		}
		for a := range n {
			x := plan.QuickAction{Text: f.Line(quickName("what", g, a), 600), Who: f.Line(quickName("who", g, a), 240), When: f.Line(quickName("when", g, a), 240), Goal: place}
			switch {
			case x.Text != "":
				q.Actions = append(q.Actions, x)
			case x.Who != "" || x.When != "":
				f.Refuse(quickName("what", g, a), "plan.action_empty")
			}
		}
	}
	q.Core, q.Room = lines(f, "core"), lines(f, "room")
	return q
}

// lines are the lines of one box, the empty ones left out.
func lines(f *page.Form, name string) []string {
	var out []string
	for _, l := range strings.Split(f.Text(name, 8000), "\n") {
		if l = strings.TrimSpace(strings.TrimLeft(l, "-•* \t")); l != "" {
			out = append(out, l)
		}
	}
	if len(out) > quickLines {
		f.Refuse(name, "plan.quick_many", "max", quickLines)
	}
	return out
}
