package school

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// AddYear names a school year. Who: an admin or leader of the school.
func (s *Service) AddYear(ctx context.Context, who access.Who, schoolID string, y Year) error {
	if name := strings.TrimSpace(y.Name); name == "" || utf8.RuneCountInString(name) > maxYearName || y.Ends <= y.Starts || y.Starts.Days(y.Ends) > 420 {
		return errs.Invalid("school.year_days").On("starts")
	}
	err := s.calendarAct(ctx, who, schoolID, "calendar.year", func(tx *db.Tx, now time.Time) error {
		_, err := db.Exec(ctx, tx, `insert into school_year (id, school_id, name, starts_on, ends_on) values ($1, $2, $3, $4, $5)`, ident.At(now), schoolID, strings.TrimSpace(y.Name), y.Starts, y.Ends)
		return err
	})
	if errs.Is(err, errs.KindConflict) {
		return errs.Invalid("school.year_taken").On("name")
	}
	return err
}

// AddPeriods adds holidays and busy weeks. Who: an admin, leader or timetabler of the school.
func (s *Service) AddPeriods(ctx context.Context, who access.Who, schoolID string, periods []Period) error {
	for _, p := range periods {
		if strings.TrimSpace(p.Name) == "" || p.To < p.From || p.From.Days(p.To) > 120 {
			return errs.Invalid("school.period_days").On("from")
		}
		if p.Kind != Holiday && p.Kind != Busy {
			return errs.Invalid("form.choose").On("kind")
		}
	}
	return s.calendarAct(ctx, who, schoolID, "calendar.changed", func(tx *db.Tx, now time.Time) error {
		for _, p := range periods {
			if err := ownTeam(ctx, tx, schoolID, p.TeamID); err != nil {
				return err
			}
			if _, err := db.Exec(ctx, tx, `insert into calendar_period (id, school_id, team_id, kind, name, from_on, to_on) values ($1, $2, $3, $4, $5, $6, $7)`,
				ident.At(now), schoolID, db.Null(p.TeamID), string(p.Kind), p.Name, p.From, p.To); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemovePeriod takes a holiday or busy week away. Who: an admin, leader or timetabler.
func (s *Service) RemovePeriod(ctx context.Context, who access.Who, schoolID, id string) error {
	return s.calendarAct(ctx, who, schoolID, "calendar.changed", func(tx *db.Tx, _ time.Time) error {
		n, err := db.Exec(ctx, tx, `delete from calendar_period where id = $1 and school_id = $2`, id, schoolID)
		if err == nil && n == 0 {
			return errs.Absent()
		}
		return err
	})
}

func (s *Service) calendarAct(ctx context.Context, who access.Who, schoolID, kind string, f func(tx *db.Tx, now time.Time) error) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Edit, access.Calendar, schoolID); err != nil {
			return err
		}
		if err := f(tx, now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: kind, ObjectKind: "school", ObjectID: schoolID, SchoolID: schoolID})
	})
	return errs.Because(err, "calendar of school %s", schoolID)
}

// Today returns this day on the wall of a zone.
func today(c clock.Clock, zone *time.Location) clock.Date { return clock.On(c.Now(), zone) }
