package session

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/task"
)

// Wall is what a team stands around: its tasks in lanes and what it counts together. It is only
// there for a session of a team, never for a closed circle.
type Wall struct {
	Title string // of the work that it belongs to
	Tasks []task.Task
	Goals []Goal

	MayBring bool // whether the person asking may bring in a board from elsewhere
}

// doneDays is how long a finished task stays on the wall.
const doneDays = 14

// HasWall reports whether a pack puts work of the team on the table.
func HasWall(pack *method.Pack) bool {
	if pack.Session.Circle == method.CircleClosed {
		return false
	}
	for _, s := range pack.Stages {
		if s.Live.Board != "" {
			return true
		}
	}
	return false
}

// Wall reads the wall of a session that somebody sees, in at most two queries.
func (s *Service) Wall(ctx context.Context, seen Seen) (Wall, error) {
	var w Wall
	if !HasWall(seen.Pack) {
		return w, nil
	}
	var err error
	if seen.TrajectoryID == "" {
		w.Tasks, err = task.OfSource(ctx, s.db, FromSession, seen.ID)
		return w, err
	}
	t, err := s.trajectories.Reach(ctx, s.db, seen.Who, seen.TrajectoryID)
	if err != nil {
		if errs.IsAbsent(err) { // who takes part in the session but not in the work sees what came from here
			w.Tasks, err = task.OfSource(ctx, s.db, FromSession, seen.ID)
		}
		return w, err
	}
	w.Title, w.MayBring = t.Title, !t.State.Ended() && t.May(access.Create, access.Task, "")
	all, err := task.OfTrajectory(ctx, s.db, t.ID)
	if err != nil {
		return w, err
	}
	for _, x := range all {
		if x.State == task.Open || (x.State == task.Done && x.SettledAt.After(seen.Now.AddDate(0, 0, -doneDays))) {
			w.Tasks = append(w.Tasks, x)
		}
	}
	if s.goals != nil {
		w.Goals, err = s.goals.Of(ctx, s.db, t)
	}
	return w, err
}

// HangTask moves a card to a lane: the team does it together, whoever holds the pen. Who: who is
// there, while the session runs and until a day later.
func (s *Service) HangTask(ctx context.Context, who access.Who, id, taskID string, to task.Lane) error {
	return s.atWall(ctx, who, id, func(tx *db.Tx, seen Seen) error {
		if to != task.LaneTodo && to != task.LaneBusy && to != task.LaneDone {
			return errs.Invalid("form.choose").On("lane")
		}
		t, err := task.Of(ctx, tx, taskID)
		if err != nil {
			return err
		}
		if (t.TrajectoryID == "" || t.TrajectoryID != seen.TrajectoryID) && (t.SourceKind != FromSession || t.SourceID != id) {
			return errs.Absent()
		}
		return task.Hang(ctx, tx, who, t, to, seen.Now)
	})
}

// AddTask gives one person something to do by a date. Who: who is there, while the session runs and
// until a day later.
func (s *Service) AddTask(ctx context.Context, who access.Who, id, ownerID, body string, due clock.Date) error {
	return s.atWall(ctx, who, id, func(tx *db.Tx, seen Seen) error {
		if err := seen.due(due); err != nil {
			return err
		}
		_, err := task.Add(ctx, tx, who, task.New{SchoolID: seen.SchoolID, TrajectoryID: seen.TrajectoryID, SourceKind: FromSession, SourceID: id, OwnerID: ownerID, Body: body, DueOn: due}, seen.Now)
		return err
	})
}

func (s *Service) atWall(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen) error) error {
	return s.inside(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		switch {
		case !HasWall(seen.Pack):
			return Session{}, errs.Absent()
		case !seen.onWall(seen.Now):
			return Session{}, errs.Invalid("session.over")
		}
		return seen.Session, f(tx, seen)
	})
}
