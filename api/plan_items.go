package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/plan"
)

func (a *API) ofPlanItems() []route {
	return []route{
		get("/trajectories/{id}/plan/items", access.List, access.Plan, "list-plan-items", "Goals, actions, what all do, what is free, who hears what, and when the team looks back.", a.planItems),
		makes("/trajectories/{id}/plan/items", access.Create, access.Plan, "add-plan-item", "Add a line to the plan.", a.addPlanItem),
		get("/trajectories/{id}/plan/items/{item}", access.Read, access.Plan, "read-plan-item", "A line with what stands behind it.", a.planItem),
		does("PUT", "/trajectories/{id}/plan/items/{item}", access.Edit, access.Plan, "edit-plan-item", "Change its words.", a.editPlanItem).onVersion(),
		does("DELETE", "/trajectories/{id}/plan/items/{item}", access.Remove, access.Plan, "remove-plan-item", "Take it away; it can be put back.", a.removePlanItem).onVersion(),
		does("POST", "/trajectories/{id}/plan/items/{item}/restore", access.Edit, access.Plan, "restore-plan-item", "Put it back.", a.restorePlanItem),
		does("PUT", "/trajectories/{id}/plan/items/{item}/place", access.Edit, access.Plan, "move-plan-item", "Put it in another place of its list.", a.movePlanItem),
		does("PUT", "/trajectories/{id}/plan/items/{item}/answers", access.Edit, access.Goal, "ground-goal", "Set what a goal answers.", a.groundGoal),
		get("/trajectories/{id}/plan/items/{item}/versions", access.Read, access.Plan, "read-plan-item-versions", "Every text that it had.", a.planItemVersions),
	}
}

// PlanItem is one line of a plan: exactly one of its six members is there.
type PlanItem struct {
	Tagged
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"goal,action,core,room,hearing,look"`
	Place int    `json:"place"`
	ItemWords
	Ground *Ground   `json:"ground,omitempty" doc:"Of a goal or an action: what stands behind it."`
	By     *Person   `json:"by,omitempty"`
	MadeAt time.Time `json:"made_at"`
}

// Ground is what stands behind a goal or an action.
type Ground struct {
	Goals    []Ref    `json:"goals,omitempty"`
	Findings []Ref    `json:"findings,omitempty"`
	For      []Ref    `json:"for,omitempty"`
	Against  []Ref    `json:"against,omitempty"`
	Voices   []Ref    `json:"voices,omitempty"`
	OwnPlan  *OwnPlan `json:"own_plan,omitempty" doc:"The plan that the team had already, from which it was taken over."`
}

// OwnPlan is a plan that a team had before it came here.
type OwnPlan struct {
	Title  string    `json:"title,omitempty" doc:"The name that it gives itself."`
	CameAt time.Time `json:"came_at"`
}

func itemOf[T plan.Item](p plan.Page, x plan.Placed[T]) PlanItem {
	item := PlanItem{Tagged: tagged(x.Version), ID: x.ID, Kind: string(x.Is.Kind()), Place: x.Number, ItemWords: planWords(x.Is), By: person(p.People, x.MadeBy), MadeAt: x.MadeAt}
	if g, ok := p.Grounds[x.ID]; ok {
		item.Ground = &Ground{refsOf(g.Goals), refsOf(g.Findings), refsOf(g.For), refsOf(g.Against), refsOf(g.Voices), nil}
		if g.Paper.Is() {
			item.Ground.OwnPlan = &OwnPlan{g.Paper.Title, g.Paper.At}
		}
	}
	return item
}

// itemsOf is every line of a plan, whatever its kind.
func itemsOf(p plan.Page) []PlanItem {
	var out []PlanItem
	for _, x := range p.Goals {
		out = append(out, itemOf(p, x))
	}
	for _, x := range p.Actions {
		out = append(out, itemOf(p, x))
	}
	for _, x := range p.Core {
		out = append(out, itemOf(p, x))
	}
	for _, x := range p.Room {
		out = append(out, itemOf(p, x))
	}
	for _, x := range p.Hearings {
		out = append(out, itemOf(p, x))
	}
	for _, x := range p.Looks {
		out = append(out, itemOf(p, x))
	}
	return out
}

func (a *API) planItems(c *call, in *BelowPaged) (List[PlanItem], error) {
	p, err := c.planPage(in.ID)
	if err != nil {
		return List[PlanItem]{}, err
	}
	return piece(in.Paged, itemsOf(p), func(x PlanItem) string { return x.ID }, func(x PlanItem) PlanItem { return x })
}

func (a *API) planItem(c *call, in *ItemAt) (PlanItem, error) {
	p, err := c.planPage(in.ID)
	if err != nil {
		return PlanItem{}, err
	}
	return one(itemsOf(p), func(x PlanItem) bool { return x.ID == in.Item })
}

type inAddItem struct {
	Below
	Body struct {
		ItemWords
		Answers []Ref `json:"answers,omitempty" maxItems:"30" doc:"What it rests on: findings, evidence and contributions for a goal; contributions for the rest."`
	}
}

func (a *API) addPlanItem(c *call, in *inAddItem) (receipt, error) {
	item, err := in.Body.item()
	if err != nil {
		return done, err
	}
	id, err := a.Plans.Add(c.ctx, c.who, in.ID, item, refs(in.Body.Answers)...)
	return made(id, err)
}

type inEditItem struct {
	ItemAt
	Body ItemWords
}

func (a *API) editPlanItem(c *call, in *inEditItem) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	item, err := in.Body.item()
	if err != nil {
		return done, err
	}
	return wrote(a.Plans.Edit(c.ctx, c.who, in.ID, in.Item, base, item))
}

func (a *API) removePlanItem(c *call, in *ItemAt) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Plans.Remove(c.ctx, c.who, in.ID, in.Item, base))
}

func (a *API) restorePlanItem(c *call, in *ItemAt) (receipt, error) {
	return did(a.Plans.Restore(c.ctx, c.who, in.ID, in.Item))
}

type inPlace struct {
	ItemAt
	Body struct {
		Place int `json:"place" minimum:"1" maximum:"1000" doc:"1 is first; beyond the end is the end."`
	}
}

func (a *API) movePlanItem(c *call, in *inPlace) (receipt, error) {
	return did(a.Plans.Move(c.ctx, c.who, in.ID, in.Item, in.Body.Place))
}

type inAnswers struct {
	ItemAt
	Body struct {
		Answers []Ref `json:"answers" maxItems:"30"`
	}
}

func (a *API) groundGoal(c *call, in *inAnswers) (receipt, error) {
	return did(a.Plans.Answers(c.ctx, c.who, in.ID, in.Item, refs(in.Body.Answers)))
}

// ItemAtPaged is a collection below one item.
type ItemAtPaged struct {
	ItemAt
	Paged
}

func (a *API) planItemVersions(c *call, in *ItemAtPaged) (List[TextVersion], error) {
	past, err := a.Plans.Past(c.ctx, c.who, in.ID, in.Item)
	if err != nil {
		return List[TextVersion]{}, err
	}
	return textVersions(c, in.Paged, past.History)
}
