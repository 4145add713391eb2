package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

// There answers whether a thing of another room is part of a trajectory that the person
// asking sees; absent when it is not.
type There func(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error

// Service is what can be done with contributions, rounds and ratings.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	trajectories *trajectory.Service
	things       map[string]There
}

// NewService returns the acts of this room. What other rooms make is added by About,
// once, before the first request.
func NewService(d *db.DB, c clock.Clock, t *trajectory.Service) *Service {
	return &Service{db: d, clock: c, trajectories: t, things: map[string]There{"focus_point": focusThere}}
}

// About lets people react to things of a kind: a finding, a goal, a plan. The kind is
// its name in the rights.
func (s *Service) About(kind string, there There) {
	if _, known := access.KindByName(kind); !known {
		panic("contribution: the rights know no " + kind)
	}
	s.things[kind] = there
}

func focusThere(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error {
	_, err := candidate(ctx, q, seen, id)
	return err
}

// candidate returns a focus point that this trajectory's exploration brought up.
func candidate(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (school.FocusPoint, error) {
	list, err := school.FocusOf(ctx, q, seen.ID)
	if err != nil {
		return school.FocusPoint{}, err
	}
	for _, f := range list {
		if f.ID == id && seen.May(access.Read, access.FocusPoint, "") {
			return f, nil
		}
	}
	return school.FocusPoint{}, errs.Absent()
}

// question returns a question of the stage where the team is, when its answers are
// contributions with a name. What a pack keeps nameless is no matter of this room.
func (s *Service) question(ctx context.Context, q db.Queryer, seen trajectory.Seen, elementID string) (*method.Question, error) {
	stage, question, err := s.inPack(ctx, q, seen, elementID)
	if err != nil {
		return nil, err
	}
	if stage.ID != seen.StageID {
		return nil, errs.Absent()
	}
	return question, nil
}

func (s *Service) inPack(ctx context.Context, q db.Queryer, seen trajectory.Seen, elementID string) (*method.Stage, *method.Question, error) {
	pack, err := s.trajectories.PackOf(ctx, q, seen.Trajectory)
	if err != nil {
		return nil, nil, err
	}
	stage, question, ok := pack.Question(elementID)
	if !ok || question.Block != "contribution" || question.Form == method.FormCount || question.Names != method.NamesShown {
		return nil, nil, errs.Absent()
	}
	return stage, question, nil
}

func hasChip(q *method.Question, chip string) bool {
	if chip == "" {
		return true
	}
	for _, c := range q.Chips {
		if c.ID == chip {
			return true
		}
	}
	return false
}

// mayList reports whether the person asking may see what others said here. Somebody who
// may read a trajectory but not its contributions, a leader of a closed one, sees only
// what is their own.
func mayList(seen trajectory.Seen) bool { return seen.May(access.List, access.Contribution, "") }

// act opens an act on a trajectory in which every round whose day is over has closed.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID string, f func(tx *db.Tx, seen trajectory.Seen, now time.Time) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := closeDue(ctx, tx, seen, now); err != nil {
			return err
		}
		return f(tx, seen, now)
	})
}

// Belong refuses with absent unless all of these are contributions that the person
// asking may take up in this trajectory: visible, not sealed, not withdrawn. Rooms that
// make something of contributions ask it through their own interface, in their act.
func (s *Service) Belong(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error {
	_, err := takeUp(ctx, q, seen, ids)
	return err
}

func takeUp(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]Contribution, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := listByID(ctx, q, seen, ids)
	if err != nil {
		return nil, err
	}
	got := map[string]bool{}
	for _, c := range list {
		if !c.MaySettle(seen) {
			return nil, errs.Absent()
		}
		got[c.ID] = true
	}
	for _, id := range ids {
		if !got[id] {
			return nil, errs.Absent()
		}
	}
	return list, nil
}

// Became keeps of the links of a trajectory what came of one contribution.
func Became(links why.Links, id string) []why.Ref {
	var out []why.Ref
	for _, l := range links.From("contribution", id).Is(why.Became) {
		out = append(out, l.To)
	}
	return out
}
