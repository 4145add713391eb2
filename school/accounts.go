package school

import (
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// Account is somebody of a school as an admin sees them: with the address, whether the
// account is in use, and what the person answers for.
type Account struct {
	Staff
	Roles []access.Role
}

// Holds reports whether the person has this role.
func (a Account) Holds(r access.Role) bool { return slices.Contains(a.Roles, r) }

// Accounts returns the people of a school in whatever state their account is, by name, and
// then the guests of its board, who work nowhere. Who: an admin or privacy officer.
func (s *Service) Accounts(ctx context.Context, who access.Who, schoolID string) ([]Account, error) {
	sc, err := s.allowed(ctx, s.db, who, access.Read, access.Account, schoolID)
	if err != nil {
		return nil, err
	}
	return accountsOf(ctx, s.db, sc, "")
}

// AccountByID returns one of them. Refuses with absent.
func (s *Service) AccountByID(ctx context.Context, who access.Who, schoolID, personID string) (Account, error) {
	sc, err := s.allowed(ctx, s.db, who, access.Read, access.Account, schoolID)
	if err != nil {
		return Account{}, err
	}
	return accountByID(ctx, s.db, sc, personID)
}

func accountByID(ctx context.Context, q db.Queryer, sc School, personID string) (Account, error) {
	list, err := accountsOf(ctx, q, sc, personID)
	if err == nil && len(list) == 0 {
		err = errs.Absent()
	}
	if err != nil {
		return Account{}, err
	}
	return list[0], nil
}

// accountsOf reads the accounts of a school in three queries; personID is one of them, or "" for all.
func accountsOf(ctx context.Context, q db.Queryer, sc School, personID string) ([]Account, error) {
	people, err := db.All(ctx, q, `select `+personColumns+`, coalesce(f.subject, ''), coalesce(f.functions, '[]')
		from person p left join staff f on f.person_id = p.id and f.school_id = $1
		where p.board_id = $2 and p.state <> 'left' and ($3 = '' or p.id = $3) and (f.person_id is not null or p.guest
			or exists (select 1 from role r where r.person_id = p.id and (r.school_id = $1 or r.school_id is null)))
		order by p.guest, p.name, p.id`, func(a *Account) []any {
		return append(personFields(&a.Person), &a.Subject, &a.Functions)
	}, sc.ID, sc.BoardID, personID)
	if err != nil || len(people) == 0 {
		return people, err
	}
	at := make(map[string]*Account, len(people))
	for i := range people {
		at[people[i].ID] = &people[i]
	}
	type pair struct{ kind, person, thing, schoolID string }
	pairs, err := db.All(ctx, q, `
		select '' as kind, m.person_id as person, m.team_id as thing, '' as school, t.name as sorts from team_member m join team t on t.id = m.team_id
			where t.school_id = $1 and ($3 = '' or m.person_id = $3)
		union all
		select r.kind, r.person_id, coalesce(r.team_id, ''), coalesce(r.school_id, ''), r.kind from role r
			where r.board_id = $2 and (r.school_id = $1 or r.school_id is null) and ($3 = '' or r.person_id = $3)
		order by sorts, thing`, func(p *pair) []any { var sorts string; return []any{&p.kind, &p.person, &p.thing, &p.schoolID, &sorts} }, sc.ID, sc.BoardID, personID)
	for _, p := range pairs {
		switch a := at[p.person]; {
		case a == nil:
		case p.kind == "":
			a.TeamIDs = append(a.TeamIDs, p.thing)
		default:
			a.Roles = append(a.Roles, access.Role{Kind: roleKinds[p.kind], SchoolID: p.schoolID, TeamID: p.thing})
		}
	}
	return people, err
}

// Named returns the people with these ids at the own board, for showing who did what in a
// log that the caller may read.
func (s *Service) Named(ctx context.Context, who access.Who, ids []string) (map[string]Person, error) {
	return Names(ctx, s.db, who.BoardID, ids)
}

// StaffChange is what an admin changes about a colleague.
type StaffChange struct {
	Name, Email, Subject string
	TeamIDs              []string
}

// ChangeStaff changes what the school knows of a colleague. Who: an admin of the school.
// moved is called when the mail address became another one, with the old address.
func (s *Service) ChangeStaff(ctx context.Context, who access.Who, schoolID, personID string, version int, c StaffChange, moved func(ctx context.Context, tx *db.Tx, old string) error) error {
	c.Name, c.Email, c.Subject = strings.TrimSpace(c.Name), Email(c.Email), strings.TrimSpace(c.Subject)
	if err := errs.Join(CheckName(c.Name), CheckEmail(c.Email), checkSubject(c.Subject)); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := s.allowed(ctx, tx, who, access.Manage, access.Account, schoolID)
		if err != nil {
			return err
		}
		a, err := accountByID(ctx, tx, sc, personID)
		if err != nil {
			return err
		}
		if a.Guest {
			return errs.Absent() // a guest works nowhere
		}
		if err := s.writeStaff(ctx, tx, schoolID, a, version, c); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "person.changed", ObjectKind: "person", ObjectID: personID, SchoolID: schoolID, From: version, To: version + 1}); err != nil {
			return err
		}
		if c.Email != a.Email && moved != nil {
			return moved(ctx, tx, a.Email)
		}
		return nil
	})
	return errs.Because(err, "change colleague %s", personID)
}

func (s *Service) writeStaff(ctx context.Context, tx *db.Tx, schoolID string, a Account, version int, c StaffChange) error {
	n, err := db.Exec(ctx, tx, `update person set name = $3, email = $4, version = version + 1 where id = $1 and version = $2`, a.ID, version, c.Name, c.Email)
	switch {
	case errs.Is(err, errs.KindConflict):
		return errs.Invalid("school.email_taken").On("email")
	case err != nil:
		return err
	case n == 0:
		return errs.Conflict("form.changed_meanwhile")
	}
	if err := insertStaff(ctx, tx, a.ID, schoolID, c.Subject, a.Functions, ""); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `delete from team_member where person_id = $1 and team_id in (select id from team where school_id = $2)`, a.ID, schoolID); err != nil {
		return err
	}
	return joinTeams(ctx, tx, schoolID, a.ID, c.TeamIDs)
}

const longestSubject = 80

func checkSubject(subject string) error {
	if len([]rune(subject)) > longestSubject || strings.ContainsFunc(subject, unseen) {
		return errs.Invalid("form.too_long_max", "max", longestSubject).On("subject")
	}
	return nil
}

// RenameTeam gives a team another name or kind. Who: an admin of the school.
func (s *Service) RenameTeam(ctx context.Context, who access.Who, t Team) error {
	if err := CheckName(t.Name); err != nil {
		return err
	}
	if !slices.Contains(TeamKinds, t.Kind) {
		return errs.Invalid("form.choose").On("kind")
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Edit, access.Team, t.SchoolID); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `update team set name = $3, kind = $4 where id = $1 and school_id = $2`, t.ID, t.SchoolID, strings.TrimSpace(t.Name), string(t.Kind))
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		return journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "team.changed", ObjectKind: "team", ObjectID: t.ID, SchoolID: t.SchoolID})
	})
	if errs.Is(err, errs.KindConflict) {
		return errs.Invalid("school.team_name_taken").On("name")
	}
	return errs.Because(err, "rename team %s", t.ID)
}
