package api

import (
	"slices"
	"time"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

func (a *API) ofConditions() []route {
	return []route{
		get("/trajectories/{id}/conditions", access.List, access.Condition, "list-conditions", "What is needed, and who sees to it.", a.conditions),
		makes("/trajectories/{id}/conditions", access.Create, access.Condition, "add-condition", "Name what is needed, and ask somebody for it.", a.addCondition),
		get("/trajectories/{id}/conditions/{condition}", access.Read, access.Condition, "read-condition", "A condition with all that was said about it.", a.condition),
		does("PUT", "/trajectories/{id}/conditions/{condition}", access.Edit, access.Condition, "edit-condition", "Change its words.", a.editCondition).onVersion(),
		does("DELETE", "/trajectories/{id}/conditions/{condition}", access.Remove, access.Condition, "remove-condition", "Take it away; it can be put back.", a.removeCondition).onVersion(),
		does("POST", "/trajectories/{id}/conditions/{condition}/restore", access.Edit, access.Condition, "restore-condition", "Put it back.", a.restoreCondition),
		does("POST", "/trajectories/{id}/conditions/{condition}/ask", access.Edit, access.Condition, "ask-condition", "Ask somebody at school for it.", a.askCondition).onVersion(),
		does("POST", "/trajectories/{id}/conditions/{condition}/answer", access.Promise, access.Condition, "answer-condition", "Say yes, no or later.", a.promise).onVersion(),
		does("POST", "/trajectories/{id}/conditions/{condition}/kept", access.Settle, access.Condition, "mark-condition", "Say whether it was kept, as the group sees it.", a.markCondition).onVersion(),
		does("POST", "/trajectories/{id}/conditions/waivers", access.Promise, access.Condition, "waive-conditions", "Let the plan begin all the same, and say why.", a.waive),
	}
}

// Condition is one thing that is needed. Its version counts its words and what was said.
type Condition struct {
	Tagged
	ID string `json:"id"`
	ConditionWords
	State      string     `json:"state" enum:"spotted,asked,promised,refused,later,kept,not_kept"`
	AskedOf    *Person    `json:"asked,omitempty"`
	AnsweredBy *Person    `json:"answered_by,omitempty"`
	Due        clock.Date `json:"due,omitempty" format:"date" doc:"Of a promise: by when. Of later: when it is looked at again."`
	Overdue    bool       `json:"overdue,omitempty"`
	By         *Person    `json:"by,omitempty"`
	MadeAt     time.Time  `json:"made_at"`
	Said       []Said     `json:"said"`
}

// ConditionWords are what the group says that it needs.
type ConditionWords struct {
	Kind       string     `json:"kind" enum:"time,timetable,budget,material,skill,mandate"`
	Text       string     `json:"text" lines:"many"`
	Essential  bool       `json:"essential,omitempty" doc:"The plan cannot do without."`
	SharedTime bool       `json:"shared_time,omitempty" doc:"A fixed hour for all in the timetable."`
	NeededBy   clock.Date `json:"needed_by,omitempty" format:"date"`
}

func (w ConditionWords) words() condition.Words {
	return condition.Words{Kind: condition.Kind(w.Kind), Text: w.Text, Essential: w.Essential, SharedTime: w.SharedTime, By: w.NeededBy}
}

// Said is one step about a condition.
type Said struct {
	Number int        `json:"number"`
	State  string     `json:"state" enum:"spotted,asked,promised,refused,later,kept,not_kept"`
	By     *Person    `json:"by,omitempty"`
	Asked  *Person    `json:"asked,omitempty"`
	Words  string     `json:"words,omitempty"`
	Due    clock.Date `json:"due,omitempty" format:"date"`
	At     time.Time  `json:"at"`
}

func conditionOf(v condition.View, people names) Condition {
	c := Condition{Tagged: tagged(v.Version, v.Step), ID: v.ID, ConditionWords: ConditionWords{string(v.Kind), v.Text, v.Essential, v.SharedTime, v.Words.By}, State: string(v.State),
		AskedOf: person(people, v.AskedID), AnsweredBy: person(people, v.AnsweredBy), Due: v.Due, Overdue: v.Overdue, By: person(people, v.MadeBy), MadeAt: v.MadeAt, Said: []Said{}}
	for _, s := range v.Said {
		c.Said = append(c.Said, Said{s.Number, string(s.State), person(people, s.By), person(people, s.AskedID), s.Words, s.Due, s.At})
	}
	return c
}

func (a *API) conditions(c *call, in *BelowPaged) (List[Condition], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Condition]{}, err
	}
	p, err := a.Conditions.Read(c.ctx, a.DB, seen)
	if err != nil {
		return List[Condition]{}, err
	}
	return piece(in.Paged, p.Conditions, func(v condition.View) string { return v.ID }, func(v condition.View) Condition { return conditionOf(v, p.People) })
}

