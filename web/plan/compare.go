package plan

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/web/ui/worddiff"
	"leerkring/writing"
)

type templComponent = templ.Component

// comparePage shows what is different from one version to a later one.
type comparePage struct {
	r       *room.Request
	Base    string
	Changes []changeView
}

// changeView is one thing that is new, different or gone.
type changeView struct {
	Title  string
	What   plan.What
	Word   string
	Tone   ui.Tone
	Icon   string
	Fields []fieldChange
}

// fieldChange is one field as it was and as it is, each with its own words marked.
type fieldChange struct {
	Label    string
	Was, Now templ.Component // nil where there was or is nothing
}

// Compare shows the difference between two versions, or between one and the plan as it
// stands.
func (rm *Room) Compare(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	query := r.R.URL.Query()
	from, to := versionIn(query.Get("from")), versionIn(query.Get("to"))
	if from == 0 {
		return r.Go(at(seen.ID) + "/versions")
	}
	changes, err := rm.Plans.Between(r.Ctx(), r.Who(), seen.ID, from, to)
	if err != nil {
		return err
	}
	page, err := rm.Plans.Page(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	people, err := rm.namesOf(r.Ctx(), seen, ownersIn(changes))
	if err != nil {
		return err
	}
	c := comparer{r: r, seen: seen, page: page, people: people}
	p := comparePage{r: r, Base: at(seen.ID)}
	for _, change := range changes {
		p.Changes = append(p.Changes, c.view(change))
	}
	return rm.showVersion(r, seen, c.title(from, to), r.T.T("plan.compare_lead"), compare(p))
}

// versionIn reads the number of a version from an address. What is none is 0: the plan as
// it stands.
func versionIn(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > mostVersions {
		return 0
	}
	return n
}

// mostVersions is beyond what any plan can have.
const mostVersions = 1 << 30

func ownersIn(changes []plan.Change) []string {
	var out []string
	for _, c := range changes {
		for _, id := range []string{c.Before["owner"], c.After["owner"]} {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// comparer puts differences into words.
type comparer struct {
	r      *room.Request
	seen   trajectory.Seen
	page   plan.Page
	people map[string]school.Person
}

func (c comparer) title(from, to int) string {
	if to == 0 {
		return c.r.T.T("plan.compare_since", "number", from)
	}
	return c.r.T.T("plan.compare_title", "from", from, "to", to)
}

func (c comparer) view(change plan.Change) changeView {
	v := changeView{What: change.What, Word: c.r.T.T("plan.what_" + string(change.What)), Title: c.name(change)}
	v.Tone, v.Icon = ui.Fresh, "pencil"
	switch change.What {
	case plan.New:
		v.Icon = "plus"
	case plan.Gone:
		v.Tone, v.Icon = ui.Calm, "x"
	}
	for _, s := range specs[change.Kind] { // in the order of the form
		if slices.Contains(change.Fields, s.Name) {
			v.Fields = append(v.Fields, c.field(change, s.Name))
		}
	}
	if slices.Contains(change.Fields, "answers") {
		v.Fields = append(v.Fields, fieldChange{Label: c.r.T.T("plan.grounds_changed")})
	}
	return v
}

// name says what a change is about.
func (c comparer) name(change plan.Change) string {
	if change.ID == "" {
		return c.r.T.T("plan.section_why")
	}
	if change.Kind == plan.GoalKind {
		for _, g := range c.page.Goals {
			if g.ID == change.ID {
				return c.r.T.T("plan.goal_n", "number", g.Number)
			}
		}
	}
	if change.Kind == plan.ActionKind {
		for _, a := range c.page.Actions {
			if a.ID == change.ID {
				return c.r.T.T("plan.action_n", "number", a.Number)
			}
		}
	}
	return c.r.T.T("plan.kind_" + string(change.Kind))
}

func (c comparer) field(change plan.Change, name string) fieldChange {
	was, now := c.value(name, change.Before), c.value(name, change.After)
	f := fieldChange{Label: label(c.r, change.Kind, name)}
	old, fresh := worddiff.Compare(was, now)
	if was == "" || now == "" { // all of it differs: nothing to mark
		old, fresh = plain(was), plain(now)
	}
	if was != "" {
		f.Was = marked(old)
	}
	if now != "" {
		f.Now = marked(fresh)
	}
	return f
}

// value is a field of a version in words.
func (c comparer) value(name string, b writing.Body) string {
	v := b[name]
	if v == "" {
		return ""
	}
	switch name {
	case "owner":
		return c.people[v].Name
	case "goal":
		for _, g := range c.page.Goals {
			if g.ID == v {
				return c.r.T.T("plan.goal_n", "number", g.Number)
			}
		}
		return c.r.T.T("plan.goal_gone")
	case "from_on", "to_on", "on":
		return dayOf(c.r, clock.Date(v))
	case "strategy", "detail":
		return c.r.T.T("plan." + name + "_" + v)
	case "pace":
		return c.r.T.T("plan.pace_own")
	}
	return v
}

func plain(text string) []worddiff.Piece { return []worddiff.Piece{{Text: text}} }

// marked writes a text with the words that only it has marked. It writes itself, because
// a template would put spaces where the text has none.
func marked(pieces []worddiff.Piece) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, p := range pieces {
			text := templ.EscapeString(p.Text)
			if p.Own {
				text = "<mark>" + text + "</mark>"
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}
