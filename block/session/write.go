package session

import (
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
	"leerkring/trajectory"
	"leerkring/writing"
)

// DraftKey is where the page keeps what somebody is typing in a field.
func DraftKey(sessionID, fieldID string) string { return "session/" + sessionID + "/" + fieldID }

// Write writes in a field of the present step, or changes what somebody wrote there: textID is ""
// for something new. version is the one that the page showed. Who: who has the field.
// Returns the id of the text.
func (s *Service) Write(ctx context.Context, who access.Who, id, fieldID, textID string, version int, body, choice string) (string, error) {
	err := s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		step, f, err := seen.fieldAt(seen.Pack, fieldID, seen.Now)
		if err != nil {
			return Session{}, err
		}
		if !seen.Writes(seen.Pack, seen.People, f, step, who.ID) {
			return Session{}, errs.Absent()
		}
		if body, err = Written(f, body, choice); err != nil {
			return Session{}, err
		}
		if len(f.Choices) == 0 {
			choice = ""
		}
		texts, err := textsOf(ctx, tx, id)
		if err != nil {
			return Session{}, err
		}
		own := slices.DeleteFunc(slices.Clone(texts), func(t Text) bool { return t.PersonID != who.ID || t.FieldID != f.ID || t.Step != step })
		if textID == "" && len(own) >= max(1, f.Most) {
			if f.Most <= 1 && len(own) == 1 { // one field, one answer: writing again is changing
				textID, version = own[0].ID, own[0].Version
			} else {
				return Session{}, errs.Invalid("session.enough_written", "n", f.Most).On(f.ID)
			}
		}
		if err := writing.Drop(ctx, tx, who.ID, DraftKey(id, f.ID)); err != nil {
			return Session{}, err
		}
		if textID != "" {
			at := slices.IndexFunc(own, func(t Text) bool { return t.ID == textID })
			switch {
			case at < 0:
				return Session{}, errs.Absent()
			case own[at].Version != version:
				return Session{}, errs.Conflict("form.changed_meanwhile").On(f.ID)
			}
			own[at].Body, own[at].Choice = body, choice
			return seen.Session, updateText(ctx, tx, own[at])
		}
		textID = ident.At(seen.Now)
		return seen.Session, insertText(ctx, tx, Text{ID: textID, SessionID: id, FieldID: f.ID, Step: step, PersonID: who.ID, Body: body, Choice: choice, MadeAt: seen.Now}.In(seen.Circle, f))
	})
	return textID, err
}

// Withdraw takes somebody's own words away, for good. Who: the writer.
func (s *Service) Withdraw(ctx context.Context, who access.Who, id, textID string) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		t, err := ownText(ctx, tx, seen, textID)
		if err != nil {
			return Session{}, err
		}
		if err := ledger.Note(ctx, tx, seen.Now, textRemoved, t.ID); err != nil {
			return Session{}, err
		}
		return seen.Session, removeText(ctx, tx, t)
	})
}

// Keep lets somebody's own words stay after the end date, or lets them go with the rest. An own card
// stays anyway. Who: the writer.
func (s *Service) Keep(ctx context.Context, who access.Who, id, textID string, keep bool) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		t, err := ownText(ctx, tx, seen, textID)
		if err != nil {
			return Session{}, err
		}
		if t.place == inCards {
			return Session{}, errs.Absent()
		}
		t.Kept = keep
		return seen.Session, updateText(ctx, tx, t)
	})
}

func ownText(ctx context.Context, q db.Queryer, seen Seen, textID string) (Text, error) {
	texts, err := textsOf(ctx, q, seen.ID)
	if err != nil {
		return Text{}, err
	}
	at := slices.IndexFunc(texts, func(t Text) bool { return t.ID == textID && t.PersonID == seen.Who.ID })
	if at < 0 {
		return Text{}, errs.Absent()
	}
	return texts[at], nil
}

// Mark votes for a text or puts a word on it; "" takes that back. Who: who is there, or who holds
// the role that the step names.
func (s *Service) Mark(ctx context.Context, who access.Who, id, textID, mark string) error {
	return s.inside(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		texts, err := textsOf(ctx, tx, id)
		if err != nil {
			return Session{}, err
		}
		at := slices.IndexFunc(texts, func(t Text) bool { return t.ID == textID })
		if at < 0 || !seen.reads(texts[at]) {
			return Session{}, errs.Absent()
		}
		given, err := marksOf(ctx, tx, id)
		if err != nil {
			return Session{}, err
		}
		if err := seen.mayMark(seen.Pack, seen.People, texts[at], who.ID, mark, given); err != nil {
			return Session{}, err
		}
		return seen.Session, putMark(ctx, tx, id, Mark{TextID: textID, PersonID: who.ID, Step: seen.Step, Mark: mark})
	})
}

// LetGo shares words further than the circle: the writer's own, as they read them over and write
// them here, for the trajectory that the session belongs to or for the school. Who: who was there.
// Returns the id.
func (s *Service) LetGo(ctx context.Context, who access.Who, id, kind, body, trajectoryID string) (string, error) {
	release := ""
	err := s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		var err error
		release, err = s.release(ctx, tx, seen, kind, body, trajectoryID)
		return seen.Session, err
	})
	return release, err
}

