package plan

import (
	"context"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Move puts an item in another place of its list: 1 is first. A place beyond the end is
// the end. Who: those who take part.
func (s *Service) Move(ctx context.Context, who access.Who, trajectoryID, id string, to int) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		e, err := w.standing(ctx, id)
		if err != nil {
			return err
		}
		if err := w.seen.Must(access.Edit, e.Kind.Access(), ""); err != nil {
			return err
		}
		entries, err := entriesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if to = min(max(to, 1), countOf(entries, e.Kind)); to == e.Position {
			return nil
		}
		if err := placeEntry(ctx, w.tx, trajectoryID, e, to); err != nil {
			return err
		}
		return w.note(ctx, "moved", e.Ref(), e.Version, e.Version)
	})
	return errs.Because(err, "move %s in plan of trajectory %s", id, trajectoryID)
}

// Remove takes an item away; its words, versions and links stay and it can be put back.
// version is the one that the page showed. Who: the lead or the stand-in, and whoever
// takes part for what they added themselves.
func (s *Service) Remove(ctx context.Context, who access.Who, trajectoryID, id string, version int) error {
	err := s.act(ctx, who, trajectoryID, access.Read, access.Plan, func(w *work) error {
		e, err := w.standing(ctx, id)
		if err != nil {
			return err
		}
		if !mayRemove(w.seen, e) {
			return errs.Absent()
		}
		if e.Version != version { // nobody takes away words that they have not read
			return errs.Conflict("plan.changed_meanwhile")
		}
		if err := removeEntry(ctx, w.tx, trajectoryID, e, who.ID, w.now); err != nil {
			return err
		}
		return w.changed(ctx, "removed", e.Ref(), e.Version, e.Version)
	})
	return errs.Because(err, "remove %s from plan of trajectory %s", id, trajectoryID)
}

// mayRemove: who added an item owns it as far as taking it away goes, and only while
// taking part.
func mayRemove(seen trajectory.Seen, e Entry) bool {
	owner := ""
	if seen.Role != trajectory.NoOne && seen.Role != trajectory.Guest {
		owner = e.MadeBy
	}
	return seen.May(access.Remove, e.Kind.Access(), owner)
}

// Restore puts back what was taken away, at the end of its list. Who: those who take part.
func (s *Service) Restore(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		e, err := entryIn(ctx, w.tx, trajectoryID, id)
		if err != nil || e.RemovedAt.IsZero() { // put back twice is put back
			return err
		}
		if err := w.seen.Must(access.Edit, e.Kind.Access(), ""); err != nil {
			return err
		}
		entries, err := entriesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		at := countOf(entries, e.Kind) + 1
		if at > most[e.Kind] {
			return errs.Invalid("plan.too_many", "n", most[e.Kind])
		}
		if err := restoreEntry(ctx, w.tx, e, at); err != nil {
			return err
		}
		return w.changed(ctx, "restored", e.Ref(), e.Version, e.Version)
	})
	return errs.Because(err, "restore %s in plan of trajectory %s", id, trajectoryID)
}
