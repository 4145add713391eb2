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

// YearOpening is a school year that was opened.
type YearOpening struct {
	SchoolID, YearID string
	Began            Began
	By               string
	At               time.Time
	undo             []FocusPoint // as they stood before, with the version that the opening gave them; of today only
}

// Began is what a year began with, by id: whoever may see a thing finds its words there.
type Began struct {
	Focus        []FocusBegan `json:"focus"`
	Trajectories []Standing   `json:"trajectories"`
}

// FocusBegan is a focus point that a year began with, and what became of it then.
type FocusBegan struct {
	ID     string `json:"id"`
	Became Became `json:"became"`
	Until  string `json:"until,omitempty"` // name of the year in which a parked one comes back
}

// Standing is how a trajectory stood on the day that a year was opened.
type Standing struct {
	ID    string     `json:"id"`
	State string     `json:"state"`
	Until clock.Date `json:"until,omitempty"`
}

// Stand tells how the trajectories of a school stand; they live a floor higher.
type Stand func(ctx context.Context, q db.Queryer, schoolID string) ([]Standing, error)

// YearOpenings are the years of a school that were opened.
type YearOpenings []YearOpening

// Of returns the opening of a year, nil when it was not opened.
func (o YearOpenings) Of(yearID string) *YearOpening {
	for i := range o {
		if o[i].YearID == yearID {
			return &o[i]
		}
	}
	return nil
}

// Opened reports whether a year was opened.
func (o YearOpenings) Opened(yearID string) bool { return o.Of(yearID) != nil }

func openingsOf(ctx context.Context, q db.Queryer, schoolID string) (YearOpenings, error) {
	return db.All(ctx, q, `select school_id, year_id, began, undo, opened_by, opened_at from year_opening where school_id = $1 order by opened_at`, func(o *YearOpening) []any {
		return []any{&o.SchoolID, &o.YearID, db.JSON(&o.Began), db.JSON(&o.undo), &o.By, &o.At}
	}, schoolID)
}

// YearTurn is the turn that a school is in, with all that it was read off from.
type YearTurn struct {
	Turn
	School   School
	Calendar Calendar
	Openings YearOpenings
	Today    clock.Date
}

// TurnAt reads where a school stands between two years. The caller knows that the person
// asking may read the school.
func (s *Service) TurnAt(ctx context.Context, schoolID string) (YearTurn, error) {
	return turnAt(ctx, s.db, schoolID, s.clock.Now())
}

func turnAt(ctx context.Context, q db.Queryer, schoolID string, now time.Time) (YearTurn, error) {
	var y YearTurn
	var err error
	if y.School, err = schoolByID(ctx, q, schoolID); err != nil {
		return y, err
	}
	if y.Calendar, err = CalendarOf(ctx, q, schoolID); err != nil {
		return y, err
	}
	if y.Calendar.Years, err = yearsOf(ctx, q, schoolID); err != nil {
		return y, err
	}
	if y.Openings, err = openingsOf(ctx, q, schoolID); err != nil {
		return y, err
	}
	zone := y.School.Location()
	y.Today = clock.On(now, zone)
	for i := range y.Openings { // after its day it is not there for anybody, also before it is erased
		if !y.Openings[i].MayUndo(y.School, y.Today) {
			y.Openings[i].undo = nil
		}
	}
	y.Turn = TurnOf(y.Calendar, y.Openings.Opened, clock.On(y.School.MadeAt, zone), y.Today)
	return y, nil
}

// OpenYear opens the coming school year: each focus point goes on, rests, stops or comes
// back as was decided. Trajectories stay as they are: what rests, rests until its day.
// Opening a year that is open does nothing and returns again as true. Who: a leader of the school.
func (s *Service) OpenYear(ctx context.Context, who access.Who, schoolID, yearID string, stand Stand) (again bool, err error) {
	now := s.clock.Now()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		y, err := s.turning(ctx, tx, who, schoolID, now)
		if err != nil {
			return err
		}
		if again = y.Openings.Opened(yearID); again {
			return nil
		}
		switch {
		case yearID == "" || y.To.ID != yearID:
			return errs.Invalid("school.open_other")
		case !y.MayOpen(y.Today):
			return errs.Invalid("school.open_early", "date", y.ChoosingOn)
		}
		o := YearOpening{SchoolID: schoolID, YearID: yearID, By: who.ID, At: now}
		if err := o.turn(ctx, tx, y); err != nil {
			return err
		}
		if o.Began.Trajectories, err = stand(ctx, tx, schoolID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into year_opening (school_id, year_id, began, undo, opened_by, opened_at) values ($1, $2, $3, $4, $5, $6)`,
			o.SchoolID, o.YearID, db.JSON(o.Began), db.JSON(o.undo), o.By, o.At); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "school_year.opened", ObjectKind: "school_year", ObjectID: yearID, SchoolID: schoolID})
	})
	return again, errs.Because(err, "open year %s of school %s", yearID, schoolID)
}

// turning locks the school against another opening, asks for the right, and reads.
func (s *Service) turning(ctx context.Context, tx *db.Tx, who access.Who, schoolID string, now time.Time) (YearTurn, error) {
	if _, err := s.allowed(ctx, tx, who, access.Decide, access.FocusPoint, schoolID); err != nil {
		return YearTurn{}, err
	}
	if err := db.Lock(ctx, tx, "school", schoolID); err != nil {
		return YearTurn{}, err
	}
	return turnAt(ctx, tx, schoolID, now)
}

// turn does with each focus point what was decided, and notes both what the year begins
// with and what stood before.
func (o *YearOpening) turn(ctx context.Context, tx *db.Tx, y YearTurn) error {
	points, err := focusOfSchool(ctx, tx, o.SchoolID)
	if err != nil {
		return err
	}
	o.Began, o.undo = Began{Focus: []FocusBegan{}, Trajectories: []Standing{}}, []FocusPoint{}
	for _, f := range points {
		next, became := f.AtOpening(y.To, y.Calendar.Years)
		if became == Untouched {
			continue
		}
		if err := updateFocus(ctx, tx, next); err != nil {
			return err
		}
		o.Began.Focus = append(o.Began.Focus, FocusBegan{ID: f.ID, Became: became, Until: next.ParkedFor})
		f.Version++
		f.Title, f.Body = "", "" // words are not what is undone
		o.undo = append(o.undo, f)
	}
	return nil
}

// DecideAfter keeps what a leader decided about a focus point for the year to come. version
// is the one that the page showed. Who: a leader of the school.
func (s *Service) DecideAfter(ctx context.Context, who access.Who, id string, version int, a After) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		f, sc, err := focusIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Decide, object(access.FocusPoint, sc)); err != nil {
			return err
		}
		a.By, a.At = who.ID, now
		next, err := f.DecideAfter(a)
		if err != nil {
			return err
		}
		next.Version = version
		if err := updateFocus(ctx, tx, next); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "focus_point.decided_after", ObjectKind: "focus_point", ObjectID: id, SchoolID: f.SchoolID, TrajectoryID: f.TrajectoryID, From: version, To: version + 1})
	})
	return errs.Because(err, "decide about focus point %s after this year", id)
}

func focusOfSchool(ctx context.Context, q db.Queryer, schoolID string) ([]FocusPoint, error) {
	return db.All(ctx, q, `select `+focusColumns+` from focus_point where school_id = $1 order by made_at desc, letter`, focusFields, schoolID)
}
