package school

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"leerkring/access"
	"leerkring/content"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// Regions are the parts of the country whose holidays can be taken over, as they are
// offered; each is also a text key.
var Regions = []string{"noord", "midden", "zuid", "vlaanderen"}

// holidayFile is content/calendar/holidays.yaml.
type holidayFile struct {
	Netherlands []holiday `yaml:"netherlands"`
	Flanders    []holiday `yaml:"flanders"`
}

type holiday struct {
	Name    string   `yaml:"name"`
	From    string   `yaml:"from"`
	To      string   `yaml:"to"`
	Regions []string `yaml:"regions"`
}

var holidays = sync.OnceValues(func() (holidayFile, error) {
	var f holidayFile
	raw, err := fs.ReadFile(content.FS, "calendar/holidays.yaml")
	if err != nil {
		return f, err
	}
	return f, yaml.UnmarshalWithOptions(raw, &f, yaml.Strict())
})

// HolidaysOf returns the holidays of a region that the house knows, in their order.
func HolidaysOf(region string) ([]Period, error) {
	f, err := holidays()
	if err != nil {
		return nil, errs.Because(err, "read the holidays")
	}
	list := f.Netherlands
	if region == "vlaanderen" {
		list = f.Flanders
	}
	var out []Period
	for _, h := range list {
		if region != "vlaanderen" && !slices.Contains(h.Regions, region) {
			continue
		}
		from, err := clock.ParseDate(h.From)
		to, e := clock.ParseDate(h.To)
		if err = errs.Join(err, e); err != nil {
			return nil, errs.Because(err, "holiday %s", h.Name)
		}
		out = append(out, Period{Kind: Holiday, Name: h.Name, From: from, To: to})
	}
	return out, nil
}

// Missing returns the holidays of a list that a calendar does not have yet: those that end
// today or later and touch no holiday that stands in it. What a school wrote itself stays.
func (c Calendar) Missing(list []Period, today clock.Date) []Period {
	var out []Period
	for _, p := range list {
		taken := slices.ContainsFunc(c.Periods, func(o Period) bool { return o.Kind == Holiday && o.From <= p.To && p.From <= o.To })
		if !taken && p.To >= today {
			out = append(out, p)
		}
	}
	return out
}

// TakeHolidays adds the coming holidays of a region that the calendar does not have yet,
// and notes the region. Who: an admin, leader or timetabler of the school. Returns how
// many were added.
func (s *Service) TakeHolidays(ctx context.Context, who access.Who, schoolID, region string) (int, error) {
	if !slices.Contains(Regions, region) {
		return 0, errs.Invalid("form.choose").On("region")
	}
	list, err := HolidaysOf(region)
	if err != nil {
		return 0, err
	}
	added := 0
	err = s.calendarAct(ctx, who, schoolID, "calendar.changed", func(tx *db.Tx, now time.Time) error {
		sc, err := schoolByID(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		c, err := CalendarOf(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		for _, p := range c.Missing(list, clock.On(now, sc.Location())) {
			if _, err := db.Exec(ctx, tx, `insert into calendar_period (id, school_id, kind, name, from_on, to_on) values ($1, $2, $3, $4, $5, $6)`,
				ident.At(now), schoolID, string(p.Kind), p.Name, p.From, p.To); err != nil {
				return err
			}
			added++
		}
		_, err = db.Exec(ctx, tx, `update school set region = $2, version = version + 1 where id = $1 and region <> $2`, schoolID, region)
		return err
	})
	return added, err
}

// CalendarOf reads the holidays and busy weeks of a school, also inside an act. The caller has the
// right to be at that school.
func CalendarOf(ctx context.Context, q db.Queryer, schoolID string) (Calendar, error) {
	periods, err := db.All(ctx, q, `select id, coalesce(team_id, ''), kind, name, from_on, to_on from calendar_period where school_id = $1 order by from_on, id`, func(p *Period) []any {
		return []any{&p.ID, &p.TeamID, (*string)(&p.Kind), &p.Name, &p.From, &p.To}
	}, schoolID)
	return Calendar{Periods: periods}, err
}

// RemoveYear takes the name of a school year away. Who: an admin, leader or timetabler.
func (s *Service) RemoveYear(ctx context.Context, who access.Who, schoolID, id string) error {
	return s.calendarAct(ctx, who, schoolID, "calendar.year", func(tx *db.Tx, _ time.Time) error {
		opened, err := openingsOf(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		if opened.Of(id) != nil {
			return errs.Invalid("school.year_opened")
		}
		n, err := db.Exec(ctx, tx, `delete from school_year where id = $1 and school_id = $2`, id, schoolID)
		if err == nil && n == 0 {
			return errs.Absent()
		}
		return err
	})
}

// Suggest proposes a focus point for the school, outside any trajectory. Who: staff of the
// school. Returns the new focus point.
func (s *Service) Suggest(ctx context.Context, who access.Who, n NewFocus) (FocusPoint, error) {
	var f FocusPoint
	n.TrajectoryID = "" // a trajectory proposes through its own acts
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Create, access.FocusPoint, n.SchoolID); err != nil {
			return err
		}
		if err := ownLine(ctx, tx, n.SchoolID, n.VisionLineID); err != nil {
			return err
		}
		var err error
		f, err = ProposeFocus(ctx, tx, who, n, journal.Entry{At: s.clock.Now(), ActorID: who.ID})
		return err
	})
	return f, errs.Because(err, "suggest a focus point for school %s", n.SchoolID)
}
