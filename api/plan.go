package api

import (
	"slices"
	"strconv"
	"time"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/writing"
)

func (a *API) ofPlan() []route {
	return []route{
		get("/trajectories/{id}/plan", access.Read, access.Plan, "read-plan", "The plan: why, what stays, and how far it is. Its lines are items.", a.plan),
		does("PUT", "/trajectories/{id}/plan", access.Edit, access.Plan, "edit-plan", "Change the plan's own text.", a.editPlan).onVersion(),
		does("POST", "/trajectories/{id}/plan/draft", access.Create, access.Plan, "draft-plan", "Put a first plan on the table at once.", a.draftPlan),
		does("POST", "/trajectories/{id}/plan/put-up", access.Lead, access.Plan, "put-up-plan", "Bring the plan to talk or to a decision. What changed is frozen as a version.", a.putUp),
		does("POST", "/trajectories/{id}/plan/adjust", access.Lead, access.Plan, "adjust-plan", "Make what changed since the plan was settled the version in force.", a.adjust),
		get("/trajectories/{id}/plan/versions", access.List, access.Plan, "list-plan-versions", "Frozen versions of the plan.", a.planVersions),
		get("/trajectories/{id}/plan/versions/{number}", access.Read, access.Plan, "read-plan-version", "One version of the plan, with its words.", a.planVersion),
	}
}

// Plan is what a team is going to do, as it is being written.
type Plan struct {
	Tagged
	PlanHead
	Begun       bool      `json:"begun"`
	State       string    `json:"state,omitempty" enum:"concept,discussed,to_decision,settled"`
	Standing    int       `json:"standing,omitempty" doc:"Number of the version in force."`
	Last        int       `json:"last,omitempty" doc:"Number of the newest version."`
	Changed     bool      `json:"changed,omitempty" doc:"Something changed since the newest version."`
	DiscussedAt time.Time `json:"discussed_at,omitzero"`
	PutUpAt     time.Time `json:"put_up_at,omitzero"`
	SettledAt   time.Time `json:"settled_at,omitzero"`
	By          *Person   `json:"by,omitempty"`
	MadeAt      time.Time `json:"made_at,omitzero"`
	Items       int       `json:"items" doc:"How many lines it has."`
}

// PlanHead is the plan's own text.
type PlanHead struct {
	Why      string `json:"why,omitempty" lines:"many"`
	Keep     string `json:"keep,omitempty" lines:"many" doc:"What goes well now, and stays."`
	Strategy string `json:"strategy,omitempty" enum:"pilot,whole"`
	With     string `json:"with,omitempty" doc:"Who begins."`
	Detail   string `json:"detail,omitempty" enum:"main_lines,in_detail"`
}

func headOf(h plan.Head) PlanHead {
	return PlanHead{h.Why, h.Keep, string(h.Strategy), h.With, string(h.Detail)}
}

func (h PlanHead) head() plan.Head {
	return plan.Head{Why: h.Why, Keep: h.Keep, Strategy: plan.Strategy(h.Strategy), With: h.With, Detail: plan.Detail(h.Detail)}
}

func (c *call) planPage(id string) (plan.Page, error) {
	seen, err := c.seen(id)
	if err != nil {
		return plan.Page{}, err
	}
	return c.Plans.Page(c.ctx, c.DB, seen)
}

func (a *API) plan(c *call, in *Below) (Plan, error) {
	page, err := c.planPage(in.ID)
	if err != nil {
		return Plan{}, err
	}
	p := page.Plan
	return Plan{Tagged: tagged(p.Version), PlanHead: headOf(p.Head), Begun: p.Begun(), State: string(p.State), Standing: p.Standing, Last: page.Last().Number, Changed: len(page.Changes) > 0,
		DiscussedAt: p.DiscussedAt, PutUpAt: p.PutUpAt, SettledAt: p.SettledAt, By: person(page.People, p.MadeBy), MadeAt: p.MadeAt, Items: len(itemsOf(page))}, nil
}

type inEditPlan struct {
	Below
	Body PlanHead
}

func (a *API) editPlan(c *call, in *inEditPlan) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Plans.EditHead(c.ctx, c.who, in.ID, base, in.Body.head()))
}

// QuickGoal is a goal in one or two lines.
type QuickGoal struct {
	Text      string `json:"text" lines:"many"`
	NoticedBy string `json:"noticed_by,omitempty" lines:"many"`
	Answers   []Ref  `json:"answers,omitempty" maxItems:"30" doc:"Findings, evidence and contributions that it answers."`
}

// QuickAction is an action in one line.
type QuickAction struct {
	Text  string `json:"text" lines:"many"`
	Who   string `json:"who,omitempty"`
	When  string `json:"when,omitempty"`
	Hours string `json:"hours,omitempty"`
	Goal  int    `json:"goal,omitempty" minimum:"0" maximum:"30" doc:"Which of the goals it serves: 1 is the first."`
}

type inDraft struct {
	Below
	Body struct {
		Why     string        `json:"why,omitempty" lines:"many"`
		Goals   []QuickGoal   `json:"goals,omitempty" maxItems:"30"`
		Actions []QuickAction `json:"actions,omitempty" maxItems:"100"`
		Core    []string      `json:"core,omitempty" maxItems:"30" lines:"many" doc:"What everybody does."`
		Room    []string      `json:"room,omitempty" maxItems:"30" lines:"many" doc:"What everybody chooses."`
	}
}

