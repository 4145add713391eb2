// Package task holds what one person promised to do by when, and where it came from.
// A task has one owner and mostly a date; what a team always does is an agreement, and
// never a task.
package task

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// Task is what one person does by a date.
type Task struct {
	ID           string
	SchoolID     string
	TrajectoryID string // "" for a task of no trajectory
	SourceKind   string // meeting, action_item, condition … that it came from
	SourceID     string
	TextID       string // of the words that it was made of, "" for none
	OwnerID      string
	Body         string
	DueOn        clock.Date
	State        State
	MadeBy       string
	MadeAt       time.Time
	BegunAt      time.Time // zero while nobody is busy with it
	SettledAt    time.Time
	Version      int
}

// State is where a task stands.
type State string

// The states of a task.
const (
	Open    State = "open"
	Done    State = "done"
	Dropped State = "dropped" // no longer needed; that is an answer too
)

const maxBody = 300

// New is a task to add. The caller has asked access for what it comes from.
type New struct {
	SchoolID, TrajectoryID string
	SourceKind, SourceID   string
	TextID                 string
	OwnerID                string
	Body                   string
	DueOn                  clock.Date
}

// Check refuses a task without an owner or without words.
func (n New) Check() error {
	var refused []error
	if n.OwnerID == "" {
		refused = append(refused, errs.Invalid("task.owner").On("owner"))
	}
	if l := utf8.RuneCountInString(strings.TrimSpace(n.Body)); l < 3 || l > maxBody {
		refused = append(refused, errs.Invalid("task.body", "n", maxBody).On("body"))
	}
	return errs.Join(refused...)
}

// canHave counts the people with an id who can have a task: who works at the school, or takes part
// in the trajectory.
const canHave = `select count(*) from person p where p.id = $1 and p.state in ('active', 'invited') and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $2)
		or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $3 and x.left_at is null))`

// Add writes a task in the act of its caller, who has asked access and whose owner
// works at the school or takes part in the trajectory; others are absent.
func Add(ctx context.Context, tx *db.Tx, who access.Who, n New, now time.Time) (Task, error) {
	if err := n.Check(); err != nil {
		return Task{}, err
	}
	known, err := db.One(ctx, tx, canHave, db.Int, n.OwnerID, n.SchoolID, n.TrajectoryID)
	if err != nil {
		return Task{}, err
	}
	if known == 0 {
		return Task{}, errs.Invalid("task.owner").On("owner")
	}
	t := Task{ID: ident.At(now), SchoolID: n.SchoolID, TrajectoryID: n.TrajectoryID, SourceKind: n.SourceKind, SourceID: n.SourceID, TextID: n.TextID, OwnerID: n.OwnerID,
		Body: strings.TrimSpace(n.Body), DueOn: n.DueOn, State: Open, MadeBy: who.ID, MadeAt: now, Version: 1}
	_, err = db.Exec(ctx, tx, `
		insert into task (id, school_id, trajectory_id, source_kind, source_id, text_id, owner_id, body, due_on, state, made_by, made_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, 1)`,
		t.ID, t.SchoolID, db.Null(t.TrajectoryID), t.SourceKind, t.SourceID, db.Null(t.TextID), t.OwnerID, t.Body, t.DueOn, t.MadeBy, t.MadeAt)
	if err != nil {
		return Task{}, err
	}
	return t, journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "task.added", ObjectKind: "task", ObjectID: t.ID, SchoolID: t.SchoolID, TrajectoryID: t.TrajectoryID, To: 1})
}

const columns = `id, school_id, trajectory_id, source_kind, source_id, text_id, owner_id, body, due_on, state, made_by, made_at, begun_at, settled_at, version`

func fields(t *Task) []any {
	return []any{&t.ID, &t.SchoolID, &t.TrajectoryID, &t.SourceKind, &t.SourceID, &t.TextID, &t.OwnerID, &t.Body, &t.DueOn, (*string)(&t.State), &t.MadeBy, &t.MadeAt, &t.BegunAt, &t.SettledAt, &t.Version}
}

// OfTrajectory returns the tasks of a trajectory, open ones first. The caller has the
// right to read them.
func OfTrajectory(ctx context.Context, q db.Queryer, trajectoryID string) ([]Task, error) {
	return db.All(ctx, q, `select `+columns+` from task where trajectory_id = $1
		order by case state when 'open' then 0 else 1 end, coalesce(due_on, '9999'), made_at`, fields, trajectoryID)
}

