package school

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// NewStaff is somebody to add to a school.
type NewStaff struct {
	Name, Email string
	Subject     string
	Functions   []string
	TeamIDs     []string
	WorkingDays []int
	Active      bool       // an account that needs no invitation any more (demo, roster)
	Since       clock.Date // the first day here; "" is today
	OfBoard     bool       // answers for something at the board, and is nobody's colleague at the school
}

// AddStaff makes an account at a school, or adds the school to an account of the same
// board with that address; somebody who was a guest is a colleague from then on. Who: an
// admin of the school. Somebody of the board gets that role with it, as in AddColleague. Returns the
// person's id.
func (s *Service) AddStaff(ctx context.Context, who access.Who, schoolID string, n NewStaff) (string, error) {
	if err := errs.Join(CheckName(n.Name), CheckEmail(Email(n.Email))); err != nil {
		return "", err
	}
	now := s.clock.Now()
	var id string
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := s.allowed(ctx, tx, who, access.Manage, access.Account, schoolID)
		if err != nil {
			return err
		}
		if n.OfBoard {
			id, err = s.ofBoard(ctx, tx, who, sc, n, now)
		} else {
			id, err = s.asStaff(ctx, tx, sc, n, now)
		}
		if err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "person.added", ObjectKind: "person", ObjectID: id, SchoolID: schoolID, To: 1})
	})
	return id, errs.Because(err, "add staff to school %s", schoolID)
}

func (s *Service) asStaff(ctx context.Context, tx *db.Tx, sc School, n NewStaff, now time.Time) (string, error) {
	id, err := s.account(ctx, tx, sc, n, now)
	if err != nil {
		return "", err
	}
	if err := insertStaff(ctx, tx, id, sc.ID, n.Subject, n.Functions, n.since(sc, now)); err != nil {
		return "", err
	}
	return id, joinTeams(ctx, tx, sc.ID, id, n.TeamIDs)
}

// account returns the account of an address at the board of a school, made when it is new.
func (s *Service) account(ctx context.Context, tx *db.Tx, sc School, n NewStaff, now time.Time) (string, error) {
	p := newPerson(ident.At(now), sc.BoardID, strings.TrimSpace(n.Name), n.Email, now)
	if n.Active {
		p.State = Active
	}
	if n.WorkingDays != nil {
		p.WorkingDays = n.WorkingDays
	}
	found, err := db.All(ctx, tx, `select id from person where board_id = $1 and email = $2`, db.Str, sc.BoardID, p.Email)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		_, err := db.Exec(ctx, tx, `update person set guest = false, version = version + 1 where id = $1 and guest`, found[0])
		return found[0], err
	}
	return p.ID, insertPerson(ctx, tx, p)
}

// since is the first day of somebody at a school.
func (n NewStaff) since(sc School, now time.Time) clock.Date {
	return cmp.Or(n.Since, clock.On(now, sc.Location()))
}

// insertStaff makes somebody staff of a school; who is staff already keeps the first day, unless
// they turn out to be there for longer.
func insertStaff(ctx context.Context, tx *db.Tx, personID, schoolID, subject string, functions []string, since clock.Date) error {
	_, err := db.Exec(ctx, tx, `insert into staff (person_id, school_id, functions, subject, since_on) values ($1, $2, $3, $4, $5)
		on conflict (person_id, school_id) do update set functions = excluded.functions, subject = excluded.subject,
			since_on = case when excluded.since_on < staff.since_on then excluded.since_on else staff.since_on end`, personID, schoolID, functions, subject, since)
	return err
}

func joinTeams(ctx context.Context, tx *db.Tx, schoolID, personID string, teamIDs []string) error {
	if len(teamIDs) == 0 {
		return nil
	}
	_, err := db.Exec(ctx, tx, `insert into team_member (team_id, person_id)
		select t.id, $2 from team t where t.school_id = $1 and t.id in `+db.In("$3")+` on conflict do nothing`, schoolID, personID, teamIDs)
	return err
}

