package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// UndoOpening puts the focus points back as they stood, on the day of the opening and as
// long as nothing was done with them since. Who: a leader of the school.
func (s *Service) UndoOpening(ctx context.Context, who access.Who, schoolID, yearID string) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		y, err := s.turning(ctx, tx, who, schoolID, now)
		if err != nil {
			return err
		}
		o := y.Openings.Of(yearID)
		if o == nil {
			return errs.Invalid("school.undo_gone")
		}
		if !o.MayUndo(y.School, y.Today) {
			return errs.Invalid("school.undo_day")
		}
		points, err := focusOfSchool(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		now := map[string]FocusPoint{}
		for _, f := range points {
			now[f.ID] = f
		}
		for _, was := range o.undo {
			f, there := now[was.ID]
			if !there || f.Version != was.Version {
				return errs.Invalid("school.undo_followed")
			}
			was.Title, was.Body = f.Title, f.Body
			if err := updateFocus(ctx, tx, was); err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, tx, `delete from year_opening where school_id = $1 and year_id = $2`, schoolID, yearID); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "school_year.undone", ObjectKind: "school_year", ObjectID: yearID, SchoolID: schoolID})
	})
	return errs.Because(err, "undo the opening of year %s of school %s", yearID, schoolID)
}

// MayUndo reports whether it is still the day of the opening.
func (o *YearOpening) MayUndo(sc School, today clock.Date) bool {
	return clock.On(o.At, sc.Location()) == today
}

// ForgetUndo erases what stood before an opening once its day is over on the wall of its school: who
// chose, kept and proposed, with their reasons. The opening itself stays. Nothing is noted: a backup
// of that day is cleaned by the same rule when it is restored. Returns of how many it was erased. A
// job calls it.
func (s *Service) ForgetUndo(ctx context.Context) (int, error) {
	now := s.clock.Now()
	type held struct {
		schoolID, yearID, zone string
		at                     time.Time
	}
	list, err := db.All(ctx, s.db, `select o.school_id, o.year_id, s.zone, o.opened_at from year_opening o join school s on s.id = o.school_id where o.undo <> '[]' order by o.opened_at limit 500`, func(h *held) []any {
		return []any{&h.schoolID, &h.yearID, &h.zone, &h.at}
	})
	if err != nil {
		return 0, err
	}
	forgot := 0
	for _, h := range list {
		zone := clock.Zone(h.zone)
		if clock.On(h.at, zone) >= clock.On(now, zone) {
			continue
		}
		err := s.db.Write(ctx, func(tx *db.Tx) error { // one that was opened anew meanwhile keeps its own
			_, err := db.Exec(ctx, tx, `update year_opening set undo = '[]' where school_id = $1 and year_id = $2 and opened_at = $3`, h.schoolID, h.yearID, h.at)
			return err
		})
		if err != nil {
			return forgot, errs.Because(err, "forget what stood before year %s of school %s", h.yearID, h.schoolID)
		}
		forgot++
	}
	return forgot, nil
}
