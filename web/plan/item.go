package plan

import (
	"slices"
	"strconv"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// itemPage is the form of one item, or of the plan's own text.
type itemPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Base     string
	Kind     plan.Kind
	ID       string // of the item, or of the trajectory for the plan's own text; "" for a new one
	Section  string
	Action   string
	Draft    string
	Hidden   []ui.Pair
	Fields   []control
	Grounds  *groundForm
	Earlier  []earlier
	Merge    *mergeForm
	Sees     string
	Mistakes []ui.Mistake
}

// earlier is a text that an item had before.
type earlier struct {
	By, When, Text string
	Beside         string // it was written at the same time as another, and waits or was merged
}

// NewItem is the form for something new in the plan.
func (rm *Room) NewItem(r *room.Request) error {
	kind := plan.Kind(r.R.URL.Query().Get("kind"))
	if r.Err != nil {
		kind = plan.Kind(r.Typed.Typed("kind"))
	}
	if !slices.Contains(plan.Kinds, kind) {
		return errs.Absent()
	}
	p, page, err := rm.itemPage(r, kind, "")
	if err != nil {
		return err
	}
	if err := p.Seen.Must(access.Create, kind.Access(), ""); err != nil {
		return err
	}
	p.Action, p.Draft = p.Base+"/items", plan.DraftKey(string(kind), p.Seen.ID)
	kept, err := rm.kept(r, p.Draft, nil)
	if err != nil {
		return err
	}
	if g := r.R.URL.Query().Get("goal"); g != "" && kept["goal"] == "" {
		kept["goal"] = g
	}
	p.Hidden = r.Hidden(ui.Pair{Name: "kind", Value: string(kind)})
	if err := rm.fill(p, page, kept); err != nil {
		return err
	}
	if kind == plan.GoalKind {
		if p.Grounds, err = rm.groundForm(r, p.Seen, ""); err != nil {
			return err
		}
	}
	return rm.showItem(p, r.T.T("plan.new_"+string(kind)))
}

// itemPage begins the page of an item of a kind.
func (rm *Room) itemPage(r *room.Request, kind plan.Kind, id string) (*itemPage, plan.Page, error) {
	seen, err := rm.reach(r)
	if err != nil {
		return nil, plan.Page{}, err
	}
	if err := seen.Must(access.Edit, access.Plan, ""); err != nil {
		return nil, plan.Page{}, err
	}
	page, err := rm.Plans.Page(r.Ctx(), rm.Trajectories.DB(), seen)
	return &itemPage{r: r, Seen: seen, Base: at(seen.ID), Kind: kind, ID: id, Section: sectionOf(kind), Mistakes: r.Mistakes()}, page, err
}

// kept is what a form begins with: what was being typed, else what stands.
func (rm *Room) kept(r *room.Request, draft string, stands writing.Body) (writing.Body, error) {
	d, err := r.House.Drafts.Of(r.Ctx(), r.Who().ID, draft)
	out := writing.Body{}
	for k, v := range stands {
		out[k] = v
	}
	for k, v := range d.Body {
		out[k] = v
	}
	return out, err
}

// fill makes the fields, with the goals and people that they offer.
func (rm *Room) fill(p *itemPage, page plan.Page, kept writing.Body) error {
	people, err := rm.Trajectories.Participants(p.r.Ctx(), rm.Trajectories.DB(), p.Seen)
	if err != nil {
		return err
	}
	p.Sees, _ = trajectoryweb.WhoSees(p.r, p.Seen, access.Plan, people)
	p.Fields = controls(p.r, p.Kind, kept, choicesOf(p.r, page, people, kept["owner"]))
	return nil
}

// choicesOf are the goals of the plan and the people of the group; an owner who is no
// longer in the group stays on the list.
func choicesOf(r *room.Request, page plan.Page, people []trajectory.Participant, owner string) choices {
	c := choices{Goals: []ui.Option{{Text: r.T.T("plan.goal_later")}}, People: []ui.Option{{Text: r.T.T("plan.who_later")}}}
	for _, g := range page.Goals {
		c.Goals = append(c.Goals, ui.Option{Value: g.ID, Text: r.T.T("plan.goal_n", "number", g.Number) + ": " + short(g.Is.Text, 60)})
	}
	for _, x := range people {
		if x.Role != trajectory.Guest {
			c.People = append(c.People, ui.Option{Value: x.PersonID, Text: x.Name})
		}
	}
	if p, known := page.People[owner]; known && !slices.ContainsFunc(c.People, func(o ui.Option) bool { return o.Value == owner }) {
		c.People = append(c.People, ui.Option{Value: owner, Text: p.Name})
	}
	return c
}