func (a *API) draftPlan(c *call, in *inDraft) (receipt, error) {
	q := plan.QuickPlan{Why: in.Body.Why, Core: in.Body.Core, Room: in.Body.Room}
	for _, g := range in.Body.Goals {
		q.Goals = append(q.Goals, plan.QuickGoal{Text: g.Text, NoticedBy: g.NoticedBy, Answers: refs(g.Answers)})
	}
	for _, x := range in.Body.Actions {
		q.Actions = append(q.Actions, plan.QuickAction{Text: x.Text, Who: x.Who, When: x.When, Hours: x.Hours, Goal: x.Goal})
	}
	return did(a.Plans.Draft(c.ctx, c.who, in.ID, q))
}

type inPutUp struct {
	Below
	Body struct {
		To     string `json:"to" enum:"discussed,to_decision"`
		Reason string `json:"reason,omitempty" lines:"many" doc:"What changed; needed from the second version on."`
	}
}

func (a *API) putUp(c *call, in *inPutUp) (receipt, error) {
	_, err := a.Plans.PutUp(c.ctx, c.who, in.ID, plan.State(in.Body.To), in.Body.Reason)
	return did(err)
}

type inAdjust struct {
	Below
	Body struct {
		Reason    string `json:"reason" lines:"many"`
		DecidedBy string `json:"decided_by" doc:"Who decided it, in words."`
	}
}

func (a *API) adjust(c *call, in *inAdjust) (receipt, error) {
	_, err := a.Plans.Adjust(c.ctx, c.who, in.ID, in.Body.Reason, in.Body.DecidedBy)
	return did(err)
}

// PlanVersion is a frozen plan, without its words.
type PlanVersion struct {
	Number    int       `json:"number"`
	FrozenFor string    `json:"frozen_for" enum:"discussion,decision,adjustment"`
	Reason    string    `json:"reason,omitempty"`
	DecidedBy string    `json:"decided_by,omitempty"`
	Adjusts   int       `json:"adjusts,omitempty" doc:"The version in force that it took the place of."`
	By        *Person   `json:"by,omitempty"`
	MadeAt    time.Time `json:"made_at"`
}

func (a *API) planVersions(c *call, in *BelowPaged) (List[PlanVersion], error) {
	page, err := c.planPage(in.ID)
	if err != nil {
		return List[PlanVersion]{}, err
	}
	// Numbers sort as words only with their zeros in front.
	number := func(v plan.Version) string { return strconv.Itoa(1_000_000 + v.Number) }
	return piece(in.Paged, page.Versions, number, func(v plan.Version) PlanVersion {
		return PlanVersion{v.Number, string(v.FrozenFor), v.Reason, v.DecidedBy, v.Adjusts, person(page.People, v.MadeBy), v.MadeAt}
	})
}

// FrozenPlan is one version with its words, as its texts were kept.
type FrozenPlan struct {
	PlanVersion
	PlanHead
	Items []FrozenItem `json:"items"`
}

// FrozenItem is one line of a frozen plan.
type FrozenItem struct {
	ID   string `json:"id"`
	Kind string `json:"kind" enum:"goal,action,core,room,hearing,look"`
	ItemWords
	Answers []Ref `json:"answers,omitempty"`
}

type inVersion struct {
	Below
	Number int `path:"number" minimum:"1" maximum:"100000"`
}

func (a *API) planVersion(c *call, in *inVersion) (FrozenPlan, error) {
	v, err := a.Plans.Version(c.ctx, c.who, in.ID, in.Number)
	if err != nil {
		return FrozenPlan{}, err
	}
	out := FrozenPlan{PlanVersion: PlanVersion{Number: v.Number, FrozenFor: string(v.FrozenFor), Reason: v.Reason, DecidedBy: v.DecidedBy, Adjusts: v.Adjusts, MadeAt: v.MadeAt},
		PlanHead: headOf(v.Plan.HeadOf()), Items: []FrozenItem{}}
	for _, f := range v.Plan.Items {
		out.Items = append(out.Items, FrozenItem{f.ID, string(f.Kind), planWords(f.Item()), refsOf(f.Answers)})
	}
	return out, nil
}

// TextVersion is one state of a text. The texts of others that were kept beside it are
// theirs.
type TextVersion struct {
	Number int               `json:"number"`
	Kept   string            `json:"kept" enum:"current,conflict,merged" doc:"conflict: yours, kept beside the text that stands."`
	Reason string            `json:"reason,omitempty"`
	By     string            `json:"by_id,omitempty"`
	Text   map[string]string `json:"text"`
	MadeAt time.Time         `json:"made_at"`
}

func textVersions(c *call, p Paged, list []writing.Version) (List[TextVersion], error) {
	list = slices.DeleteFunc(slices.Clone(list), func(v writing.Version) bool { return v.Kept != "current" && v.AuthorID != c.who.ID })
	return piece(p, list, func(v writing.Version) string { return v.ID }, func(v writing.Version) TextVersion {
		return TextVersion{v.Version, v.Kept, v.Reason, v.AuthorID, v.Body, v.MadeAt}
	})
}
