package decision

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
	"leerkring/why"
)

// Settles takes over the outcome of a decision about a version of a plan, inside the act
// that closes it. The room of plans answers; cmd connects.
type Settles interface {
	Settled(ctx context.Context, tx *db.Tx, seen trajectory.Seen, ref why.Ref, number int, outcome string) error
}

// Service is what can be done with decisions.
type Service struct {
	trajectories *trajectory.Service
	clock        clock.Clock
	settles      Settles
}

// NewService returns the acts of this room.
func NewService(t *trajectory.Service, c clock.Clock, s Settles) *Service {
	return &Service{trajectories: t, clock: c, settles: s}
}

// DraftKey is the key under which a page keeps what a person is typing: for a reaction
// «reaction» and the decision, for an answer «answer» and the reaction.
func DraftKey(kind, id string) string { return "decision/" + kind + "/" + id }

// standing is a decision as one person meets it.
type standing struct {
	Decision
	seen  trajectory.Seen
	asked bool
}

// meets puts a decision before a person. Being asked counts for colleagues of the school
// and for those who take part, as long as they are that.
func meets(r row, seen trajectory.Seen) standing {
	here := seen.Role != trajectory.NoOne || slices.Contains(seen.Who.Schools, seen.SchoolID)
	return standing{Decision: r.Decision, seen: seen, asked: r.asked == 1 && here}
}

// object is something of this decision as the rights see it. owner is who takes up the
// objection that it is about, or "".
func (d standing) object(kind access.Kind, owner string) access.Object {
	o := d.seen.Object(kind, owner)
	if d.asked {
		o.MyRole |= access.AsAddressee
	}
	if kind == access.Decision {
		o.Closed = o.Closed || d.Closed()
	} else {
		o.Closed = d.Closed()
	}
	return o
}

func (d standing) may(action access.Action, kind access.Kind, owner string) bool {
	return access.May(d.seen.Who, action, d.object(kind, owner))
}

// must refuses: absent for who may not read it, closed for who may once it has ended, and
// absent again for what is not this person's to do.
func (d standing) must(action access.Action, owner string) error {
	if !d.may(access.Read, access.Decision, "") {
		return errs.Absent()
	}
	if d.Closed() {
		return errs.Conflict("decision.closed")
	}
	return access.Must(d.seen.Who, action, d.object(access.Decision, owner))
}

// reach returns the trajectory as who meets it, also when who may not read it: the
// decision below it has rights of its own. Somebody who was asked can still answer when
// the trajectory is closed in after that.
func (s *Service) reach(ctx context.Context, q db.Queryer, who access.Who, id string) (trajectory.Seen, error) {
	seen, err := s.trajectories.Reach(ctx, q, who, id)
	if errs.IsAbsent(err) && seen.ID == id && seen.School.BoardID == who.BoardID {
		return seen, nil
	}
	return seen, err
}

// work is one act on a decision, inside its transaction.
type work struct {
	standing
	tx  *db.Tx
	now time.Time
}

// act opens an act on a decision. It holds the lock of the trajectory, so that a voice and
// the closing come one after the other.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID, id string, f func(w *work) error) error {
	now := s.clock.Now()
	return s.trajectories.DB().Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "trajectory", trajectoryID); err != nil {
			return err
		}
		seen, err := s.reach(ctx, tx, who, trajectoryID)
		if err != nil {
			return err
		}
		r, err := decisionIn(ctx, tx, trajectoryID, who.ID, id)
		if err != nil {
			return err
		}
		return f(&work{standing: meets(r, seen), tx: tx, now: now})
	})
}

func (w *work) note(ctx context.Context, kind string, from, to int) error {
	return note(ctx, w.tx, w.seen, kind, w.ID, from, to, w.now)
}

func note(ctx context.Context, tx *db.Tx, seen trajectory.Seen, kind, id string, from, to int, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: seen.Who.ID, Kind: "decision." + kind, ObjectKind: "decision", ObjectID: id,
		SchoolID: seen.SchoolID, TrajectoryID: seen.ID, From: from, To: to})
}