// release keeps words that somebody lets go, in the act of its caller.
func (s *Service) release(ctx context.Context, tx *db.Tx, seen Seen, kind, body, trajectoryID string) (string, error) {
	body = strings.TrimSpace(body)
	switch {
	case !seen.There() || !seen.May(access.Share):
		return "", errs.Absent()
	case seen.State != Running && seen.State != Closed:
		return "", errs.Invalid("session.not_begun")
	case kind != "insight" && kind != "agreement":
		return "", errs.Invalid("form.choose").On("kind")
	case body == "":
		return "", errs.Invalid("session.empty").On("body")
	}
	if err := tooLong(body, maxLine, "body"); err != nil {
		return "", err
	}
	if trajectoryID != "" {
		t, err := s.trajectories.Reach(ctx, tx, seen.Who, trajectoryID)
		if err != nil {
			return "", err
		}
		if err := t.Must(access.Edit, access.Trajectory, ""); err != nil {
			return "", err
		}
	}
	id := ident.At(seen.Now)
	_, err := db.Exec(ctx, tx, `insert into session_release (id, session_id, school_id, trajectory_id, person_id, kind, body, made_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
		id, seen.ID, seen.SchoolID, db.Null(trajectoryID), seen.Who.ID, kind, body, seen.Now)
	return id, err
}

// TakeBack takes back what somebody let go. Who: the writer.
func (s *Service) TakeBack(ctx context.Context, who access.Who, id, releaseID string) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		n, err := db.Exec(ctx, tx, `update session_release set withdrawn_at = $4, body = '', version = version + 1 where id = $1 and session_id = $2 and person_id = $3 and withdrawn_at is null`,
			releaseID, id, who.ID, seen.Now)
		if err == nil && n == 0 {
			err = errs.Absent()
		}
		if err == nil {
			err = ledger.Note(ctx, tx, seen.Now, takenBack, releaseID)
		}
		return seen.Session, err
	})
}

// Released is what people let go for a trajectory, newest first. Who: who may read the trajectory.
func (s *Service) Released(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Release, error) {
	if err := seen.Must(access.Read, access.Trajectory, ""); err != nil {
		return nil, err
	}
	list, err := releasesOf(ctx, q, "trajectory", seen.ID)
	for i := range list {
		list[i].Mine = list[i].PersonID == seen.Who.ID
	}
	return list, err
}

// Erase removes what was written in sessions whose end date has come, except what its writer
// keeps and the own cards, which are their writers'; session by session, so that it can be broken off. Returns how many sessions it cleared.
func (s *Service) Erase(ctx context.Context) (int, error) {
	now := s.clock.Now()
	due, err := db.All(ctx, s.db, `select id from session where erase_on is not null and erase_on <= $1 order by id limit 500`, db.Str, string(clock.On(now, clock.Zone(""))))
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			if err := eraseWritten(ctx, tx, id); err != nil {
				return err
			}
			return ledger.Note(ctx, tx, now, erased, id)
		})
		if err != nil {
			return 0, errs.Because(err, "erase what was written in session %s", id)
		}
	}
	return len(due), nil
}

func eraseWritten(ctx context.Context, tx *db.Tx, id string) error {
	if err := writing.DropUnder(ctx, tx, DraftKey(id, "")); err != nil {
		return err
	}
	for _, statement := range []string{
		`delete from session_mark where session_id = $1`,
		`delete from session_choice where session_id = $1`,
		`delete from session_note where session_id = $1 and not kept`,
		`update session set erase_on = null, version = version + 1 where id = $1`,
	} {
		if _, err := db.Exec(ctx, tx, statement, id); err != nil {
			return err
		}
	}
	return nil
}

// CloseForgotten closes the sessions that ran past their end without anybody closing them, so
// that what was settled is there. Returns how many.
func (s *Service) CloseForgotten(ctx context.Context) (int, error) {
	running, err := db.All(ctx, s.db, `select id from session where state = 'running' order by id limit 500`, db.Str)
	if err != nil {
		return 0, err
	}
	closed := 0
	for _, id := range running {
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			if err := db.Lock(ctx, tx, "session", id); err != nil {
				return err
			}
			x, err := byID(ctx, tx, id)
			if err != nil {
				return err
			}
			pack, err := s.trajectories.PackVersion(ctx, tx, x.MethodID, x.MethodVersion)
			if err != nil {
				return err
			}
			now := s.clock.Now()
			if !x.Forgotten(pack, now) {
				return nil
			}
			next, err := x.Close(now, clock.Zone(""))
			if err != nil {
				return err
			}
			closed++
			if err := update(ctx, tx, next); err != nil {
				return err
			}
			return record(ctx, tx, next, house, eventClosed, x.Version, x.Version+1, now)
		})
		if err != nil {
			return closed, errs.Because(err, "close forgotten session %s", id)
		}
	}
	return closed, nil
}
