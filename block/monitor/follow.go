package monitor

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/why"
	"leerkring/writing"
)

// Follow adds an indicator. Who: those who take part.
func (s *Service) Follow(ctx context.Context, who access.Who, trajectoryID string, n NewIndicator) (string, error) {
	n = n.clean()
	if err := n.Check(); err != nil {
		return "", err
	}
	id := ""
	err := s.act(ctx, who, trajectoryID, access.Create, access.Indicator, func(w *work) error {
		all, err := indicatorsOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if err := hasRoom(all); err != nil {
			return err
		}
		id = ident.At(w.now)
		i := Indicator{ID: id, Kind: n.Kind, Body: n.Body, Unit: n.Unit, Position: len(all) + 1, Version: 1, MadeBy: who.ID, MadeAt: w.now}
		if err := insertIndicator(ctx, w.tx, trajectoryID, i); err != nil {
			return err
		}
		if _, err := w.keep(ctx, writing.Ref{Kind: objectIndicator, ID: id}, i.ref(), DraftKey("indicator", trajectoryID), 0, 0, n.words()); err != nil {
			return err
		}
		return w.note(ctx, "indicator.added", i.ref(), 0, 1)
	})
	return id, errs.Because(err, "add indicator to trajectory %s", trajectoryID)
}

func (i Indicator) ref() why.Ref { return why.Ref{Kind: objectIndicator, ID: i.ID} }

func hasRoom(all []Indicator) error {
	standing := 0
	for _, i := range all {
		if i.Stands() {
			standing++
		}
	}
	if standing >= mostIndicators {
		return errs.Invalid("monitor.many_indicators", "n", mostIndicators)
	}
	return nil
}

// Reword changes the words of an indicator; base is the version that the page showed.
// Totals stay with it. Who: those who take part. When somebody else wrote meanwhile, both
// texts are kept and the clash comes back.
func (s *Service) Reword(ctx context.Context, who access.Who, trajectoryID, id string, base int, n NewIndicator) (*writing.Clash, error) {
	n = n.clean()
	if err := n.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Indicator, func(w *work) error {
		i, err := indicatorIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		k, err := w.keep(ctx, writing.Ref{Kind: objectIndicator, ID: id}, i.ref(), DraftKey("indicator", id), i.Version, base, n.words())
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		from := i.Version
		i.Kind, i.Body, i.Unit, i.Version = n.Kind, n.Body, n.Unit, k.version
		if err := updateIndicator(ctx, w.tx, i); err != nil {
			return err
		}
		return w.note(ctx, "indicator.changed", i.ref(), from, i.Version)
	})
	return clash, errs.Because(err, "reword indicator %s", id)
}

// Retire stops following an indicator, or with back takes it up again. What was counted
// stays. Who: whoever added it, and the lead.
func (s *Service) Retire(ctx context.Context, who access.Who, trajectoryID, id string, back bool) error {
	err := s.act(ctx, who, trajectoryID, access.Read, access.Indicator, func(w *work) error {
		i, err := indicatorIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if err := w.seen.Must(access.Remove, access.Indicator, i.MadeBy); err != nil {
			return err
		}
		kind := "indicator.retired"
		if i.Retired = w.now; back {
			kind = "indicator.followed_again"
			i.Retired = Indicator{}.Retired
			all, err := indicatorsOf(ctx, w.tx, trajectoryID)
			if err == nil {
				err = hasRoom(all)
			}
			if err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, w.tx, `update indicator set retired_at = $2 where id = $1`, i.ID, i.Retired); err != nil {
			return err
		}
		return w.note(ctx, kind, i.ref(), i.Version, i.Version)
	})
	return errs.Because(err, "retire indicator %s", id)
}
