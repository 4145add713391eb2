package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// Service is what can be done with schools, teams and people.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	rights Rights
}

// NewService returns the acts of this room on a database.
func NewService(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// Founding is what a first start needs to know.
type Founding struct {
	Board      string
	School     School
	AdminName  string
	AdminEmail string
}

// Founded names what Found made.
type Founded struct{ BoardID, SchoolID, AdminID string }

// Found makes a board with its first school and its first admin. Only the command line
// and the demo may call it: it asks nobody.
func (s *Service) Found(ctx context.Context, f Founding) (Founded, error) {
	now := s.clock.Now()
	f.School = withDefaults(f.School)
	if err := errs.Join(f.School.Check(), CheckName(f.AdminName), CheckEmail(Email(f.AdminEmail))); err != nil {
		return Founded{}, err
	}
	out := Founded{BoardID: ident.At(now), SchoolID: ident.At(now), AdminID: ident.At(now)}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `insert into board (id, name, made_at) values ($1, $2, $3)`, out.BoardID, f.Board, now); err != nil {
			return err
		}
		sc := f.School
		sc.ID, sc.BoardID, sc.Version, sc.MadeAt = out.SchoolID, out.BoardID, 1, now
		if err := insertSchool(ctx, tx, sc); err != nil {
			return err
		}
		admin := newPerson(out.AdminID, out.BoardID, f.AdminName, f.AdminEmail, now)
		admin.State = Active
		if err := insertPerson(ctx, tx, admin); err != nil {
			return err
		}
		if err := insertStaff(ctx, tx, admin.ID, out.SchoolID, "", nil, clock.On(now, sc.Location())); err != nil {
			return err
		}
		if _, err := insertRole(ctx, tx, out.AdminID, out.BoardID, access.Role{Kind: access.RoleAdmin, SchoolID: out.SchoolID}, now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: "house", Kind: "school.founded", ObjectKind: "school", ObjectID: out.SchoolID, SchoolID: out.SchoolID, To: 1})
	})
	return out, errs.Because(err, "found a school")
}

// FirstAdmin makes the first school with its admin when there is none, and else one more
// admin for the oldest school. Only the command line may call it. Returns the admin's id.
func (s *Service) FirstAdmin(ctx context.Context, f Founding) (string, error) {
	schools, err := db.All(ctx, s.db, `select `+schoolColumns+` from school s order by s.made_at, s.id limit 1`, schoolFields)
	if err != nil {
		return "", err
	}
	if len(schools) == 0 {
		out, err := s.Found(ctx, f)
		return out.AdminID, err
	}
	if err := errs.Join(CheckName(f.AdminName), CheckEmail(Email(f.AdminEmail))); err != nil {
		return "", err
	}
	sc, now, id := schools[0], s.clock.Now(), ""
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if id, err = s.account(ctx, tx, sc, NewStaff{Name: f.AdminName, Email: f.AdminEmail, Active: true}, now); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `update person set state = 'active' where id = $1 and state = 'invited'`, id); err != nil {
			return err
		}
		if err := insertStaff(ctx, tx, id, sc.ID, "", nil, clock.On(now, sc.Location())); err != nil {
			return err
		}
		if err := s.give(ctx, tx, id, sc.BoardID, access.Role{Kind: access.RoleAdmin, SchoolID: sc.ID}, "house", now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: "house", Kind: "role.given", ObjectKind: "person", ObjectID: id, SchoolID: sc.ID})
	})
	return id, errs.Because(err, "make an admin")
}

func withDefaults(s School) School {
	if s.Sector == "" {
		s.Sector = Secondary
	}
	if s.Language == "" {
		s.Language = "nl"
	}
	if s.Zone == "" {
		s.Zone = "Europe/Amsterdam"
		if s.Sector == Flanders {
			s.Zone = "Europe/Brussels"
		}
	}
	if s.Colour == "" {
		s.Colour = Blue
	}
	if s.ChangeCap == 0 {
		s.ChangeCap = 2
	}
	return s
}

func newPerson(id, boardID, name, email string, now time.Time) Person {
	return Person{ID: id, BoardID: boardID, Name: name, Email: Email(email), Hue: HueOf(name), WorkingDays: []int{1, 2, 3, 4, 5}, State: Invited, Version: 1, MadeAt: now}
}

// School returns a school that who belongs to. Refuses with absent.
func (s *Service) School(ctx context.Context, who access.Who, id string) (School, error) {
	sc, err := schoolByID(ctx, s.db, id)
	if err != nil {
		return School{}, err
	}
	return sc, access.Must(who, access.Read, object(access.School, sc))
}

// object is a thing of a school as the rights see it.
func object(kind access.Kind, s School) access.Object {
	return access.Object{Kind: kind, BoardID: s.BoardID, SchoolID: s.ID}
}

// Allowed reads a school and asks whether who may do something with a thing of it.
func (s *Service) allowed(ctx context.Context, q db.Queryer, who access.Who, action access.Action, kind access.Kind, schoolID string) (School, error) {
	sc, err := schoolByID(ctx, q, schoolID)
	if err != nil {
		return School{}, err
	}
	return sc, access.Must(who, action, object(kind, sc))
}

// Calendar returns the years and periods of a school.
func (s *Service) Calendar(ctx context.Context, schoolID string) (Calendar, error) {
	var c Calendar
	var err error
	if c.Periods, err = db.All(ctx, s.db, `select id, team_id, kind, name, from_on, to_on from calendar_period where school_id = $1 order by from_on`, func(p *Period) []any {
		return []any{&p.ID, &p.TeamID, (*string)(&p.Kind), &p.Name, &p.From, &p.To}
	}, schoolID); err != nil {
		return c, err
	}
	c.Years, err = yearsOf(ctx, s.db, schoolID)
	return c, err
}

func yearsOf(ctx context.Context, q db.Queryer, schoolID string) ([]Year, error) {
	return db.All(ctx, q, `select id, school_id, name, starts_on, ends_on from school_year where school_id = $1 order by starts_on`, func(y *Year) []any {
		return []any{&y.ID, &y.SchoolID, &y.Name, &y.Starts, &y.Ends}
	}, schoolID)
}

// Today returns the day on the wall of a school.
func (s *Service) Today(sc School) clock.Date { return today(s.clock, sc.Location()) }

// Read returns a school inside an act of another room, which asks access itself.
func Read(ctx context.Context, q db.Queryer, id string) (School, error) {
	return schoolByID(ctx, q, id)
}
