package meeting

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/trajectory"
	"leerkring/writing"
)

// Begin starts the hour with its first item. Beginning twice is no mistake. Who: the
// host or the lead; when both are away anybody who takes part may take over by TakeOver.
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
		return s.enter(ctx, tx, seen, m, first, "meeting.begun", now)
	})
	return errs.Because(err, "begin meeting %s", id)
}

// enter makes an item the present one.
func (s *Service) enter(ctx context.Context, tx *db.Tx, seen trajectory.Seen, m Meeting, item Item, kind string, now time.Time) error {
	if err := endItem(ctx, tx, m.CurrentID, now); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `update meeting_item set started_at = coalesce(started_at, $2), ended_at = null where id = $1`, item.ID, now); err != nil {
		return err
	}
	m.CurrentID = item.ID
	if err := update(ctx, tx, m, 0); err != nil {
		return err
	}
	return journal.Append(ctx, tx, entry(seen, kind, m.ID, m.Version, now))
}

// GoOn moves to the next item. from is the item that the page showed, so that two who
// press at once move one item and not two. Who: the host, the lead.
func (s *Service) GoOn(ctx context.Context, who access.Who, trajectoryID, id, from string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State != Live {
			return errs.Invalid("meeting.not_live")
		}
		if m.CurrentID != from {
			return nil // somebody else was first, and the page will show it
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		next, ok := Next(items, m.CurrentID)
		if !ok {
			return errs.Invalid("meeting.last_item")
		}
		return s.enter(ctx, tx, seen, m, next, "meeting.moved", now)
	})
	return errs.Because(err, "go on in meeting %s", id)
}

// GoTo moves to any item: skipping and going back are natural. Who: the host, the lead.
func (s *Service) GoTo(ctx context.Context, who access.Who, trajectoryID, id, itemID string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State != Live {
			return errs.Invalid("meeting.not_live")
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, i := range items {
			if i.ID == itemID {
				return s.enter(ctx, tx, seen, m, i, "meeting.moved", now)
			}
		}
		return errs.Absent()
	})
	return errs.Because(err, "go to item of meeting %s", id)
}

// MoreTime gives the present item more minutes. Who: the host, the lead.
func (s *Service) MoreTime(ctx context.Context, who access.Who, trajectoryID, id, itemID string, minutes int) error {
	if minutes < -60 || minutes > 60 || minutes == 0 {
		return errs.Invalid("meeting.item_minutes").On("minutes")
	}
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		n, err := db.Exec(ctx, tx, `update meeting_item set minutes = minutes + $3 where id = $1 and meeting_id = $2 and removed_at is null and minutes + $3 >= 1`, itemID, id, minutes)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Invalid("meeting.item_minutes").On("minutes")
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.changed", id, m.Version, now))
	})
	return errs.Because(err, "more time in meeting %s", id)
}

// TakeOver makes the person asking the host: the battery of the host died, or the host
// is ill. Who: those who take part.
func (s *Service) TakeOver(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Closed || m.State == Cancelled {
			return errs.Invalid("meeting.over")
		}
		m.HostID = who.ID
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.host", id, m.Version, now))
	})
	return errs.Because(err, "take over meeting %s", id)
}

// AddNote brings something in during an item, from the board or from a phone. Who:
// those who take part. Notes can be added for a day after closing: thoughts come late.
func (s *Service) AddNote(ctx context.Context, who access.Who, trajectoryID, id, itemID, body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" {
		return "", errs.Invalid("meeting.note_empty").On("note")
	}
	if utf8.RuneCountInString(body) > maxNote {
		return "", errs.Invalid("form.too_long_max", "max", maxNote).On("note")
	}
	noteID := ""
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Cancelled || (m.State == Closed && now.After(m.ClosedAt.Add(24*time.Hour))) {
			return errs.Invalid("meeting.over")
		}
		belongs, err := db.One(ctx, tx, `select count(*) from meeting_item where id = $1 and meeting_id = $2 and removed_at is null`, db.Int, itemID, id)
		if err != nil {
			return err
		}
		if belongs == 0 {
			return errs.Absent()
		}
		noteID = ident.At(now)
		if _, _, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: "meeting_note", ID: noteID}, AuthorID: who.ID, Body: writing.Body{"note": body}, Now: now}); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into meeting_note (id, meeting_id, item_id, person_id, body, version, made_at) values ($1, $2, $3, $4, $5, 1, $6)`, noteID, id, itemID, who.ID, body, now); err != nil {
			return err
		}
		e := entry(seen, "meeting_note.added", noteID, 0, now)
		e.ObjectKind = "meeting_note"
		return journal.Append(ctx, tx, e)
	})
	return noteID, errs.Because(err, "note in meeting %s", id)
}

// WithdrawNote takes the writer's own note away. Who: its writer.
func (s *Service) WithdrawNote(ctx context.Context, who access.Who, trajectoryID, id, noteID string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		n, err := db.Exec(ctx, tx, `update meeting_note set withdrawn_at = $4, body = '' where id = $1 and meeting_id = $2 and person_id = $3 and withdrawn_at is null`, noteID, id, who.ID, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if err := writing.Erase(ctx, tx, writing.Ref{Kind: "meeting_note", ID: noteID}); err != nil {
			return err
		}
		e := entry(seen, "meeting_note.withdrawn", noteID, 1, now)
		e.ObjectKind = "meeting_note"
		return journal.Append(ctx, tx, e)
	})
	return errs.Because(err, "withdraw note in meeting %s", id)
}

// Close ends the hour: minutes, agreements and tasks are with everybody from now on.
// present are those who were there, for the minutes only. Who: the host, the lead.
func (s *Service) Close(ctx context.Context, who access.Who, trajectoryID, id string, present []string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Closed {
			return nil // pressed twice
		}
		if err := endItem(ctx, tx, m.CurrentID, now); err != nil {
			return err
		}
		m, err := m.Close(now)
		if err != nil {
			return err
		}
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into meeting_present (meeting_id, person_id)
			select $1, x.person_id from participant x where x.trajectory_id = $2 and x.left_at is null and x.person_id in `+db.In("$3")+` on conflict do nothing`, id, trajectoryID, present); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.closed", id, m.Version, now))
	})
	return errs.Because(err, "close meeting %s", id)
}
