package plan

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Belong answers whether things of another room are part of a trajectory, and may be
// cited there by the person asking; absent when one is not.
type Belong func(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error

// Service is what can be done with plans.
type Service struct {
	trajectories *trajectory.Service
	clock        clock.Clock
	belong       map[string]Belong
}

// NewService returns the acts of this room. What a plan can rest on is added by Cites,
// once, before the first request.
func NewService(t *trajectory.Service, c clock.Clock) *Service {
	return &Service{trajectories: t, clock: c, belong: map[string]Belong{}}
}

// Cites lets goals answer things of a kind (finding, evidence, contribution,
// pupil_contribution): the room that keeps them says what belongs where.
func (s *Service) Cites(kind string, b Belong) {
	if !slices.Contains(answers, kind) {
		panic("plan: no goal answers a " + kind)
	}
	s.belong[kind] = b
}

// There answers whether something of a plan is part of a trajectory that is seen, for
// rooms that let people react to it. The kind is a goal, an action_item, or the plan: the
// plan itself goes by the id of its trajectory, its other lines by their own.
func (s *Service) There(kind string) func(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error {
	return func(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error {
		if kind == "plan" && id == seen.ID {
			return seen.Must(access.Read, access.Plan, "")
		}
		e, err := entryIn(ctx, q, seen.ID, id)
		if err != nil {
			return err
		}
		if e.Kind.Access().String() != kind {
			return errs.Absent()
		}
		return seen.Must(access.Read, e.Kind.Access(), "")
	}
}

// DraftKey is the key under which a page keeps what a person is typing; the act that
// makes it a real text drops the draft. For the head: kind "plan" and the trajectory; for
// an item: its kind as Object and its id; for a new one: its kind and the trajectory.
func DraftKey(kind, id string) string { return "plan/" + kind + "/" + id }

// work is one act on a plan, inside its transaction.
type work struct {
	tx   *db.Tx
	seen trajectory.Seen
	plan Plan
	now  time.Time
	s    *Service
}

// act opens an act on the plan of a trajectory that who may do something with.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID string, action access.Action, kind access.Kind, f func(w *work) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(action, kind, ""); err != nil {
			return err
		}
		p, err := planOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		return f(&work{tx: tx, seen: seen, plan: p, now: now, s: s})
	})
}

// begin makes the plan at the first edit.
func (w *work) begin(ctx context.Context) error {
	if w.plan.Begun() {
		return nil
	}
	w.plan = Plan{TrajectoryID: w.seen.ID, State: Concept, MadeBy: w.seen.Who.ID, MadeAt: w.now}
	return insertPlan(ctx, w.tx, w.plan)
}

// changed writes the plan after a change to anything in it, with its entry in the journal.
func (w *work) changed(ctx context.Context, event string, ref why.Ref, from, to int) error {
	w.plan.Revision++
	if err := updatePlan(ctx, w.tx, w.plan); err != nil {
		return err
	}
	return w.note(ctx, event, ref, from, to)
}

func (w *work) note(ctx context.Context, event string, ref why.Ref, from, to int) error {
	return journal.Append(ctx, w.tx, journal.Entry{At: w.now, ActorID: w.seen.Who.ID, Kind: ref.Kind + "." + event, ObjectKind: ref.Kind, ObjectID: ref.ID,
		SchoolID: w.seen.SchoolID, TrajectoryID: w.seen.ID, From: from, To: to})
}

func (w *work) self() why.Ref { return why.Ref{Kind: "plan", ID: w.seen.ID} }

// check refuses an item that points at somebody or something outside the trajectory.
func (w *work) check(ctx context.Context, item Item) error {
	t := item.tie()
	if t.ownerID != "" {
		n, err := atSchool(ctx, w.tx, w.seen.SchoolID, w.seen.ID, t.ownerID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
	}
	if t.goalID == "" {
		return nil
	}
	goal, err := entryIn(ctx, w.tx, w.seen.ID, t.goalID)
	if err == nil && goal.Kind != GoalKind {
		return errs.Absent()
	}
	return err
}

// put makes a new entry at the end of its list.
func (w *work) put(ctx context.Context, item Item, at int) (Entry, error) {
	e := Entry{ID: ident.At(w.now), Kind: item.Kind(), Position: at, Version: 1, Item: item, MadeBy: w.seen.Who.ID, MadeAt: w.now}
	if at > most[e.Kind] {
		return e, errs.Invalid("plan.too_many", "n", most[e.Kind])
	}
	if err := w.check(ctx, item); err != nil {
		return e, err
	}
	if err := insertEntry(ctx, w.tx, w.seen.ID, e); err != nil {
		return e, err
	}
	if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: e.text(), AuthorID: w.seen.Who.ID, Body: item.body(), Now: w.now}); err != nil {
		return e, err
	}
	return e, w.serve(ctx, e, item)
}

// serve ties an action to the goal that it serves.
func (w *work) serve(ctx context.Context, e Entry, item Item) error {
	if e.Kind != ActionKind {
		return nil
	}
	if err := why.RemoveFrom(ctx, w.tx, w.seen.ID, e.Ref(), why.Serves, "goal"); err != nil {
		return err
	}
	if item.tie().goalID == "" {
		return nil
	}
	return w.link(ctx, e.Ref(), why.Serves, why.Ref{Kind: "goal", ID: item.tie().goalID})
}

func (w *work) link(ctx context.Context, from why.Ref, r why.Relation, to why.Ref) error {
	return why.Add(ctx, w.tx, why.Link{From: from, Relation: r, To: to, TrajectoryID: w.seen.ID, MadeBy: w.seen.Who.ID, MadeAt: w.now})
}
