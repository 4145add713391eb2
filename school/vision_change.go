package school

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
)

// ReplaceVisionLine puts another sentence in the place of one of the vision. The old one is
// kept, and focus points that were tied to it go along. Who: a leader of the school.
func (s *Service) ReplaceVisionLine(ctx context.Context, who access.Who, schoolID, id, body string) error {
	body = strings.TrimSpace(body)
	if n := utf8.RuneCountInString(body); n < 3 || n > 240 {
		return errs.Invalid("school.vision_length").On("body")
	}
	return s.visionAct(ctx, who, schoolID, id, "vision.changed", func(tx *db.Tx, now time.Time) error {
		next := ident.At(now)
		if _, err := db.Exec(ctx, tx, `insert into vision_line (id, school_id, position, body, version)
			select $1, school_id, position, $3, version + 1 from vision_line where id = $2`, next, id, body); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `update focus_point set vision_line_id = $2 where vision_line_id = $1 and school_id = $3`, id, next, schoolID)
		return err
	})
}

// RetireVisionLine takes a sentence out of the vision. It is kept, and what was tied to it
// stays. Who: a leader of the school.
func (s *Service) RetireVisionLine(ctx context.Context, who access.Who, schoolID, id string) error {
	return s.visionAct(ctx, who, schoolID, id, "vision.retired", func(*db.Tx, time.Time) error { return nil })
}

// visionAct retires a sentence that stands, in an act that may put another in its place.
func (s *Service) visionAct(ctx context.Context, who access.Who, schoolID, id, kind string, act func(tx *db.Tx, now time.Time) error) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Edit, access.Vision, schoolID); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `update vision_line set retired_at = $3 where id = $1 and school_id = $2 and retired_at is null`, id, schoolID, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if err := act(tx, now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: kind, ObjectKind: "vision_line", ObjectID: id, SchoolID: schoolID})
	})
	return errs.Because(err, "vision line %s", id)
}
