package monitor

import (
	"context"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Hold keeps what the group counted and saw at a moment, and corrects it later: base is
// the version of the telling that the page showed, nought before the first. Who: those
// who take part. When two people fill it in at once, the moment stays as the first one
// left it, both tellings are kept, and the clash comes back; sending again on the version
// that stands merges them.
func (s *Service) Hold(ctx context.Context, who access.Who, trajectoryID, id string, base int, t Telling) (*writing.Clash, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Count, func(w *work) error {
		m, err := momentIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		all, err := indicatorsOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if !known(all, t.Totals) {
			return errs.Absent()
		}
		from, first := m.TellingAt, m.State != Held
		if m, err = m.hold(t, w.seen.Today()); err != nil {
			return err
		}
		k, err := w.keep(ctx, writing.Ref{Kind: textTelling, ID: id}, m.ref(), DraftKey("moment", id), from, base, m.Told.words())
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		m.TellingAt = k.version
		if err := updateMoment(ctx, w.tx, m); err != nil {
			return err
		}
		kind := "moment.corrected"
		if first {
			kind = "moment.held"
		}
		return w.note(ctx, kind, m.ref(), from, m.TellingAt)
	})
	return clash, errs.Because(err, "hold moment %s", id)
}

// known reports whether every total is of an indicator of this trajectory.
func known(all []Indicator, totals map[string]Total) bool {
	there := map[string]bool{}
	for _, i := range all {
		there[i.ID] = true
	}
	for id := range totals {
		if !there[id] {
			return false
		}
	}
	return true
}

// LetGo says that the telling that stands is fine: what this person had waiting beside it
// stays in the history and asks for nothing any more. Who: those who take part, for their
// own words.
func (s *Service) LetGo(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Count, func(w *work) error {
		m, err := momentIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if err := writing.Merged(ctx, w.tx, writing.Ref{Kind: textTelling, ID: id}, who.ID); err != nil {
			return err
		}
		return w.note(ctx, "moment.merged", m.ref(), m.TellingAt, m.TellingAt)
	})
	return errs.Because(err, "let go a telling of moment %s", id)
}
