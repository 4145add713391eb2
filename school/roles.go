package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/ledger"
)

// RoleKinds are the roles that can be given, in the order in which they are offered.
var RoleKinds = []access.RoleKind{access.RoleLeader, access.RoleTeamLeader, access.RoleTimetabler, access.RoleAdmin, access.RolePrivacy, access.RoleBoard}

// RoleName is the word for a role in the database and in text keys.
func RoleName(kind access.RoleKind) string { return roleWord(kind) }

// RoleNamed returns the role of a word, and whether there is one.
func RoleNamed(word string) (access.RoleKind, bool) {
	kind, ok := roleKinds[word]
	return kind, ok
}

// Rights is what happens in the act in which somebody's roles become others.
type Rights func(ctx context.Context, tx *db.Tx, boardID, personID, byID string) error

// OnRights lets the room of the ways in end the sign-ins of whose roles become others, so that it holds
// at once, wherever the role was given: on a page, with an account, or by the command line. It is
// called once, before the first act.
func (s *Service) OnRights(f Rights) { s.rights = f }

// changed is called of everybody whose roles became others.
func (s *Service) changed(ctx context.Context, tx *db.Tx, boardID, personID, byID string) error {
	if s.rights == nil {
		return nil
	}
	return s.rights(ctx, tx, boardID, personID, byID)
}

// give lets somebody answer for something. Who has the role already, keeps it and stays in.
func (s *Service) give(ctx context.Context, tx *db.Tx, personID, boardID string, r access.Role, byID string, now time.Time) error {
	n, err := insertRole(ctx, tx, personID, boardID, r, now)
	if err != nil || n == 0 {
		return err
	}
	return s.changed(ctx, tx, boardID, personID, byID)
}

// Appoint lets a person answer for something: at a school, or at the whole board when the role names
// no school, and the board's own role always. A team leader leads a named team of the school. Who: an
// admin of the school; for a role at the whole board, one who reaches the whole board. A guest answers
// for nothing. Refuses a role that the person has.
func (s *Service) Appoint(ctx context.Context, who access.Who, schoolID, personID string, r access.Role) error {
	return s.roleAct(ctx, who, schoolID, personID, r, "role.given", func(tx *db.Tx, sc School, a Account, r access.Role, now time.Time) error {
		if a.Guest {
			return errs.Absent()
		}
		if a.Holds(r) {
			return errs.Invalid("school.role_held", "name", a.Name).On("role")
		}
		_, err := insertRole(ctx, tx, personID, sc.BoardID, r, now)
		return err
	})
}

// Relieve ends what somebody answers for. Who: as for Appoint. Refuses the last admin of a
// school, so that somebody can always undo it.
func (s *Service) Relieve(ctx context.Context, who access.Who, schoolID, personID string, r access.Role) error {
	return s.roleAct(ctx, who, schoolID, personID, r, "role.taken", func(tx *db.Tx, sc School, a Account, r access.Role, now time.Time) error {
		if !a.Holds(r) {
			return errs.Absent()
		}
		if r.Kind == access.RoleAdmin {
			if err := otherAdmin(ctx, tx, sc, a); err != nil {
				return err
			}
		}
		taken, err := db.All(ctx, tx, `delete from role where person_id = $1 and kind = $2 and board_id = $3 and coalesce(school_id, '') = $4 and coalesce(team_id, '') = $5 returning id`,
			db.Str, personID, roleWord(r.Kind), sc.BoardID, r.SchoolID, r.TeamID)
		for _, id := range taken {
			if err == nil {
				err = ledger.Note(ctx, tx, now, roleTaken, id)
			}
		}
		return err
	})
}

