package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
)

// items opens an act on the items of a meeting that is not over.
func (s *Service) items(ctx context.Context, who access.Who, trajectoryID, id string, f func(tx *db.Tx, m Meeting, items []Item, now time.Time) error) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State.Over() {
			return errs.Invalid("meeting.over")
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := f(tx, m, items, now); err != nil {
			return err
		}
		return noteItems(ctx, tx, seen, m, now)
	})
	return errs.Because(err, "items of meeting %s", id)
}

// waiting returns the place of an item that the group has not been at.
func waiting(items []Item, id string) (int, error) {
	at := place(items, id)
	switch {
	case at < 0:
		return 0, errs.Absent()
	case items[at].Begun():
		return 0, errs.Invalid("meeting.has_begun")
	}
	return at, nil
}

// SetItems replaces the items of a meeting that has not begun: a fresh proposal. Who:
// those who take part.
func (s *Service) SetItems(ctx context.Context, who access.Who, trajectoryID, id string, list []NewItem) error {
	if err := checkItems(list); err != nil {
		return err
	}
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, m Meeting, _ []Item, now time.Time) error {
		if m.State == Live {
			return errs.Invalid("meeting.has_begun")
		}
		if err := removeItems(ctx, tx, id, now); err != nil {
			return err
		}
		for n, i := range list {
			if err := insertItem(ctx, tx, i.item(ident.At(now), id, n+1)); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddItem puts an item at the end, also while the hour goes on. Who: those who take part.
func (s *Service) AddItem(ctx context.Context, who access.Who, trajectoryID, id string, n NewItem) error {
	if err := n.Check(); err != nil {
		return err
	}
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, _ Meeting, items []Item, now time.Time) error {
		if len(items) >= mostItems {
			return errs.Invalid("meeting.many_items", "most", mostItems)
		}
		last := 0
		if len(items) > 0 {
			last = items[len(items)-1].Position
		}
		return insertItem(ctx, tx, n.item(ident.At(now), id, last+1))
	})
}

// Reword gives an item another question, part and reason. was is the question that the
// page showed: words of somebody who was quicker are never overwritten unseen. Who:
// those who take part, until the group is at it.
func (s *Service) Reword(ctx context.Context, who access.Who, trajectoryID, id, itemID, was string, n NewItem) error {
	n.Minutes = max(n.Minutes, 1) // the minutes stay as they are
	if err := n.Check(); err != nil {
		return err
	}
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, _ Meeting, items []Item, _ time.Time) error {
		at, err := waiting(items, itemID)
		if err != nil {
			return err
		}
		if items[at].Question != was {
			return errs.Conflict("form.changed_meanwhile").On("question")
		}
		i := n.item(itemID, id, items[at].Position)
		i.Minutes = items[at].Minutes
		return updateItem(ctx, tx, i)
	})
}

// SetMinutes gives an item its minutes. Who: those who take part; the item that is going
// on gets more by MoreTime.
func (s *Service) SetMinutes(ctx context.Context, who access.Who, trajectoryID, id, itemID string, minutes int) error {
	if err := checkMinutes(minutes); err != nil {
		return err
	}
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, _ Meeting, items []Item, _ time.Time) error {
		at, err := waiting(items, itemID)
		if err != nil {
			return err
		}
		items[at].Minutes = minutes
		return updateItem(ctx, tx, items[at])
	})
}

// MoveItem puts an item one place earlier or later among those that still come. At the
// edge nothing happens. Who: those who take part.
func (s *Service) MoveItem(ctx context.Context, who access.Who, trajectoryID, id, itemID string, earlier bool) error {
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, _ Meeting, items []Item, _ time.Time) error {
		at, err := waiting(items, itemID)
		if err != nil {
			return err
		}
		to := at + 1
		if earlier {
			to = at - 1
		}
		if to < 0 || to >= len(items) || items[to].Begun() {
			return nil
		}
		items[at].Position, items[to].Position = items[to].Position, items[at].Position
		if err := updateItem(ctx, tx, items[at]); err != nil {
			return err
		}
		return updateItem(ctx, tx, items[to])
	})
}

// RemoveItem takes an item off the agenda. Who: those who take part, until the group is at it.
func (s *Service) RemoveItem(ctx context.Context, who access.Who, trajectoryID, id, itemID string) error {
	return s.items(ctx, who, trajectoryID, id, func(tx *db.Tx, _ Meeting, items []Item, now time.Time) error {
		if _, err := waiting(items, itemID); err != nil {
			return err
		}
		return removeItem(ctx, tx, itemID, now)
	})
}
