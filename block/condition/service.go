package condition

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/trajectory"
	"leerkring/writing"
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

// New is a condition to add, with who is asked for it; "" only names it.
type New struct {
	Words
	AskedID string
	Says    string // words with the question
}

// Add names what is needed, and asks somebody for it at once when AskedID is given. Who:
// those who take part, the sponsor and the leader. The id comes back. Absent when the
// person asked is not at this school.
func (s *Service) Add(ctx context.Context, who access.Who, trajectoryID string, n New) (string, error) {
	if err := errs.Join(n.Words.Check(), fits("words", n.Says, maxSaid)); err != nil {
		return "", err
	}
	id := ""
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Condition, ""); err != nil {
			return err
		}
		have, err := listOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		if standing(have) >= most {
			return errs.Invalid("condition.full", "n", most)
		}
		c := Condition{ID: ident.At(now), TrajectoryID: trajectoryID, Words: WordsOf(n.Words.body()), State: Spotted, OpenSince: seen.Today(), Version: 1, MadeBy: who.ID, MadeAt: now}
		w := &work{reached: reached{Condition: c, seen: seen, inside: true, schoolID: seen.SchoolID, today: seen.Today()}, tx: tx, who: who, now: now}
		if err := w.put(ctx, n); err != nil {
			return err
		}
		id = c.ID
		return w.note(ctx, "added", 0, 1)
	})
	return id, errs.Because(err, "add condition to trajectory %s", trajectoryID)
}

func (w *work) put(ctx context.Context, n New) error {
	if err := insert(ctx, w.tx, w.Condition); err != nil {
		return err
	}
	if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: w.text(), AuthorID: w.who.ID, Body: w.Words.body(), Now: w.now}); err != nil {
		return err
	}
	if err := writing.Drop(ctx, w.tx, w.who.ID, DraftKey(w.TrajectoryID, "")); err != nil {
		return err
	}
	if n.AskedID == "" {
		return nil
	}
	return w.step(ctx, Step{To: Asked, AskedID: n.AskedID, Words: n.Says})
}

func (c Condition) text() writing.Ref { return writing.Ref{Kind: "condition", ID: c.ID} }

func standing(list []Condition) int {
	n := 0
	for _, c := range list {
		if c.RemovedAt.IsZero() {
			n++
		}
	}
	return n
}

// Edit changes the words of a condition; base is the version that the page showed. Who:
// those who take part, the sponsor and the leader. When somebody else wrote meanwhile it
// stays as it is, both texts are kept, and the clash comes back.
func (s *Service) Edit(ctx context.Context, who access.Who, id string, base int, words Words) (*writing.Clash, error) {
	if err := words.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, id, access.Edit, func(w *work) error {
		if err := w.standing(); err != nil {
			return err
		}
		version, c, err := writing.Keep(ctx, w.tx, writing.Save{Ref: w.text(), AuthorID: who.ID, Base: base, Current: w.Version, Body: words.body(), Now: w.now})
		if err != nil {
			return err
		}
		if clash = c; clash != nil {
			return w.note(ctx, "kept_beside", w.Version, w.Version)
		}
		if err := writing.Merged(ctx, w.tx, w.text(), who.ID); err != nil || version == w.Version {
			return err
		}
		was := w.Version
		w.Words, w.Version = WordsOf(words.body()), version
		if err := update(ctx, w.tx, w.Condition); err != nil {
			return err
		}
		return w.note(ctx, "changed", was, version)
	})
	return clash, errs.Because(err, "edit condition %s", id)
}

// Remove takes a condition away; what was said about it stays and it can be put back.
// version is the one that the page showed. Who: the lead or the stand-in, and whoever
// takes part for what they named themselves.
func (s *Service) Remove(ctx context.Context, who access.Who, id string, version int) error {
	err := s.act(ctx, who, id, access.Read, func(w *work) error {
		if err := w.standing(); err != nil {
			return err
		}
		if !w.inside || !mayRemove(w.seen, w.Condition) {
			return errs.Absent()
		}
		if w.Version != version { // nobody takes away words that they have not read
			return errs.Conflict("condition.answered_meanwhile")
		}
		w.RemovedBy, w.RemovedAt = who.ID, w.now
		if err := update(ctx, w.tx, w.Condition); err != nil {
			return err
		}
		return w.note(ctx, "removed", w.Version, w.Version)
	})
	return errs.Because(err, "remove condition %s", id)
}

// mayRemove: who named a condition owns it as far as taking it away goes, and only while
// taking part.
func mayRemove(seen trajectory.Seen, c Condition) bool {
	owner := ""
	if seen.Role != trajectory.NoOne && seen.Role != trajectory.Guest {
		owner = c.MadeBy
	}
	return seen.May(access.Remove, access.Condition, owner)
}

// Restore puts a condition back. Who: those who take part, the sponsor and the leader.
func (s *Service) Restore(ctx context.Context, who access.Who, id string) error {
	err := s.act(ctx, who, id, access.Edit, func(w *work) error {
		if w.RemovedAt.IsZero() { // put back twice is put back
			return nil
		}
		w.RemovedBy, w.RemovedAt = "", time.Time{}
		if err := update(ctx, w.tx, w.Condition); err != nil {
			return err
		}
		return w.note(ctx, "restored", w.Version, w.Version)
	})
	return errs.Because(err, "restore condition %s", id)
}

// Waive lets a plan begin although essential conditions are open, and keeps why. Who: the
// leader or the sponsor. Refused while nothing essential is open.
func (s *Service) Waive(ctx context.Context, who access.Who, trajectoryID, reason string) error {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) < 3 {
		return errs.Invalid("condition.waive_reason").On("reason")
	}
	if err := fits("reason", reason, maxSaid); err != nil {
		return err
	}
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Promise, access.Condition, ""); err != nil {
			return err
		}
		list, err := listOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		w := Waiver{ID: ident.At(now), Reason: reason, By: who.ID, At: now}
		for _, c := range CanActivate(list, nil).Open {
			w.Conditions = append(w.Conditions, c.ID)
		}
		if len(w.Conditions) == 0 {
			return errs.Invalid("condition.nothing_open")
		}
		if err := insertWaiver(ctx, tx, trajectoryID, w); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "condition.waived", ObjectKind: "condition_waiver", ObjectID: w.ID, SchoolID: seen.SchoolID, TrajectoryID: trajectoryID, To: 1})
	})
	return errs.Because(err, "waive conditions of trajectory %s", trajectoryID)
}
