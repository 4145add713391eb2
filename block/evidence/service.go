package evidence

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

// Voices tells whether contributions can be taken up in a trajectory by the person asking:
// absent when one cannot. The room of contributions answers; cmd connects.
type Voices interface {
	Belong(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error
}

// Service is what can be done with sources, explanations, findings and attempts.
type Service struct {
	trajectories *trajectory.Service
	clock        clock.Clock
	voices       Voices
}

// NewService returns the acts of this room.
func NewService(t *trajectory.Service, c clock.Clock, v Voices) *Service {
	return &Service{trajectories: t, clock: c, voices: v}
}

// DraftKey is the key under which a page keeps what a person is typing about a thing; for
// a new one the id is "". The act that makes it a real text drops the draft.
func DraftKey(trajectoryID string, kind Kind, id string) string {
	if id == "" {
		id = "new"
	}
	return DraftPrefix(trajectoryID) + string(kind) + "/" + id
}

// DraftPrefix is how the keys of all drafts of one trajectory begin.
func DraftPrefix(trajectoryID string) string { return "evidence/" + trajectoryID + "/" }

// work is one act, inside its transaction.
type work struct {
	tx   *db.Tx
	seen trajectory.Seen
	now  time.Time
	s    *Service
}

// act opens an act on a trajectory in which the person may do action with things of kind.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID string, action access.Action, kind access.Kind, f func(w *work) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(action, kind, ""); err != nil {
			return err
		}
		return f(&work{tx: tx, seen: seen, now: now, s: s})
	})
}

// note writes the journal entry of the act.
func (w *work) note(ctx context.Context, event string, e entry, from, to int) error {
	return journal.Append(ctx, w.tx, journal.Entry{At: w.now, ActorID: w.seen.Who.ID, Kind: string(e.Kind) + "." + event, ObjectKind: string(e.Kind), ObjectID: e.ID,
		SchoolID: w.seen.SchoolID, TrajectoryID: w.seen.ID, From: from, To: to})
}

// find returns a thing that stands; one that was taken away is a conflict, so that the
// page can say so.
func (w *work) find(ctx context.Context, kind Kind, id string) (entry, error) {
	e, err := find(ctx, w.tx, w.seen.ID, kind, id)
	if err == nil && !e.RemovedAt.IsZero() {
		return e, errs.Conflict("evidence.taken_away")
	}
	return e, err
}

// atSchool refuses a person who neither works at the school nor takes part.
func (w *work) atSchool(ctx context.Context, personID string) error {
	if personID == "" {
		return nil
	}
	n, err := atSchool(ctx, w.tx, w.seen.SchoolID, w.seen.ID, personID)
	if err == nil && n == 0 {
		return errs.Absent()
	}
	return err
}

// New is something to add, with where it came from and what it rests on.
type New struct {
	Item    Item
	From    []why.Ref // contributions; for a finding also explanations
	For     []string  // sources that speak for an explanation or finding
	Against []string  // and against
}

// most things that one thing can come from or cite.
const maxLinks = 40

// Add keeps something new. Who: those who take part. The id comes back. Absent when what
// it came from, what it cites or whose it is does not belong here.
func (s *Service) Add(ctx context.Context, who access.Who, trajectoryID string, n New) (string, error) {
	if err := n.Item.Check(); err != nil {
		return "", err
	}
	kind, id := n.Item.Kind(), ""
	err := s.act(ctx, who, trajectoryID, access.Create, kind.Access(), func(w *work) error {
		have, err := countOf(ctx, w.tx, trajectoryID, kind)
		if err != nil {
			return err
		}
		if have >= most[kind] {
			return errs.Invalid("evidence.full", "n", most[kind])
		}
		if err := w.atSchool(ctx, n.Item.person()); err != nil {
			return err
		}
		e := entry{ID: ident.At(w.now), Kind: kind, Version: 1, Item: n.Item, MadeBy: who.ID, MadeAt: w.now}
		if err := w.put(ctx, e); err != nil {
			return err
		}
		if err := w.from(ctx, e, n.From); err != nil {
			return err
		}
		if err := w.cite(ctx, e, n.For, n.Against); err != nil {
			return err
		}
		id = e.ID
		return w.note(ctx, "added", e, 0, 1)
	})
	return id, errs.Because(err, "add %s to trajectory %s", kind, trajectoryID)
}

func (w *work) put(ctx context.Context, e entry) error {
	if err := insert(ctx, w.tx, w.seen.ID, e); err != nil {
		return err
	}
	if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: e.text(), AuthorID: e.MadeBy, Body: e.Item.body(), Now: w.now}); err != nil {
		return err
	}
	return writing.Drop(ctx, w.tx, e.MadeBy, DraftKey(w.seen.ID, e.Kind, ""))
}

// from links a new thing to what it was made of.
func (w *work) from(ctx context.Context, e entry, refs []why.Ref) error {
	var said, explained []string
	for _, r := range refs {
		switch {
		case r.Kind == "contribution":
			said = append(said, r.ID)
		case r.Kind == string(ExplanationKind) && e.Kind == FindingKind:
			explained = append(explained, r.ID)
		default:
			return errs.Absent()
		}
	}
	if len(refs) > maxLinks {
		return errs.Invalid("evidence.many_links", "n", maxLinks)
	}
	if len(said) > 0 {
		if err := w.s.voices.Belong(ctx, w.tx, w.seen, said); err != nil {
			return err
		}
	}
	if err := w.stand(ctx, ExplanationKind, explained); err != nil {
		return err
	}
	for _, r := range refs {
		if err := w.link(ctx, r, why.Became, e.ref()); err != nil {
			return err
		}
	}
	return nil
}

// stand refuses ids that are not standing things of a kind in this trajectory.
func (w *work) stand(ctx context.Context, kind Kind, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	n, err := standing(ctx, w.tx, w.seen.ID, kind, ids)
	if err == nil && n != len(ids) {
		return errs.Absent()
	}
	return err
}

func (w *work) link(ctx context.Context, from why.Ref, r why.Relation, to why.Ref) error {
	return why.Add(ctx, w.tx, why.Link{From: from, Relation: r, To: to, TrajectoryID: w.seen.ID, MadeBy: w.seen.Who.ID, MadeAt: w.now})
}