// Mine returns the open tasks of a person, the nearest date first. Who: the person.
func Mine(ctx context.Context, q db.Queryer, who access.Who) ([]Task, error) {
	return db.All(ctx, q, `select `+columns+` from task where owner_id = $1 and state = 'open' order by coalesce(due_on, '9999'), made_at`, fields, who.ID)
}

// Lane is where a task hangs on the board of a team.
type Lane string

// The lanes of a board.
const (
	LaneTodo Lane = "todo"
	LaneBusy Lane = "busy"
	LaneDone Lane = "done"
)

// Lane is where this task hangs.
func (t Task) Lane() Lane {
	switch {
	case t.State != Open:
		return LaneDone
	case !t.BegunAt.IsZero():
		return LaneBusy
	}
	return LaneTodo
}

// Of returns a task. The caller asks access for what it belongs to.
func Of(ctx context.Context, q db.Queryer, id string) (Task, error) {
	return db.One(ctx, q, `select `+columns+` from task where id = $1`, fields, id)
}

// OfSource returns the tasks that came from one thing. The caller has the right to read them.
func OfSource(ctx context.Context, q db.Queryer, kind, id string) ([]Task, error) {
	return db.All(ctx, q, `select `+columns+` from task where source_kind = $1 and source_id = $2
		order by case state when 'open' then 0 else 1 end, coalesce(due_on, '9999'), made_at`, fields, kind, id)
}

// OfText returns the task that was made of one text; none is absent. The caller has the right to
// read the text, and holds what it stands in: so nobody makes a second one meanwhile.
func OfText(ctx context.Context, q db.Queryer, textID string) (Task, error) {
	return db.One(ctx, q, `select `+columns+` from task where text_id = $1`, fields, textID)
}

// OfSources returns the tasks that came from several things of some kinds. The caller has the right
// to read them.
func OfSources(ctx context.Context, q db.Queryer, kinds, ids []string) ([]Task, error) {
	return db.All(ctx, q, `select `+columns+` from task where source_kind in `+db.In("$1")+` and source_id in `+db.In("$2")+`
		order by case state when 'open' then 0 else 1 end, coalesce(due_on, '9999'), made_at, id`, fields, kinds, ids)
}

// Hang moves a task to a lane, in the act of its caller, who has asked access for the board that
// it hangs on: a team moves its cards together.
func Hang(ctx context.Context, tx *db.Tx, who access.Who, t Task, to Lane, now time.Time) error {
	if t.Lane() == to {
		return nil
	}
	state, begun, settled := Open, time.Time{}, time.Time{}
	switch to {
	case LaneBusy:
		begun = now
	case LaneDone:
		state, begun, settled = Done, t.BegunAt, now
	}
	if _, err := db.Exec(ctx, tx, `update task set state = $2, begun_at = $3, settled_at = $4, version = version + 1 where id = $1`, t.ID, string(state), begun, settled); err != nil {
		return err
	}
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "task." + string(state), ObjectKind: "task", ObjectID: t.ID, SchoolID: t.SchoolID, TrajectoryID: t.TrajectoryID, From: t.Version, To: t.Version + 1})
}

// Service is what can be done with a task by itself.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// NewService returns the acts on tasks.
func NewService(d *db.DB, c clock.Clock) *Service { return &Service{d, c} }

// Settle marks a task done, dropped or open again; twice the same is no mistake. Who: its
// owner.
func (s *Service) Settle(ctx context.Context, who access.Who, id string, to State) error {
	if to != Open && to != Done && to != Dropped {
		return errs.Invalid("form.choose").On("state")
	}
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "task", id); err != nil {
			return err
		}
		t, err := db.One(ctx, tx, `select `+columns+` from task where id = $1`, fields, id)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Settle, access.Object{Kind: access.Task, BoardID: who.BoardID, SchoolID: t.SchoolID, OwnerID: t.OwnerID}); err != nil {
			return err
		}
		if t.State == to {
			return nil
		}
		settled := now
		if to == Open {
			settled = time.Time{}
		}
		if _, err := db.Exec(ctx, tx, `update task set state = $2, settled_at = $3, version = version + 1 where id = $1`, id, string(to), settled); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "task." + string(to), ObjectKind: "task", ObjectID: id, SchoolID: t.SchoolID, TrajectoryID: t.TrajectoryID, From: t.Version, To: t.Version + 1})
	})
	return errs.Because(err, "settle task %s", id)
}
