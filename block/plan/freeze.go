package plan

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// PutUp brings the plan to talk (Discussed) or to a decision (ToDecision), under the
// number of the version that it returns. A new version is frozen when anything changed
// since the last; then, from the second on, the reason says what. Who: the lead or the
// stand-in.
func (s *Service) PutUp(ctx context.Context, who access.Who, trajectoryID string, to State, reason string) (int, error) {
	number := 0
	err := s.act(ctx, who, trajectoryID, access.Lead, access.Plan, func(w *work) error {
		snapshot, last, err := w.snapshot(ctx)
		if err != nil {
			return err
		}
		next, v, freeze, err := w.plan.putUp(to, last, snapshot.Empty(), reason, w.now)
		if err != nil {
			return err
		}
		w.plan, number, v.MadeBy = next, v.Number, who.ID
		if freeze {
			if err := insertVersion(ctx, w.tx, trajectoryID, v, snapshot); err != nil {
				return err
			}
		}
		if err := updatePlan(ctx, w.tx, w.plan); err != nil {
			return err
		}
		return w.note(ctx, string(to), w.self(), last.Number, v.Number)
	})
	return number, errs.Because(err, "put up plan of trajectory %s", trajectoryID)
}

// Adjust makes what changed since a plan was settled the version in force, with its
// reason and who decided it. Who: the lead or the stand-in.
func (s *Service) Adjust(ctx context.Context, who access.Who, trajectoryID, reason, decidedBy string) (int, error) {
	number := 0
	err := s.act(ctx, who, trajectoryID, access.Lead, access.Plan, func(w *work) error {
		snapshot, last, err := w.snapshot(ctx)
		if err != nil {
			return err
		}
		next, v, err := w.plan.adjust(last, reason, decidedBy, w.now)
		if err != nil {
			return err
		}
		w.plan, number, v.MadeBy = next, v.Number, who.ID
		if err := insertVersion(ctx, w.tx, trajectoryID, v, snapshot); err != nil {
			return err
		}
		if err := updatePlan(ctx, w.tx, w.plan); err != nil {
			return err
		}
		return w.note(ctx, "adjusted", w.self(), last.Number, v.Number)
	})
	return number, errs.Because(err, "adjust plan of trajectory %s", trajectoryID)
}

// snapshot is the plan as it stands, with the newest version before it.
func (w *work) snapshot(ctx context.Context) (Snapshot, Version, error) {
	s, err := present(ctx, w.tx, w.seen.ID, w.plan)
	if err != nil {
		return Snapshot{}, Version{}, err
	}
	last, err := lastVersion(ctx, w.tx, w.seen.ID)
	return s, last, err
}

func present(ctx context.Context, q db.Queryer, trajectoryID string, p Plan) (Snapshot, error) {
	entries, err := entriesOf(ctx, q, trajectoryID)
	if err != nil {
		return Snapshot{}, err
	}
	links, err := why.All(ctx, q, trajectoryID)
	return snapshotOf(p.Head, entries, links), err
}

// Settled takes over the outcome of a decision about one version of the plan, inside the
// act that closes the decision: «agreed» and «agreed_subject_to» put that version in
// force, anything else gives the plan back. It answers decision.Settles; cmd connects.
func (s *Service) Settled(ctx context.Context, tx *db.Tx, seen trajectory.Seen, ref why.Ref, number int, outcome string) error {
	if ref.Kind != "plan" {
		return nil
	}
	if ref.ID != seen.ID {
		return errs.Absent()
	}
	p, err := planOf(ctx, tx, seen.ID)
	if err != nil {
		return err
	}
	if _, _, err := versionIn(ctx, tx, seen.ID, number); err != nil {
		return errs.Because(err, "version %d of plan of trajectory %s", number, seen.ID)
	}
	last, err := lastVersion(ctx, tx, seen.ID)
	if err != nil {
		return err
	}
	agreed := outcome == "agreed" || outcome == "agreed_subject_to"
	next := p.after(number, last.Number, agreed, s.clock.Now())
	if agreed && p.Standing > 0 && p.Standing != number { // a settled plan was adjusted by a decision
		if _, err := db.Exec(ctx, tx, `update plan_version set adjusts = $3 where trajectory_id = $1 and number = $2`, seen.ID, number, p.Standing); err != nil {
			return err
		}
	}
	return updatePlan(ctx, tx, next)
}