// roleAct reads whom a role is about, asks whether who may give and take it, and notes it.
func (s *Service) roleAct(ctx context.Context, who access.Who, schoolID, personID string, r access.Role, kind string, act func(tx *db.Tx, sc School, a Account, r access.Role, now time.Time) error) error {
	if roleWord(r.Kind) == "" || (r.Kind == access.RoleTeamLeader) != (r.TeamID != "") || r.SchoolID != "" && r.SchoolID != schoolID {
		return errs.Invalid("form.choose").On("role")
	}
	if r.Kind == access.RoleBoard {
		r.SchoolID = "" // it is never of one school, whatever was asked
	}
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := s.allowed(ctx, tx, who, access.Manage, access.RoleHeld, schoolID)
		if err != nil {
			return err
		}
		if r.SchoolID == "" {
			if err := reachesBoard(ctx, tx, who, sc); err != nil {
				return err
			}
		}
		if err := ownTeam(ctx, tx, schoolID, r.TeamID); err != nil {
			return err
		}
		if err := db.Lock(ctx, tx, "board", sc.BoardID); err != nil { // two admins never relieve each other at once
			return err
		}
		a, err := accountByID(ctx, tx, sc, personID)
		if err != nil {
			return err
		}
		if err := act(tx, sc, a, r, now); err != nil {
			return err
		}
		if err := s.changed(ctx, tx, sc.BoardID, personID, who.ID); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: kind, ObjectKind: "person", ObjectID: personID, SchoolID: schoolID})
	})
	return errs.Because(err, "role of %s", personID)
}

// reachesBoard refuses an admin of one of several schools: a role at the board would open
// the other schools too. Where the board has one school, its admin is the board's.
func reachesBoard(ctx context.Context, q db.Queryer, who access.Who, sc School) error {
	if access.May(who, access.Manage, access.Object{Kind: access.RoleHeld, BoardID: sc.BoardID}) {
		return nil
	}
	n, err := db.One(ctx, q, `select count(*) from school where board_id = $1`, db.Int, sc.BoardID)
	if err == nil && n > 1 {
		return errs.Invalid("school.role_board").On("role")
	}
	return err
}

// otherAdmin refuses when nobody else could look after the accounts of a school.
func otherAdmin(ctx context.Context, q db.Queryer, sc School, a Account) error {
	n, err := db.One(ctx, q, `select count(*) from role r join person p on p.id = r.person_id
		where r.kind = 'admin' and r.board_id = $1 and (r.school_id is null or r.school_id = $2) and r.person_id <> $3 and p.state = 'active'`, db.Int, sc.BoardID, sc.ID, a.ID)
	if err == nil && n == 0 {
		return errs.Invalid("school.last_admin", "name", a.Name)
	}
	return err
}

// ForBoard reports whether somebody who looks after a school also looks after what is of
// its whole board: as admin of the board, or of the board's only school.
func (s *Service) ForBoard(ctx context.Context, who access.Who, sc School) (bool, error) {
	if err := access.Must(who, access.Manage, object(access.RoleHeld, sc)); err != nil {
		return false, nil
	}
	err := reachesBoard(ctx, s.db, who, sc)
	if errs.Is(err, errs.KindInvalid) {
		return false, nil
	}
	return err == nil, err
}

// BoardName is the name of the own board, as letters say it.
func (s *Service) BoardName(ctx context.Context, who access.Who) (string, error) {
	return db.One(ctx, s.db, `select name from board where id = $1`, db.Str, who.BoardID)
}

// insertRole tells how many roles it wrote: none for one that the person has.
func insertRole(ctx context.Context, tx *db.Tx, personID, boardID string, r access.Role, now time.Time) (int64, error) {
	if err := db.Lock(ctx, tx, "person", personID); err != nil { // the same role twice at once
		return 0, err
	}
	return db.Exec(ctx, tx, `insert into role (id, person_id, kind, board_id, school_id, team_id, made_at)
		select $1, $2, $3, $4, $5, $6, $7 where not exists (select 1 from role
			where person_id = $2 and kind = $3 and coalesce(school_id, '') = $8 and coalesce(team_id, '') = $9)`,
		ident.At(now), personID, roleWord(r.Kind), boardID, db.Null(r.SchoolID), db.Null(r.TeamID), now, r.SchoolID, r.TeamID)
}
