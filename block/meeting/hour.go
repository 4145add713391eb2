package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Begin starts the hour with its first item. Beginning twice is no mistake. Who: the
// host, the lead, or who planned it; when they are away anybody who takes part takes over first.
func (s *Service) Begin(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		began := m.State == Live
		m, err := m.Begin(now)
		if err != nil || began {
			return err
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		first, ok := Next(items, "")
		if !ok {
			return errs.Invalid("meeting.no_items")
		}
		return enter(ctx, tx, seen, m, items, first, eventBegun, now)
	})
	return errs.Because(err, "begin meeting %s", id)
}

// enter makes an item the present one, and ends the stretch of the one before.
func enter(ctx context.Context, tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, item Item, kind string, now time.Time) error {
	if item.ID == m.CurrentID {
		return nil
	}
	if err := leave(ctx, tx, m, items, now); err != nil {
		return err
	}
	if err := holdItem(ctx, tx, item.start(now)); err != nil {
		return err
	}
	m.CurrentID = item.ID
	if err := update(ctx, tx, m, 0); err != nil {
		return err
	}
	return note(ctx, tx, seen, kind, m, now)
}

// leave ends the stretch of the present item.
func leave(ctx context.Context, tx *db.Tx, m Meeting, items []Item, now time.Time) error {
	at := place(items, m.CurrentID)
	if at < 0 {
		return nil
	}
	return holdItem(ctx, tx, items[at].stop(now, time.Duration(m.Minutes)*time.Minute))
}

// live opens an act on an hour that is going on, by who leads it.
func (s *Service) live(ctx context.Context, who access.Who, trajectoryID, id string, f func(tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, now time.Time) error) error {
	return s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State != Live {
			return errs.Invalid("meeting.not_live")
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return f(tx, seen, m, items, now)
	})
}

// GoOn moves to the next item. from is the item that the page showed, so that two who
// press at once move one item and not two. Who: the host, the lead, or who planned it.
func (s *Service) GoOn(ctx context.Context, who access.Who, trajectoryID, id, from string) error {
	err := s.live(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, now time.Time) error {
		if m.CurrentID != from {
			return nil // somebody else was first, and the page will show it
		}
		next, ok := Next(items, m.CurrentID)
		if !ok {
			return errs.Invalid("meeting.last_item")
		}
		return enter(ctx, tx, seen, m, items, next, eventMoved, now)
	})
	return errs.Because(err, "go on in meeting %s", id)
}

// GoTo moves to any item: skipping and going back are natural. Who: the host, the lead,
// or who planned it.
func (s *Service) GoTo(ctx context.Context, who access.Who, trajectoryID, id, itemID string) error {
	err := s.live(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, now time.Time) error {
		at := place(items, itemID)
		if at < 0 {
			return errs.Absent()
		}
		return enter(ctx, tx, seen, m, items, items[at], eventMoved, now)
	})
	return errs.Because(err, "go to item of meeting %s", id)
}

// MoreTime gives an item more minutes, or fewer. Who: the host, the lead, or who planned it.
func (s *Service) MoreTime(ctx context.Context, who access.Who, trajectoryID, id, itemID string, minutes int) error {
	if minutes < -60 || minutes > 60 || minutes == 0 {
		return errs.Invalid("meeting.item_minutes").On("minutes")
	}
	err := s.live(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, now time.Time) error {
		at := place(items, itemID)
		if at < 0 {
			return errs.Absent()
		}
		items[at].Minutes += minutes
		if err := checkMinutes(items[at].Minutes); err != nil {
			return err
		}
		if err := updateItem(ctx, tx, items[at]); err != nil {
			return err
		}
		return noteItems(ctx, tx, seen, m, now)
	})
	return errs.Because(err, "more time in meeting %s", id)
}

// TakeOver makes the person asking the host: the battery of the host died, or the host
// is ill. Who: those who take part.
func (s *Service) TakeOver(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State.Over() {
			return errs.Invalid("meeting.over")
		}
		if m.HostID == who.ID {
			return nil
		}
		m.HostID = who.ID
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventHost, m, now)
	})
	return errs.Because(err, "take over meeting %s", id)
}

// NotYet takes back that the hour began: somebody tried the board. Once something was
// brought in or settled, the hour goes on. Who: the host, the lead, or who planned it.
func (s *Service) NotYet(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.live(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, items []Item, now time.Time) error {
		said, err := s.said(ctx, tx, seen, m)
		if err != nil {
			return err
		}
		if m, err = m.NotYet(said); err != nil {
			return err
		}
		for _, i := range items {
			i.StartedAt, i.EndedAt, i.Spent = time.Time{}, time.Time{}, 0
			if err := holdItem(ctx, tx, i); err != nil {
				return err
			}
		}
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventNotYet, m, now)
	})
	return errs.Because(err, "begin meeting %s later", id)
}

// Close ends the hour: minutes, agreements and tasks are with everybody from now on.
// present are those who were there, for the minutes only. Who: the host, the lead, or who
// planned it.
func (s *Service) Close(ctx context.Context, who access.Who, trajectoryID, id string, present []string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Closed {
			return nil // pressed twice
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		closed, err := m.Close(now)
		if err != nil {
			return err
		}
		if err := leave(ctx, tx, m, items, now); err != nil {
			return err
		}
		if err := update(ctx, tx, closed, 0); err != nil {
			return err
		}
		if err := insertPresent(ctx, tx, m, present); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventClosed, m, now)
	})
	return errs.Because(err, "close meeting %s", id)
}
