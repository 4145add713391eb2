package condition

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/writing"
)

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
