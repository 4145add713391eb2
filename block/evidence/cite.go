package evidence

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
)

// Cite sets which sources speak for an explanation or a finding, and which against. One
// source can do both: then it stands on both sides. Who: those who take part.
func (s *Service) Cite(ctx context.Context, who access.Who, trajectoryID string, kind Kind, id string, pro, against []string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, kind.Access(), func(w *work) error {
		e, err := w.find(ctx, kind, id)
		if err != nil {
			return err
		}
		for _, r := range []why.Relation{why.Supports, why.Opposes} {
			if err := why.RemoveTo(ctx, w.tx, trajectoryID, e.ref(), r, string(SourceKind)); err != nil {
				return err
			}
		}
		if err := w.cite(ctx, e, pro, against); err != nil {
			return err
		}
		return w.note(ctx, "cited", e, e.Version, e.Version)
	})
	return errs.Because(err, "cite for %s %s of trajectory %s", kind, id, trajectoryID)
}

// cite links sources to an explanation or finding.
func (w *work) cite(ctx context.Context, e entry, pro, against []string) error {
	if len(pro)+len(against) == 0 {
		return nil
	}
	if e.Kind != ExplanationKind && e.Kind != FindingKind {
		return errs.Absent()
	}
	if len(pro) > maxLinks || len(against) > maxLinks {
		return errs.Invalid("evidence.many_links", "n", maxLinks)
	}
	if err := w.stand(ctx, SourceKind, slices.Concat(pro, against)); err != nil {
		return err
	}
	for r, ids := range map[why.Relation][]string{why.Supports: pro, why.Opposes: against} {
		for _, id := range ids {
			if err := w.link(ctx, why.Ref{Kind: string(SourceKind), ID: id}, r, e.ref()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Share asks colleagues outside the group whether they recognise a finding. Sharing again
// asks anew. Who: those who take part. Refused while only the group may read here.
func (s *Service) Share(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Settle, access.Finding, func(w *work) error {
		e, err := w.find(ctx, FindingKind, id)
		if err != nil {
			return err
		}
		if !w.seen.Open || w.seen.State == trajectory.Draft {
			return errs.Invalid("evidence.share_closed")
		}
		if err := setShared(ctx, w.tx, id, who.ID, w.now); err != nil {
			return err
		}
		return w.note(ctx, "shared", e, e.Version, e.Version)
	})
	return errs.Because(err, "share finding %s of trajectory %s", id, trajectoryID)
}

// TakeBack ends the sharing of a finding: nobody outside is asked any more, and what they
// said stays. Who: those who take part.
func (s *Service) TakeBack(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Settle, access.Finding, func(w *work) error {
		e, err := w.find(ctx, FindingKind, id)
		if err != nil || e.SharedAt.IsZero() { // taken back twice is taken back
			return err
		}
		if err := setShared(ctx, w.tx, id, "", time.Time{}); err != nil {
			return err
		}
		return w.note(ctx, "taken_back", e, e.Version, e.Version)
	})
	return errs.Because(err, "take back finding %s of trajectory %s", id, trajectoryID)
}

// Remove takes something away; its words, versions and links stay and it can be put back.
// version is the one that the page showed. Who: the lead or the stand-in, and whoever
// takes part for what they added themselves. Refused while the plan rests on it.
func (s *Service) Remove(ctx context.Context, who access.Who, trajectoryID string, kind Kind, id string, version int) error {
	err := s.act(ctx, who, trajectoryID, access.Read, kind.Access(), func(w *work) error {
		e, err := w.find(ctx, kind, id)
		if err != nil {
			return err
		}
		if !mayRemove(w.seen, e) {
			return errs.Absent()
		}
		if e.Version != version { // nobody takes away words that they have not read
			return errs.Conflict("evidence.changed_meanwhile")
		}
		links, err := why.All(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if len(links.To(string(kind), id).Is(why.Answers)) > 0 {
			return errs.Invalid("evidence.in_plan")
		}
		if err := setRemoved(ctx, w.tx, id, who.ID, w.now); err != nil {
			return err
		}
		return w.note(ctx, "removed", e, e.Version, e.Version)
	})
	return errs.Because(err, "remove %s %s of trajectory %s", kind, id, trajectoryID)
}

// mayRemove: who added something owns it as far as taking it away goes, and only while
// taking part.
func mayRemove(seen trajectory.Seen, e entry) bool {
	owner := ""
	if seen.Role != trajectory.NoOne && seen.Role != trajectory.Guest {
		owner = e.MadeBy
	}
	return seen.May(access.Remove, e.Kind.Access(), owner)
}

// Restore puts back what was taken away, with what it cited. Who: those who take part.
func (s *Service) Restore(ctx context.Context, who access.Who, trajectoryID string, kind Kind, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, kind.Access(), func(w *work) error {
		e, err := find(ctx, w.tx, trajectoryID, kind, id)
		if err != nil || e.RemovedAt.IsZero() { // put back twice is put back
			return err
		}
		have, err := countOf(ctx, w.tx, trajectoryID, kind)
		if err != nil {
			return err
		}
		if have >= most[kind] {
			return errs.Invalid("evidence.full", "n", most[kind])
		}
		if err := setRemoved(ctx, w.tx, id, "", time.Time{}); err != nil {
			return err
		}
		return w.note(ctx, "restored", e, e.Version, e.Version)
	})
	return errs.Because(err, "restore %s %s of trajectory %s", kind, id, trajectoryID)
}
