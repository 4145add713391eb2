package condition

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/trajectory"
)

// Service is what can be done with conditions.
type Service struct {
	trajectories *trajectory.Service
	clock        clock.Clock
}

// NewService returns the acts of this room.
func NewService(t *trajectory.Service, c clock.Clock) *Service { return &Service{t, c} }

// DraftKey is the key under which a page keeps what a person is typing: for a new
// condition the trajectory and "", for an answer or new words the trajectory and its id.
func DraftKey(trajectoryID, id string) string {
	if id == "" {
		id = "new"
	}
	return DraftPrefix(trajectoryID) + id
}

// DraftPrefix is how the keys of all drafts of one trajectory begin.
func DraftPrefix(trajectoryID string) string { return "condition/" + trajectoryID + "/" }

// reached is a condition as one person meets it: through its trajectory, or because this
// person is asked for it.
type reached struct {
	Condition
	seen     trajectory.Seen // zero for somebody who is asked from outside a closed trajectory
	inside   bool
	object   access.Object
	title    string
	schoolID string
	guests   []string // of the trajectory, for who is asked from outside
	today    clock.Date
}

// reach returns a condition that who may read.
func (s *Service) reach(ctx context.Context, q db.Queryer, who access.Who, id string) (reached, error) {
	c, err := find(ctx, q, id)
	if err != nil {
		return reached{}, err
	}
	r := reached{Condition: c}
	switch r.seen, err = s.trajectories.Reach(ctx, q, who, c.TrajectoryID); {
	case err == nil:
		r.inside, r.title, r.schoolID, r.today = true, r.seen.Title, r.seen.SchoolID, r.seen.Today()
		r.object = objectOf(r.seen, c)
	case errs.IsAbsent(err) && c.AskedID == who.ID && c.RemovedAt.IsZero():
		if err := s.fromOutside(ctx, q, who, &r); err != nil {
			return r, err
		}
	default:
		return r, err
	}
	return r, access.Must(who, access.Read, r.object)
}

// objectOf is a condition as the rights see it, for somebody who sees its trajectory.
func objectOf(seen trajectory.Seen, c Condition) access.Object {
	o := seen.Object(access.Condition, "")
	if c.AskedID != "" && c.AskedID == seen.Who.ID {
		o.MyRole |= access.AsAddressee
	}
	return o
}

// fromOutside fills in what somebody at school sees who is asked for something by a group
// whose trajectory is closed: the one condition, and no more.
func (s *Service) fromOutside(ctx context.Context, q db.Queryer, who access.Who, r *reached) error {
	var state trajectory.State
	var zone string
	type line struct{}
	_, err := db.One(ctx, q, `select t.title, t.state, t.school_id, s.board_id, s.zone from trajectory t join school s on s.id = t.school_id where t.id = $1`,
		func(*line) []any { return []any{&r.title, (*string)(&state), &r.schoolID, &r.object.BoardID, &zone} }, r.TrajectoryID)
	if err != nil {
		return err
	}
	if state == trajectory.Draft || !slices.Contains(who.Schools, r.schoolID) {
		return errs.Absent()
	}
	r.object.Kind, r.object.SchoolID, r.object.MyRole, r.object.Closed = access.Condition, r.schoolID, access.AsAddressee, state.Ended()
	r.today = clock.On(s.clock.Now(), clock.Zone(zone))
	r.guests, err = db.All(ctx, q, `select p.name from participant x join person p on p.id = x.person_id
		where x.trajectory_id = $1 and x.role = 'guest' and x.left_at is null and (x.ends_on is null or x.ends_on > $2) order by p.name, p.id`, db.Str, r.TrajectoryID, r.today)
	return err
}

// work is one act on one condition, inside its transaction.
type work struct {
	reached
	tx  *db.Tx
	who access.Who
	now time.Time
}

// act opens an act on a condition that who may do action with. One that was taken away is
// a conflict, so that the page can say so.
func (s *Service) act(ctx context.Context, who access.Who, id string, action access.Action, f func(w *work) error) error {
	now := s.clock.Now()
	d := s.trajectories.DB()
	where, err := find(ctx, d, id) // only for what to lock; the rights are asked below
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "trajectory", where.TrajectoryID); err != nil {
			return err
		}
		r, err := s.reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := access.Must(who, action, r.object); err != nil {
			return err
		}
		return f(&work{reached: r, tx: tx, who: who, now: now})
	})
}

// standing refuses to go on with what was taken away.
func (w *work) standing() error {
	if !w.RemovedAt.IsZero() {
		return errs.Conflict("condition.taken_away")
	}
	return nil
}

func (w *work) note(ctx context.Context, event string, from, to int) error {
	return note(ctx, w.tx, w.who, w.schoolID, w.Condition, event, from, to, w.now)
}

func note(ctx context.Context, tx *db.Tx, who access.Who, schoolID string, c Condition, event string, from, to int, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "condition." + event, ObjectKind: "condition", ObjectID: c.ID,
		SchoolID: schoolID, TrajectoryID: c.TrajectoryID, From: from, To: to})
}
