package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/writing"
)

// DraftKey is where the page keeps what somebody is typing to bring in.
func DraftKey(meetingID string) string { return "meeting/" + meetingID + "/note" }

// AddNote brings something in during an item, from the board or from a phone. Who: those
// who take part, and guests who are asked to this hour; in the name of a colleague those
// who take part. It can be done until a day after closing: thoughts come late.
func (s *Service) AddNote(ctx context.Context, who access.Who, trajectoryID, id string, n NewNote) (string, error) {
	n, err := n.tidy()
	if err != nil {
		return "", err
	}
	noteID := ""
	err = s.act(ctx, who, trajectoryID, id, access.React, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if !m.Takes(now) {
			return errs.Invalid("meeting.over")
		}
		if n.SaidBy == who.ID {
			n.SaidBy = ByWriter
		}
		if err := sayable(ctx, tx, seen, m, n); err != nil {
			return err
		}
		noteID = ident.At(now)
		body := writing.Body{"note": n.Body}
		if _, _, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: "meeting_note", ID: noteID}, AuthorID: who.ID, Body: body, Now: now}); err != nil {
			return err
		}
		if err := insertNote(ctx, tx, m, noteID, who.ID, n, now); err != nil {
			return err
		}
		if err := writing.Drop(ctx, tx, who.ID, DraftKey(id)); err != nil {
			return err
		}
		return noteOn(ctx, tx, seen, eventNoteAdded, noteID, now)
	})
	return noteID, errs.Because(err, "note in meeting %s", id)
}

// sayable refuses a note on an item of another meeting, and words in the name of somebody
// who does not take part.
func sayable(ctx context.Context, tx *db.Tx, seen trajectory.Seen, m Meeting, n NewNote) error {
	items, err := itemsOf(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	if place(items, n.ItemID) < 0 {
		return errs.Absent()
	}
	if n.SaidBy == ByWriter {
		return nil
	}
	if !may(seen, m, access.Edit) {
		return errs.Absent()
	}
	if !n.byName() {
		return nil
	}
	known, err := db.One(ctx, tx, `select count(*) from participant where trajectory_id = $1 and person_id = $2 and left_at is null`, db.Int, seen.ID, n.SaidBy)
	if err == nil && known == 0 {
		return errs.Invalid("meeting.not_in_group").On("said_by")
	}
	return err
}

// WithdrawNote takes a note away. Who: its writer, and the colleague in whose name it stands.
func (s *Service) WithdrawNote(ctx context.Context, who access.Who, trajectoryID, id, noteID string) error {
	err := s.act(ctx, who, trajectoryID, id, access.React, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		n, err := withdraw(ctx, tx, id, noteID, who.ID, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if err := writing.Erase(ctx, tx, writing.Ref{Kind: "meeting_note", ID: noteID}); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, now, withdrawn, noteID); err != nil {
			return err
		}
		return noteOn(ctx, tx, seen, eventNoteWithdrawn, noteID, now)
	})
	return errs.Because(err, "withdraw note in meeting %s", id)
}

// AddTask gives one person something to do by a date, from this hour. Who: those who take part.
func (s *Service) AddTask(ctx context.Context, who access.Who, trajectoryID, id, ownerID, body string, due clock.Date) error {
	if due == "" {
		return errs.Invalid("meeting.task_date").On("due")
	}
	err := s.settles(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if due < seen.Today() || seen.Today().Days(due) > 400 {
			return errs.Invalid("meeting.task_date").On("due")
		}
		_, err := task.Add(ctx, tx, who, task.New{SchoolID: seen.SchoolID, TrajectoryID: seen.ID, SourceKind: "meeting", SourceID: id, OwnerID: ownerID, Body: body, DueOn: due}, now)
		return err
	})
	return errs.Because(err, "task of meeting %s", id)
}

// AddAgreement settles what the group always does from now on. Who: those who take part.
func (s *Service) AddAgreement(ctx context.Context, who access.Who, trajectoryID, id, body string) error {
	err := s.settles(ctx, who, trajectoryID, id, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		_, err := s.agreements.Agree(ctx, tx, seen, id, body, now)
		return err
	})
	return errs.Because(err, "agreement of meeting %s", id)
}

// settles opens an act that settles something in this hour.
func (s *Service) settles(ctx context.Context, who access.Who, trajectoryID, id string, f func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error) error {
	return s.act(ctx, who, trajectoryID, id, access.Settle, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if !m.Takes(now) {
			return errs.Invalid("meeting.over")
		}
		return f(tx, seen, m, now)
	})
}
