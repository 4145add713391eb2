package session

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/task"
)

// What a task can come from here. A task of a team says from which session it came. One of a closed
// circle or a private pad is its writer's own, hangs below no trajectory, and nobody else meets it.
// One of words that somebody let go says that, and never from which circle.
const (
	FromSession = "session"
	FromNote    = task.FromNote
	FromRelease = "session_release"
)

// Giving is how somebody can make a task of a text.
type Giving int

// The ways: not at all, for oneself only, for anybody of the team.
const (
	GivesNothing Giving = iota
	GivesOwn
	GivesTeam
)

// Gives tells how the person asking can make a task of a text: of what a team harvested, for anybody;
// of what was said in a closed circle or on a pad, only its writer and only for themselves.
func (s Seen) Gives(t Text) Giving {
	_, f, ok := s.Pack.Field(t.FieldID)
	switch {
	case !ok || f.Becomes == "" || !s.There() || s.Who.Kind == access.Guest,
		s.State != Running && s.State != Closed, !s.reads(t):
		return GivesNothing
	case !private(s.Circle, f):
		return GivesTeam
	case t.PersonID == s.Who.ID:
		return GivesOwn
	}
	return GivesNothing
}

// NewTask is what somebody makes of a text.
type NewTask struct {
	OwnerID string // always the writer for GivesOwn
	Body    string
	DueOn   clock.Date
}

// TaskOf makes a task of a text, once: pressed again it is the same task. Who: see Gives.
func (s *Service) TaskOf(ctx context.Context, who access.Who, id, textID string, n NewTask) error {
	err := s.giving(ctx, who, id, func(tx *db.Tx, seen Seen) (bool, error) {
		texts, err := textsOf(ctx, tx, id)
		if err != nil {
			return false, err
		}
		at := slices.IndexFunc(texts, func(t Text) bool { return t.ID == textID })
		if at < 0 {
			return false, errs.Absent()
		}
		x := task.New{SchoolID: seen.SchoolID, SourceID: id, TextID: textID, Body: n.Body, DueOn: n.DueOn}
		switch seen.Gives(texts[at]) {
		case GivesTeam:
			x.TrajectoryID, x.SourceKind, x.OwnerID = seen.TrajectoryID, FromSession, n.OwnerID
		case GivesOwn:
			x.SourceKind, x.OwnerID = FromNote, who.ID
		default:
			return false, errs.Absent()
		}
		made, err := seen.give(ctx, tx, x)
		return made && x.SourceKind == FromSession, err
	})
	return errs.Because(err, "task of a text of session %s", id)
}

// TaskOfRelease makes a task of words that somebody let go for a trajectory, once. It belongs to
// that trajectory, and says nothing about the circle. Who: the writer, who adds to the trajectory.
func (s *Service) TaskOfRelease(ctx context.Context, who access.Who, id, releaseID string, n NewTask) error {
	err := s.giving(ctx, who, id, func(tx *db.Tx, seen Seen) (bool, error) {
		list, err := releasesOf(ctx, tx, "session", id)
		if err != nil {
			return false, err
		}
		at := slices.IndexFunc(list, func(r Release) bool { return r.ID == releaseID && r.PersonID == who.ID && r.TrajectoryID != "" })
		if at < 0 || !seen.There() {
			return false, errs.Absent()
		}
		t, err := s.trajectories.Reach(ctx, tx, who, list[at].TrajectoryID)
		if err != nil {
			return false, err
		}
		if err := t.Must(access.Create, access.Task, ""); err != nil {
			return false, err
		}
		_, err = seen.give(ctx, tx, task.New{SchoolID: t.SchoolID, TrajectoryID: t.ID, SourceKind: FromRelease, SourceID: releaseID, TextID: releaseID, OwnerID: n.OwnerID, Body: n.Body, DueOn: n.DueOn})
		return false, err
	})
	return errs.Because(err, "task of what was let go in session %s", id)
}

// giving is an act that makes a task. It holds the session, so that one text becomes one task, and
// changes nothing in it: the journal does not tell that something happened in a circle.
func (s *Service) giving(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen) (shows bool, err error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "session", id); err != nil {
			return err
		}
		seen, err := s.Reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		shows, err := f(tx, seen)
		if err != nil || !shows {
			return err
		}
		if err := update(ctx, tx, seen.Session); err != nil {
			return err
		}
		return note(ctx, tx, seen, seen.Session)
	})
}

// give adds a task unless its text has one. Returns whether it did.
func (s Seen) give(ctx context.Context, tx *db.Tx, n task.New) (bool, error) {
	if _, err := task.OfText(ctx, tx, n.TextID); err == nil || !errs.IsAbsent(err) {
		return false, err
	}
	if err := s.due(n.DueOn); err != nil {
		return false, errs.Join(err, n.Check())
	}
	_, err := task.Add(ctx, tx, s.Who, n, s.Now)
	return err == nil, err
}

// due refuses a day that has gone.
func (s Seen) due(on clock.Date) error {
	if on == "" || on < clock.On(s.Now, s.Zone).Add(-1) {
		return errs.Invalid("session.task_date").On("due")
	}
	return nil
}

// tasksOf are what people took on in a session, as far as the person asking may know: the team's,
// their own, and what was made of words that were let go.
func tasksOf(ctx context.Context, q db.Queryer, seen Seen, releases []Release) ([]task.Task, error) {
	ids := []string{seen.ID}
	for _, x := range releases {
		ids = append(ids, x.ID)
	}
	list, err := task.OfSources(ctx, q, []string{FromSession, FromNote, FromRelease}, ids)
	return slices.DeleteFunc(list, func(t task.Task) bool { return t.SourceKind == FromNote && t.OwnerID != seen.Who.ID }), err
}

// TaskFrom is the task that was made of a text or of words that were let go.
func (v View) TaskFrom(textID string) (task.Task, bool) {
	for _, t := range v.Tasks {
		if t.TextID == textID {
			return t, true
		}
	}
	return task.Task{}, false
}
