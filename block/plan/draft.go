package plan

import (
	"context"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// QuickPlan is a first plan on one form.
type QuickPlan struct {
	Why     string
	Goals   []QuickGoal
	Actions []QuickAction
	Core    []string // what everybody does
	Room    []string // what everybody chooses
}

// QuickGoal is a goal in one or two lines.
type QuickGoal struct {
	Text      string
	NoticedBy string
	Answers   []why.Ref
}

// QuickAction is an action in one line.
type QuickAction struct {
	Text, Who, When, Hours string
	Goal                   int // which of the goals it serves: 1 is the first, 0 is none
}

// items are the parts in the order in which they are put in the plan; an action's goal is
// tied once the goals have their names.
func (p QuickPlan) items() []Item {
	var out []Item
	for _, g := range p.Goals {
		out = append(out, Goal{Text: g.Text, NoticedBy: g.NoticedBy})
	}
	for _, a := range p.Actions {
		out = append(out, Action{Text: a.Text, Who: a.Who, When: a.When, Hours: a.Hours})
	}
	for _, c := range p.Core {
		out = append(out, Core{Text: c})
	}
	for _, r := range p.Room {
		out = append(out, Room{Text: r})
	}
	return out
}

// Check refuses what cannot be kept, and a form on which nothing was written.
func (p QuickPlan) Check() error {
	items := p.items()
	refused := []error{Head{Why: p.Why}.Check()}
	for _, item := range items {
		refused = append(refused, item.Check())
	}
	for _, a := range p.Actions {
		if a.Goal < 0 || a.Goal > len(p.Goals) {
			refused = append(refused, errs.Invalid("plan.goal_unknown").On("goal"))
		}
	}
	if len(items) == 0 && len(p.Head().body()) == 0 {
		refused = append(refused, errs.Invalid("plan.nothing_yet"))
	}
	return errs.Join(refused...)
}

// Head is the head of a first plan.
func (p QuickPlan) Head() Head { return Head{Why: p.Why} }

// Draft puts a first plan on the table at once, for a team that starts in the middle. It
// is for a plan in which nothing stands yet. Who: those who take part.
func (s *Service) Draft(ctx context.Context, who access.Who, trajectoryID string, p QuickPlan) error {
	if err := p.Check(); err != nil {
		return err
	}
	err := s.act(ctx, who, trajectoryID, access.Create, access.Plan, func(w *work) error {
		entries, err := entriesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if len(entries) > 0 || len(w.plan.Head.body()) > 0 {
			return errs.Conflict("plan.begun_meanwhile")
		}
		if err := w.begin(ctx); err != nil {
			return err
		}
		from := w.plan.Version
		if err := w.draftHead(ctx, p.Head()); err != nil {
			return err
		}
		if err := w.draftItems(ctx, p); err != nil {
			return err
		}
		return w.changed(ctx, "drafted", w.self(), from, w.plan.Version)
	})
	return errs.Because(err, "draft plan of trajectory %s", trajectoryID)
}

func (w *work) draftHead(ctx context.Context, h Head) error {
	if len(h.body()) == 0 {
		return nil
	}
	k, err := w.keep(ctx, w.self(), w.plan.Version, w.plan.Version, h.body())
	w.plan.Head, w.plan.Version = HeadOf(h.body()), k.version
	return err
}

func (w *work) draftItems(ctx context.Context, p QuickPlan) error {
	place := map[Kind]int{}
	var goals []string
	for _, item := range p.items() {
		place[item.Kind()]++
		n := place[item.Kind()]
		if a, ok := item.(Action); ok && p.Actions[n-1].Goal > 0 {
			a.GoalID = goals[p.Actions[n-1].Goal-1]
			item = a
		}
		e, err := w.put(ctx, item, n)
		if err != nil {
			return err
		}
		if e.Kind == GoalKind {
			goals = append(goals, e.ID)
			if err := w.rest(ctx, e, p.Goals[n-1].Answers); err != nil {
				return err
			}
		}
	}
	return writing.Drop(ctx, w.tx, w.seen.Who.ID, DraftKey("draft", w.seen.ID))
}
