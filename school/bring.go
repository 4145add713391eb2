package school

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// What the room that brings lists of people in needs inside its act. Each of these asks
// nobody: Desk did.

// Desk returns a school whose accounts who may look after. Refuses with absent.
func (s *Service) Desk(ctx context.Context, q db.Queryer, who access.Who, schoolID string) (School, error) {
	return s.allowed(ctx, q, who, access.Manage, access.Account, schoolID)
}

// Elsewhere is somebody of the board who does not work at the school that is looked at.
type Elsewhere struct {
	ID, Email string
	State     State
	School    string // where they work, "" for nowhere
}

// AccountsAt returns the accounts of a school, and those of its board who work elsewhere.
func AccountsAt(ctx context.Context, q db.Queryer, sc School) ([]Account, []Elsewhere, error) {
	here, err := accountsOf(ctx, q, sc, "")
	if err != nil {
		return nil, nil, err
	}
	other, err := db.All(ctx, q, `select p.id, p.email, p.state, coalesce((select min(o.name) from staff f join school o on o.id = f.school_id where f.person_id = p.id), '')
		from person p where p.board_id = $1 and not exists (select 1 from staff f where f.person_id = p.id and f.school_id = $2)`, func(e *Elsewhere) []any {
		return []any{&e.ID, &e.Email, (*string)(&e.State), &e.School}
	}, sc.BoardID, sc.ID)
	return here, other, err
}

// TeamsAt returns the teams of a school by name.
func TeamsAt(ctx context.Context, q db.Queryer, schoolID string) ([]Team, error) {
	return db.All(ctx, q, `select `+teamColumns+` from team t where t.school_id = $1 order by t.name`, teamFields, schoolID)
}

// Enter makes somebody staff of a school: a new account, or one that the board has with that
// address. It returns the person's id.
func (s *Service) Enter(ctx context.Context, tx *db.Tx, sc School, n NewStaff, now time.Time) (string, error) {
	id, err := s.account(ctx, tx, sc, n, now)
	if err != nil {
		return "", err
	}
	if err := insertStaff(ctx, tx, id, sc.ID, n.Subject, n.Functions, n.since(sc, now)); err != nil {
		return "", err
	}
	return id, joinTeams(ctx, tx, sc.ID, id, n.TeamIDs)
}

// Correction is what becomes different about a colleague; what is empty stays.
type Correction struct {
	PersonID             string
	Name, Email, Subject string
	Functions            []string
	Days                 []int
	Join, Leave          []string // ids of teams
}

// Correct writes a correction.
func (s *Service) Correct(ctx context.Context, tx *db.Tx, sc School, c Correction) error {
	if c.Name != "" || c.Email != "" || len(c.Days) > 0 {
		week := any("")
		if len(c.Days) > 0 {
			week = db.JSON(c.Days)
		}
		_, err := db.Exec(ctx, tx, `update person set name = case when $2 = '' then name else $2 end, email = case when $3 = '' then email else $3 end,
			working_days = case when $4 = '' then working_days else $4 end, version = version + 1 where id = $1 and board_id = $5`, c.PersonID, strings.TrimSpace(c.Name), Email(c.Email), week, sc.BoardID)
		if errs.Is(err, errs.KindConflict) {
			return errs.Invalid("school.email_taken").On("people")
		}
		if err != nil {
			return err
		}
	}
	if c.Subject != "" || len(c.Functions) > 0 {
		functions := any("")
		if len(c.Functions) > 0 {
			functions = c.Functions
		}
		if _, err := db.Exec(ctx, tx, `update staff set subject = case when $3 = '' then subject else $3 end, functions = case when $4 = '' then functions else $4 end
			where person_id = $1 and school_id = $2`, c.PersonID, sc.ID, c.Subject, functions); err != nil {
			return err
		}
	}
	if err := joinTeams(ctx, tx, sc.ID, c.PersonID, c.Join); err != nil || len(c.Leave) == 0 {
		return err
	}
	_, err := db.Exec(ctx, tx, `delete from team_member where person_id = $1 and team_id in `+db.In("$2")+` and team_id in (select id from team where school_id = $3)`, c.PersonID, c.Leave, sc.ID)
	return err
}

// MakeTeam makes a team inside an act; a team with that name is taken as it is.
func (s *Service) MakeTeam(ctx context.Context, tx *db.Tx, sc School, actorID, name string, now time.Time) (string, error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	id := ident.At(now)
	n, err := db.Exec(ctx, tx, `insert into team (id, school_id, kind, name, made_at) values ($1, $2, $3, $4, $5) on conflict (school_id, name) do nothing`, id, sc.ID, string(OtherTeam), strings.TrimSpace(name), now)
	if err != nil {
		return "", err
	}
	if n == 0 {
		return db.One(ctx, tx, `select id from team where school_id = $1 and name = $2`, db.Str, sc.ID, strings.TrimSpace(name))
	}
	return id, journal.Append(ctx, tx, journal.Entry{At: now, ActorID: actorID, Kind: "team.made", ObjectKind: "team", ObjectID: id, SchoolID: sc.ID, To: 1})
}

// WorksAt tells at how many schools somebody works.
func WorksAt(ctx context.Context, q db.Queryer, personID string) (int, error) {
	return db.One(ctx, q, `select count(*) from staff where person_id = $1`, db.Int, personID)
}

// Depart ends somebody's work at a school while they go on at another: the account stays open.
func (s *Service) Depart(ctx context.Context, tx *db.Tx, sc School, personID string) error {
	if _, err := db.Exec(ctx, tx, `delete from team_member where person_id = $1 and team_id in (select id from team where school_id = $2)`, personID, sc.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `delete from staff where person_id = $1 and school_id = $2`, personID, sc.ID)
	return err
}

// CheckSubject refuses a subject or function that is too long or holds what cannot be seen.
func CheckSubject(subject string) error { return checkSubject(subject) }
