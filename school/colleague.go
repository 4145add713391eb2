package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// Invite invites somebody who is new, in the act that adds them.
type Invite func(ctx context.Context, tx *db.Tx, personID string) error

// AddColleague adds one person to a school and invites them in the same act. Who: an admin
// of the school; for somebody of the board, one who reaches the whole board. Such a person gets that
// role in the same act, works at no school by it and is in no team. Refuses somebody who works here already, and an account that is suspended. An
// account that is in use already gets no invitation: the person is in.
func (s *Service) AddColleague(ctx context.Context, who access.Who, schoolID string, n NewStaff, invite Invite) (string, error) {
	n.Email = Email(n.Email)
	if err := errs.Join(CheckName(n.Name), CheckEmail(n.Email), checkSubject(n.Subject)); err != nil {
		return "", err
	}
	id := ""
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		sc, err := s.Desk(ctx, tx, who, schoolID)
		if err != nil {
			return err
		}
		if err := free(ctx, tx, sc, n); err != nil {
			return err
		}
		if n.OfBoard {
			id, err = s.ofBoard(ctx, tx, who, sc, n, now)
		} else {
			id, err = s.Enter(ctx, tx, sc, n, now)
		}
		if err != nil {
			return err
		}
		p, err := personByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if invite != nil && p.State == Invited {
			if err := invite(ctx, tx, id); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "person.added", ObjectKind: "person", ObjectID: id, SchoolID: schoolID, To: 1})
	})
	return id, errs.Because(err, "add a colleague to school %s", schoolID)
}

// ofBoard makes an account that answers for something at the board. An account that the board has
// with that address gets the role beside what it is.
func (s *Service) ofBoard(ctx context.Context, tx *db.Tx, who access.Who, sc School, n NewStaff, now time.Time) (string, error) {
	if err := access.Must(who, access.Manage, object(access.RoleHeld, sc)); err != nil {
		return "", err
	}
	if err := reachesBoard(ctx, tx, who, sc); errs.Is(err, errs.KindInvalid) {
		return "", errs.Invalid("school.role_board").On("email")
	} else if err != nil {
		return "", err
	}
	id, err := s.account(ctx, tx, sc, n, now)
	if err != nil {
		return "", err
	}
	given, err := insertRole(ctx, tx, id, sc.BoardID, access.Role{Kind: access.RoleBoard}, now)
	if err != nil {
		return "", err
	}
	if given == 0 {
		return "", errs.Invalid("school.role_held", "name", n.Name).On("email")
	}
	if err := s.changed(ctx, tx, sc.BoardID, id, who.ID); err != nil {
		return "", err
	}
	return id, journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "role.given", ObjectKind: "person", ObjectID: id, SchoolID: sc.ID})
}

// free refuses an address that is a colleague's, or of an account that is suspended.
func free(ctx context.Context, q db.Queryer, sc School, n NewStaff) error {
	type met struct {
		name, state string
		here        bool
	}
	list, err := db.All(ctx, q, `select p.name, p.state, exists (select 1 from staff f where f.person_id = p.id and f.school_id = $3) from person p where p.board_id = $1 and p.email = $2`,
		func(m *met) []any { return []any{&m.name, &m.state, &m.here} }, sc.BoardID, n.Email, sc.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	switch m := list[0]; {
	case m.state == string(Suspended):
		return errs.Invalid("school.colleague_suspended", "name", m.name).On("email")
	case m.here:
		return errs.Invalid("school.works_here", "name", n.Name).On("email")
	}
	return nil
}
