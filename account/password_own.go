package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
	"leerkring/school"
)

const (
	recoveryCodes = 10
	passwordWaits = 24 * time.Hour // a password whose second factor was never shown is forgotten
)

// Password is how it stands with somebody's password, as its owner sees it.
type Password struct {
	Ready  bool
	MadeAt time.Time
	Left   int // recovery codes that were not used
}

// OwnPassword tells how it stands. Who: that person.
func (s *Service) OwnPassword(ctx context.Context, in SignIn) (Password, error) {
	list, err := db.All(ctx, s.db, `select w.made_at, (select count(*) from recovery_code r where r.person_id = w.person_id and r.used_at is null)
		from password w where w.person_id = $1 and w.ready`, func(p *Password) []any { return []any{&p.MadeAt, &p.Left} }, in.PersonID)
	if err != nil || len(list) == 0 {
		return Password{}, errs.Because(err, "password of %s", in.PersonID)
	}
	list[0].Ready = true
	return list[0], nil
}

// ChoosePassword keeps a new password that opens nothing yet: first its second factor must be
// shown to work. The old one works until then. Who: that person, after confirming.
func (s *Service) ChoosePassword(ctx context.Context, in SignIn, password string) error {
	if err := s.confirmed(in); err != nil {
		return err
	}
	v, err := visitorByID(ctx, s.db, in.PersonID)
	if err != nil {
		return err
	}
	if err := checkPassword(password, v.Name, v.Email, v.Board); err != nil {
		return err
	}
	hash, err := s.hash.make(ctx, password)
	if err != nil {
		return errs.Because(err, "hash a password")
	}
	closed := s.box.Seal(sealedFactor, v.ID, newFactor())
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into password (person_id, ready, hash, factor, made_at) values ($1, $2, $3, $4, $5)
			on conflict (person_id, ready) do update set hash = excluded.hash, factor = excluded.factor, made_at = excluded.made_at, last_step = 0`, v.ID, false, hash, closed, s.clock.Now())
		return err
	})
	return errs.Because(err, "choose a password")
}

// Factor is the second factor that somebody sets up: as an app reads it, and to type over.
type Factor struct{ URL, Secret string }

// NewFactor returns the second factor of the password that waits for it. Who: that person,
// after confirming. Absent when none waits.
func (s *Service) NewFactor(ctx context.Context, in SignIn) (Factor, error) {
	if err := s.confirmed(in); err != nil {
		return Factor{}, err
	}
	f, err := s.factorOf(db.Afresh(ctx), s.db, in.PersonID, false)
	if err != nil {
		return Factor{}, errs.Because(err, "second factor of %s", in.PersonID)
	}
	v, err := visitorByID(ctx, s.db, in.PersonID)
	return Factor{URL: factorURL(f.secret, v.Email), Secret: f.secret}, err
}

// KeepPassword makes the password ready with a code of its second factor, and returns recovery
// codes, which are shown this once. All other browsers are signed out; the owner gets a
// letter. Who: that person, after confirming.
func (s *Service) KeepPassword(ctx context.Context, in SignIn, typed string, b Browser) (codes []string, err error) {
	if err := s.confirmed(in); err != nil {
		return nil, err
	}
	code, recovery, err := parseFactor(typed)
	if err == nil && recovery {
		err = errs.Invalid("account.factor_shape").On("code")
	}
	if err != nil {
		return nil, err
	}
	err = s.attempt(ctx, []limit{forAddress(b.Address), forFactor(in.PersonID)}, func(tx *db.Tx) error {
		f, err := s.factorOf(ctx, tx, in.PersonID, false)
		if err != nil {
			return err
		}
		step, err := stepOf(f.secret, code, s.clock.Now(), 0)
		if err != nil {
			return s.refused(ctx, tx, "factor.refused", in.PersonID, b, err)
		}
		codes, err = s.makeReady(ctx, tx, in, step)
		return err
	})
	return codes, errs.Because(err, "keep a password")
}

func (s *Service) makeReady(ctx context.Context, tx *db.Tx, in SignIn, step int64) ([]string, error) {
	v, err := visitorByID(ctx, tx, in.PersonID)
	if err != nil {
		return nil, err
	}
	if v.State != school.Active {
		return nil, errs.Absent()
	}
	if _, err := db.Exec(ctx, tx, `delete from password where person_id = $1 and ready`, v.ID); err != nil {
		return nil, err
	}
	if err := ledger.Note(ctx, tx, s.clock.Now(), passwordEnded, v.ID); err != nil { // the one that it takes the place of
		return nil, err
	}
	if _, err := db.Exec(ctx, tx, `update password set ready = $2, last_step = $3, made_at = $4 where person_id = $1`, v.ID, true, step, s.clock.Now()); err != nil {
		return nil, err
	}
	codes, err := s.renewCodes(ctx, tx, v.ID)
	if err != nil {
		return nil, err
	}
	if err := s.EndAll(ctx, tx, v.ID, in.ID); err != nil {
		return nil, err
	}
	if err := s.post.Queue(ctx, tx, v.letter(LetterPassword, s.clock.Now())); err != nil {
		return nil, errs.Because(err, "tell the owner")
	}
	return codes, s.log.Append(ctx, tx, ofPerson(in, "password.set", "person", v.ID))
}

// renewCodes makes new recovery codes; the old ones are over.
func (s *Service) renewCodes(ctx context.Context, tx *db.Tx, personID string) ([]string, error) {
	if _, err := db.Exec(ctx, tx, `delete from recovery_code where person_id = $1`, personID); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		code := newCode()
		codes[i] = ShowCode(code)
		if _, err := db.Exec(ctx, tx, `insert into recovery_code (id, person_id, mark) values ($1, $2, $3)`, ident.At(s.clock.Now()), personID, s.box.Mark(markRecovery, personID, code)); err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// RenewCodes makes new recovery codes and returns them, this once. Who: that person, after
// confirming. Absent without a password.
func (s *Service) RenewCodes(ctx context.Context, in SignIn) (codes []string, err error) {
	if err := s.confirmed(in); err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.factorOf(ctx, tx, in.PersonID, true); err != nil {
			return err
		}
		if codes, err = s.renewCodes(ctx, tx, in.PersonID); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "recovery.renewed", "person", in.PersonID))
	})
	return codes, errs.Because(err, "renew recovery codes")
}

// RemovePassword takes the own password away, with its second factor. Who: that person, after
// confirming. Absent when there is none.
func (s *Service) RemovePassword(ctx context.Context, in SignIn) error {
	if err := s.confirmed(in); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from password where person_id = $1`, in.PersonID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, tx, `delete from recovery_code where person_id = $1`, in.PersonID); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), passwordEnded, in.PersonID); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "password.removed", "person", in.PersonID))
	})
	return errs.Because(err, "remove a password")
}