// ConditionAt is one condition of a trajectory.
type ConditionAt struct {
	Below
	Condition string `path:"condition"`
}

// conditionAt is the condition of the address; one of another trajectory is absent.
func (c *call) conditionAt(in ConditionAt) (condition.One, error) {
	x, err := c.Conditions.One(c.ctx, c.DB, c.who, in.Condition)
	if err == nil && x.TrajectoryID != in.ID {
		err = errs.Absent()
	}
	return x, err
}

func (a *API) condition(c *call, in *ConditionAt) (Condition, error) {
	x, err := c.conditionAt(*in)
	return conditionOf(x.View, x.People), err
}

type inAddCondition struct {
	Below
	Body struct {
		ConditionWords
		AskedID string `json:"asked_id,omitempty" doc:"Who is asked for it; nobody only names it."`
		Says    string `json:"says,omitempty" lines:"many" doc:"Words with the question."`
	}
}

func (a *API) addCondition(c *call, in *inAddCondition) (receipt, error) {
	b := in.Body
	id, err := a.Conditions.Add(c.ctx, c.who, in.ID, condition.New{Words: b.words(), AskedID: b.AskedID, Says: b.Says})
	return made(id, err)
}

type inEditCondition struct {
	ConditionAt
	Body ConditionWords
}

// on runs an act on the condition of the address, on a part of the version that was read.
func (c *call) on(in ConditionAt, part int, act func(base int) (receipt, error)) (receipt, error) {
	base, err := c.base(part)
	if err != nil {
		return done, err
	}
	if _, err := c.conditionAt(in); err != nil {
		return done, err
	}
	return act(base)
}

func (a *API) editCondition(c *call, in *inEditCondition) (receipt, error) {
	return c.on(in.ConditionAt, 0, func(base int) (receipt, error) {
		return wrote(a.Conditions.Edit(c.ctx, c.who, in.Condition, base, in.Body.words()))
	})
}

func (a *API) removeCondition(c *call, in *ConditionAt) (receipt, error) {
	return c.on(*in, 0, func(base int) (receipt, error) {
		return did(a.Conditions.Remove(c.ctx, c.who, in.Condition, base))
	})
}

// restoreCondition finds what was taken away in the list of its own trajectory.
func (a *API) restoreCondition(c *call, in *ConditionAt) (receipt, error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return done, err
	}
	p, err := a.Conditions.Read(c.ctx, a.DB, seen)
	if err != nil {
		return done, err
	}
	is := func(id string) bool { return id == in.Condition }
	if !slices.ContainsFunc(p.Taken, func(x condition.Condition) bool { return is(x.ID) }) && !slices.ContainsFunc(p.Conditions, func(x condition.View) bool { return is(x.ID) }) {
		return done, errs.Absent()
	}
	return did(a.Conditions.Restore(c.ctx, c.who, in.Condition))
}

type inAsk struct {
	ConditionAt
	Body struct {
		AskedID string `json:"asked_id"`
		Words   string `json:"words,omitempty" lines:"many"`
	}
}

func (a *API) askCondition(c *call, in *inAsk) (receipt, error) {
	return c.on(in.ConditionAt, 1, func(step int) (receipt, error) {
		return did(a.Conditions.Ask(c.ctx, c.who, in.Condition, step, in.Body.AskedID, in.Body.Words))
	})
}

type inPromise struct {
	ConditionAt
	Body struct {
		Answer string     `json:"answer" enum:"promised,refused,later"`
		Words  string     `json:"words,omitempty" lines:"many" doc:"A no needs a sentence."`
		Due    clock.Date `json:"due,omitempty" format:"date" doc:"Of a promise: by when. Of later: when to look again."`
	}
}

func (a *API) promise(c *call, in *inPromise) (receipt, error) {
	return c.on(in.ConditionAt, 1, func(step int) (receipt, error) {
		return did(a.Conditions.Promise(c.ctx, c.who, in.Condition, step, condition.Answer{To: condition.State(in.Body.Answer), Words: in.Body.Words, Due: in.Body.Due}))
	})
}

type inMark struct {
	ConditionAt
	Body struct {
		Kept  bool   `json:"kept"`
		Words string `json:"words,omitempty" lines:"many"`
	}
}

func (a *API) markCondition(c *call, in *inMark) (receipt, error) {
	return c.on(in.ConditionAt, 1, func(step int) (receipt, error) {
		return did(a.Conditions.Mark(c.ctx, c.who, in.Condition, step, in.Body.Kept, in.Body.Words))
	})
}

type inWaive struct {
	Below
	Body struct {
		Reason string `json:"reason" lines:"many"`
	}
}

func (a *API) waive(c *call, in *inWaive) (receipt, error) {
	return did(a.Conditions.Waive(c.ctx, c.who, in.ID, in.Body.Reason))
}