func (rm *Room) showItem(p *itemPage, title string) error {
	h := trajectoryweb.Head(p.r, p.Seen, title)
	h.Crumbs = append(h.Crumbs, ui.Link{Text: p.r.T.T("trajectory.tab_plan"), Href: p.Base + "#" + p.Section})
	p.r.Style(&h, "plan")
	return p.r.Page(h, itemOf(p))
}

// EditItem is the form of something that stands in the plan. What the person wrote at the
// same time as somebody else is put beside it first.
func (rm *Room) EditItem(r *room.Request) error {
	item, err := r.ID("item")
	if err != nil {
		return err
	}
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	past, err := rm.Plans.Past(r.Ctx(), r.Who(), id, item)
	if err != nil {
		return err
	}
	if item == id || past.Entry.ID == "" {
		return errs.Absent()
	}
	p, page, err := rm.itemPage(r, past.Entry.Kind, item)
	if err != nil {
		return err
	}
	p.Action, p.Draft = p.Base+"/items/"+item, plan.DraftKey(past.Entry.Kind.Object(), item)
	if err := rm.show(p, page, past); err != nil {
		return err
	}
	if p.Kind == plan.GoalKind && p.Merge == nil {
		if p.Grounds, err = rm.groundForm(r, p.Seen, item); err != nil {
			return err
		}
	}
	return rm.showItem(p, r.T.T("plan.edit_"+string(p.Kind)))
}

// WordsForm is the form of the plan's own text.
func (rm *Room) WordsForm(r *room.Request) error {
	p, page, err := rm.itemPage(r, "", "")
	if err != nil {
		return err
	}
	p.ID, p.Section = p.Seen.ID, secWhy
	p.Action, p.Draft = p.Base+"/words", plan.DraftKey("plan", p.Seen.ID)
	past, err := rm.Plans.Past(r.Ctx(), r.Who(), p.Seen.ID, p.Seen.ID)
	if err != nil {
		return err
	}
	if err := rm.show(p, page, past); err != nil {
		return err
	}
	return rm.showItem(p, r.T.T("plan.edit_head"))
}

// show fills the page of a text that stands: its form, or two texts to make one of.
func (rm *Room) show(p *itemPage, page plan.Page, past plan.Past) error {
	stands := textAt(past.History, past.Version)
	kept, err := rm.kept(p.r, p.Draft, stands)
	if err != nil {
		return err
	}
	version := past.Version
	if p.r.Err != nil { // what was typed belongs to the version that was read
		if n, err := strconv.Atoi(p.r.Typed.Typed("version")); err == nil {
			version = n
		}
	}
	p.Hidden = p.r.Hidden(ui.Pair{Name: "version", Value: strconv.Itoa(version)})
	people, err := school.Names(p.r.Ctx(), rm.Trajectories.DB(), p.Seen.School.BoardID, peopleIn(past.History))
	if err != nil {
		return err
	}
	if len(past.Waiting) > 0 && p.r.Err == nil {
		kept = p.merge(past, stands, page, people)
	}
	if err := rm.fill(p, page, kept); err != nil {
		return err
	}
	p.history(past, people)
	if p.Merge != nil {
		p.Merge.split(p)
	}
	return nil
}

func textAt(history []writing.Version, version int) writing.Body {
	for _, v := range history {
		if v.Version == version && v.Kept == "current" {
			return v.Body
		}
	}
	return nil
}

// peopleIn are the writers of versions, and those whom an action was with.
func peopleIn(history []writing.Version) []string {
	var out []string
	for _, v := range history {
		for _, id := range []string{v.AuthorID, v.Body["owner"]} {
			if id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// history lists what the text was before, the newest first.
func (p *itemPage) history(past plan.Past, people map[string]school.Person) {
	for i := len(past.History) - 1; i >= 0; i-- {
		v := past.History[i]
		waits := v.Kept == "conflict" && v.AuthorID != p.r.Who().ID // somebody else's to put in or let go
		if v.Version == past.Version && v.Kept == "current" || waits {
			continue
		}
		e := earlier{By: people[v.AuthorID].Name, When: p.r.T.Moment(v.MadeAt), Text: v.Body[mainField(p.Kind)]}
		if v.Kept != "current" {
			e.Beside = p.r.T.T("plan.beside_" + v.Kept)
		}
		p.Earlier = append(p.Earlier, e)
	}
}