// FrozenVersion is one version of a plan with its words.
type FrozenVersion struct {
	Version
	Plan Snapshot
}

// Version returns one version of the plan. Who: whoever may read the plan.
func (s *Service) Version(ctx context.Context, who access.Who, trajectoryID string, number int) (FrozenVersion, error) {
	q, _, err := s.read(ctx, who, trajectoryID)
	if err != nil {
		return FrozenVersion{}, err
	}
	v, snapshot, err := versionIn(ctx, q, trajectoryID, number)
	return FrozenVersion{v, snapshot}, errs.Because(err, "version %d of plan of trajectory %s", number, trajectoryID)
}

// Between compares two versions; 0 is the plan as it stands now. Who: whoever may read
// the plan.
func (s *Service) Between(ctx context.Context, who access.Who, trajectoryID string, earlier, later int) ([]Change, error) {
	q, _, err := s.read(ctx, who, trajectoryID)
	if err != nil {
		return nil, err
	}
	a, err := snapshotAt(ctx, q, trajectoryID, earlier)
	if err != nil {
		return nil, errs.Because(err, "version %d of plan of trajectory %s", earlier, trajectoryID)
	}
	b, err := snapshotAt(ctx, q, trajectoryID, later)
	return Compare(a, b), errs.Because(err, "version %d of plan of trajectory %s", later, trajectoryID)
}

func snapshotAt(ctx context.Context, q db.Queryer, trajectoryID string, number int) (Snapshot, error) {
	if number > 0 {
		_, s, err := versionIn(ctx, q, trajectoryID, number)
		return s, err
	}
	p, err := planOf(ctx, q, trajectoryID)
	if err != nil {
		return Snapshot{}, err
	}
	return present(ctx, q, trajectoryID, p)
}

// Past is the text of an item, or of the head, with everything it ever was.
type Past struct {
	Entry   Entry             // zero for the head
	Version int               // of the text that stands
	History []writing.Version // oldest first, texts that were kept beside it included
	Waiting []writing.Version // this person's own texts that wait to be merged
}

// Past returns the history of an item, also of one that was taken away; id is the item,
// or the trajectory for the head. Who: whoever may read the plan.
func (s *Service) Past(ctx context.Context, who access.Who, trajectoryID, id string) (Past, error) {
	q, seen, err := s.read(ctx, who, trajectoryID)
	if err != nil {
		return Past{}, err
	}
	var past Past
	ref := writing.Ref{Kind: "plan", ID: trajectoryID}
	if id == trajectoryID {
		p, err := planOf(ctx, q, trajectoryID)
		if err != nil {
			return past, err
		}
		past.Version = p.Version
	} else {
		if past.Entry, err = entryIn(ctx, q, trajectoryID, id); err != nil {
			return past, errs.Because(err, "item %s of plan of trajectory %s", id, trajectoryID)
		}
		if err := seen.Must(access.Read, past.Entry.Kind.Access(), ""); err != nil {
			return Past{}, err
		}
		past.Version, ref = past.Entry.Version, past.Entry.text()
	}
	if past.History, err = writing.History(ctx, q, ref); err != nil {
		return past, err
	}
	slices.SortStableFunc(past.History, func(a, b writing.Version) int { return a.Version - b.Version })
	for _, v := range past.History {
		if v.Kept == "conflict" && v.AuthorID == who.ID {
			past.Waiting = append(past.Waiting, v)
		}
	}
	return past, nil
}

// Removed returns what was taken away, the latest first. Who: those who may change the plan.
func (s *Service) Removed(ctx context.Context, who access.Who, trajectoryID string) ([]Entry, error) {
	q, seen, err := s.read(ctx, who, trajectoryID)
	if err != nil {
		return nil, err
	}
	if err := seen.Must(access.Edit, access.Plan, ""); err != nil {
		return nil, err
	}
	return removedOf(ctx, q, trajectoryID)
}

// read opens the plan of a trajectory for reading.
func (s *Service) read(ctx context.Context, who access.Who, trajectoryID string) (db.Queryer, trajectory.Seen, error) {
	q := s.trajectories.DB()
	seen, err := s.trajectories.Reach(ctx, q, who, trajectoryID)
	if err != nil {
		return q, seen, err
	}
	return q, seen, seen.Must(access.Read, access.Plan, "")
}
