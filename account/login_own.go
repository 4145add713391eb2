package account

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/account/openid"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
	"leerkring/school"
)

// Linked is a login that somebody comes in by, as its owner sees it.
type Linked struct {
	ID     string
	Name   string // of the login; "" when it is there no more
	MadeAt time.Time
	UsedOn clock.Date

	LoginID string // "" when the login is off or gone
	Again   bool   // the login can ask again who somebody is
}

// LinkedTo returns by which logins a person comes in. Who: that person.
func (s *Service) LinkedTo(ctx context.Context, in SignIn) ([]Linked, error) {
	kind := map[string]openid.Kind{}
	list, err := db.All(ctx, s.db, `select i.id, i.made_at, i.used_on, coalesce(l.id, ''), coalesce(l.name, ''), coalesce(l.kind, '') from login_identity i
		left join login_provider l on l.board_id = i.board_id and l.issuer = i.issuer and l.enabled where i.person_id = $1 order by i.made_at, i.id`, func(l *linkedRow) []any {
		return []any{&l.ID, &l.MadeAt, &l.UsedOn, &l.LoginID, &l.Name, &l.kind}
	}, in.PersonID)
	out := make([]Linked, len(list))
	for i, l := range list {
		kind[l.LoginID] = openid.Kind(l.kind)
		l.Again = l.LoginID != "" && kind[l.LoginID].Reauthenticates()
		out[i] = l.Linked
	}
	return out, errs.Because(err, "logins of %s", in.PersonID)
}

type linkedRow struct {
	Linked
	kind string
}

// connect ties a login to whoever is signed in and confirmed. The owner gets a letter.
func (s *Service) connect(ctx context.Context, tx *db.Tx, l Login, in SignIn, id openid.Identity) error {
	if !in.Confirmed(s.clock.Now()) {
		return errs.Invalid("account.login_again")
	}
	if err := db.Lock(ctx, tx, "board", l.BoardID); err != nil {
		return err
	}
	v, err := visitorByID(ctx, tx, in.PersonID)
	if err != nil {
		return err
	}
	ours, err := db.One(ctx, tx, `select count(*) from person p where p.id = $1 and not p.guest and exists (select 1 from staff f where f.person_id = p.id)`, db.Int, v.ID)
	if err != nil {
		return err
	}
	if v.BoardID != l.BoardID || v.State != school.Active || ours == 0 {
		return errs.Invalid("account.login_stranger")
	}
	switch whose, err := identityOf(ctx, tx, l, id); {
	case err != nil:
		return err
	case whose == v.ID:
		return nil // twice is once
	case whose != "":
		return errs.Invalid("account.login_other")
	}
	if err := s.keepIdentity(ctx, tx, l, v.ID, id); err != nil {
		return err
	}
	return errs.Because(s.post.Queue(ctx, tx, v.letter(LetterLogin, s.clock.Now())), "tell the owner")
}

// Unlink takes away one of the logins that a person comes in by, and ends what came in by a
// login. Who: that person, who confirmed recently. Refuses with absent.
func (s *Service) Unlink(ctx context.Context, in SignIn, id string) error {
	if err := s.confirmed(in); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from login_identity where id = $1 and person_id = $2`, id, in.PersonID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, tx, `delete from sign_in where person_id = $1 and way = 'school' and id <> $2`, in.PersonID, in.ID); err != nil {
			return err
		}
		now := s.clock.Now()
		if err := ledger.Note(ctx, tx, now, loginEnded, id); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, now, signInsEnded, in.PersonID); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "login.unlinked", "login", id))
	})
	return errs.Because(err, "unlink login %s", id)
}

// ForgetLogins takes away by which logins somebody comes in, ends the sign-ins and locks the
// private areas. Who: an admin of a school of that person. Refuses with absent.
func (s *Service) ForgetLogins(ctx context.Context, who access.Who, personID string) error {
	return s.forgetWay(ctx, who, personID, "logins.forgotten", LetterLoginGone, `delete from login_identity where person_id = $1`)
}

// ForgetPassword takes away somebody's password with its second factor, ends the sign-ins and
// locks the private areas. Who: an admin of a school of that person. Refuses with absent.
func (s *Service) ForgetPassword(ctx context.Context, who access.Who, personID string) error {
	return s.forgetWay(ctx, who, personID, "password.forgotten", LetterPasswordGone, `delete from recovery_code where person_id = $1`, `delete from password where person_id = $1`)
}

// forgetWay takes a way in away from somebody, and the owner hears of it.
func (s *Service) forgetWay(ctx context.Context, who access.Who, personID, kind string, letter LetterKind, erase ...string) error {
	return s.manage(ctx, who, access.Manage, personID, kind, func(tx *db.Tx, v visitor) error {
		for _, sql := range erase {
			if _, err := db.Exec(ctx, tx, sql, v.ID); err != nil {
				return err
			}
		}
		var err error
		if now := s.clock.Now(); letter == LetterPasswordGone {
			err = ledger.Note(ctx, tx, now, passwordEnded, v.ID)
		} else {
			err = ledger.Note(ctx, tx, now, loginsEnded, v.ID)
		}
		if err != nil {
			return err
		}
		if err := s.lock(ctx, tx, v.ID); err != nil {
			return err
		}
		if err := s.EndAll(ctx, tx, v.ID, ""); err != nil {
			return err
		}
		l := v.letter(letter, s.clock.Now())
		if l.By, err = nameOf(ctx, tx, who.ID); err != nil {
			return err
		}
		if err := s.post.Queue(ctx, tx, l); err != nil {
			return errs.Because(err, "tell the owner")
		}
		return s.log.Append(ctx, tx, Event{ActorID: who.ID, Kind: kind, ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
}