// AddGuest makes an account for somebody from outside: known only inside the
// trajectory that invites. The caller has asked whether who may invite there.
func (s *Service) AddGuest(ctx context.Context, tx *db.Tx, who access.Who, sc School, name, email string) (string, error) {
	if err := errs.Join(CheckName(name), CheckEmail(Email(email))); err != nil {
		return "", err
	}
	now := s.clock.Now()
	found, err := db.All(ctx, tx, `select id from person where board_id = $1 and email = $2`, db.Str, sc.BoardID, Email(email))
	if err != nil || len(found) > 0 {
		return first(found), err
	}
	p := newPerson(ident.At(now), sc.BoardID, strings.TrimSpace(name), email, now)
	p.Guest = true
	return p.ID, insertPerson(ctx, tx, p)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// AddTeam makes a team. Who: an admin of the school.
func (s *Service) AddTeam(ctx context.Context, who access.Who, schoolID string, kind TeamKind, name string) (string, error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	if !slices.Contains(TeamKinds, kind) {
		return "", errs.Invalid("form.choose").On("kind")
	}
	now := s.clock.Now()
	id := ident.At(now)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Create, access.Team, schoolID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into team (id, school_id, kind, name, made_at) values ($1, $2, $3, $4, $5)`, id, schoolID, string(kind), strings.TrimSpace(name), now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "team.made", ObjectKind: "team", ObjectID: id, SchoolID: schoolID, To: 1})
	})
	if errs.Is(err, errs.KindConflict) {
		return "", errs.Invalid("school.team_name_taken").On("name")
	}
	return id, errs.Because(err, "add team to school %s", schoolID)
}

// ownTeam refuses a team of another school; "" is no team.
func ownTeam(ctx context.Context, q db.Queryer, schoolID, teamID string) error {
	if teamID == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select id from team where id = $1 and school_id = $2`, db.Str, teamID, schoolID)
	return err
}

// People returns the staff of a school with their teams. Who: staff of the school.
func (s *Service) People(ctx context.Context, who access.Who, schoolID string) ([]Staff, []Team, error) {
	if _, err := s.allowed(ctx, s.db, who, access.List, access.PersonList, schoolID); err != nil {
		return nil, nil, err
	}
	people, err := staffOf(ctx, s.db, schoolID)
	if err != nil {
		return nil, nil, err
	}
	teams, err := s.Teams(ctx, who, schoolID)
	return people, teams, err
}

// Teams returns the teams of a school by name. Who: staff of the school.
func (s *Service) Teams(ctx context.Context, who access.Who, schoolID string) ([]Team, error) {
	if _, err := s.allowed(ctx, s.db, who, access.Read, access.Team, schoolID); err != nil {
		return nil, err
	}
	return db.All(ctx, s.db, `select `+teamColumns+` from team t where t.school_id = $1 order by t.name`, teamFields, schoolID)
}

// Names returns the people with the given ids that are at a board: for showing who
// wrote a text that the caller may already see.
func Names(ctx context.Context, q db.Queryer, boardID string, ids []string) (map[string]Person, error) {
	out := map[string]Person{}
	if len(ids) == 0 {
		return out, nil
	}
	people, err := db.All(ctx, q, `select `+personColumns+` from person p where p.board_id = $1 and p.id in `+db.In("$2"), personFields, boardID, ids)
	for _, p := range people {
		out[p.ID] = p
	}
	return out, err
}

// Update changes the own account. Who: the person.
func (s *Service) Update(ctx context.Context, who access.Who, d Details, today clock.Date) error {
	if err := d.Check(today); err != nil {
		return err
	}
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := personByID(ctx, tx, who.ID)
		if err != nil {
			return err
		}
		if err := ownName(ctx, tx, p, d.Name); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `update person set name = $2, language = $3, theme = $4, working_days = $5, away_until_on = $6, version = version + 1 where id = $1`,
			p.ID, strings.TrimSpace(d.Name), d.Language, d.Theme, db.JSON(days(d.WorkingDays)), d.AwayUntil); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "person.changed", ObjectKind: "person", ObjectID: p.ID, From: p.Version, To: p.Version + 1})
	})
	return errs.Because(err, "change account %s", who.ID)
}

// ownName refuses a new name that looks like a colleague's: nobody passes for another.
func ownName(ctx context.Context, q db.Queryer, p Person, name string) error {
	if look(name) == look(p.Name) {
		return nil
	}
	names, err := db.All(ctx, q, `select name from person where board_id = $1 and id <> $2 and state <> 'left'`, db.Str, p.BoardID, p.ID)
	for _, n := range names {
		if look(n) == look(name) {
			return errs.Invalid("school.name_of_colleague").On("name")
		}
	}
	return err
}

// Leaders returns who leads a school: whom a trajectory can name as its sponsor. Who:
// staff of the school.
func (s *Service) Leaders(ctx context.Context, who access.Who, schoolID string) ([]Person, error) {
	if _, err := s.allowed(ctx, s.db, who, access.List, access.PersonList, schoolID); err != nil {
		return nil, err
	}
	return db.All(ctx, s.db, `select distinct `+personColumns+` from person p join role r on r.person_id = p.id
		where r.school_id = $1 and r.kind in ('leader', 'team_leader') and p.state = 'active' order by p.name`, personFields, schoolID)
}
