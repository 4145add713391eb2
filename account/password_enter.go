package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// forPassword counts an address together with whoever tries it, whether anybody has it or not.
func forPassword(email, address string) limit {
	return limit{ident.Hash("password " + email + " " + address), 5, 16 * time.Minute}
}

// forFactor counts an account alone: whoever comes here knew its password already, so that no
// stranger can keep its owner waiting.
func forFactor(personID string) limit {
	return limit{ident.Hash("factor " + personID), 5, 16 * time.Minute}
}

// EnterPassword is the first half of coming in with a password: what it gives back opens
// nothing until the second factor was shown. Who: anybody. A wrong password, an unknown
// address and an account without a password get the same answer after the same work.
func (s *Service) EnterPassword(ctx context.Context, email, password string, b Browser) (Entered, error) {
	email = school.Email(email)
	if err := school.CheckEmail(email); err != nil {
		return Entered{}, err
	}
	if len(password) > PasswordLongest*4 {
		return Entered{}, errs.Invalid("account.password_wrong").On("password")
	}
	limits := []limit{forPassword(email, b.Address), forAddress(b.Address)}
	at, err := s.reserve(ctx, limits)
	if err != nil {
		return Entered{}, err
	}
	personID, err := s.whoseBy(ctx, email, password)
	if err != nil {
		return Entered{}, errs.Because(err, "compare a password")
	}
	var in Entered
	var refusal error
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		in, err = s.halfway(ctx, tx, personID, b)
		if errs.Is(err, errs.KindInvalid) {
			refusal = err
			return s.log.Append(ctx, tx, Event{ActorID: "nobody", Kind: "password.refused", ObjectKind: "person", ObjectID: personID, Reach: OfAccounts, Address: b.Address})
		}
		if err != nil {
			return err
		}
		return s.giveBack(ctx, tx, limits, at)
	})
	if err == nil {
		err = refusal
	}
	return in, errs.Because(err, "come in with a password")
}

// whoseBy finds whose password it is; there is always something to compare.
func (s *Service) whoseBy(ctx context.Context, email, password string) (string, error) {
	type row struct{ personID, hash string }
	list, err := db.All(db.Afresh(ctx), s.db, `select p.id, w.hash from person p join password w on w.person_id = p.id
		where p.email = $1 and p.state = 'active' and w.ready order by p.id`, func(r *row) []any { return []any{&r.personID, &r.hash} }, email)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		list = []row{{"", s.hash.nobody}}
	}
	found := ""
	for _, r := range list {
		fits, err := s.hash.fits(ctx, r.hash, password)
		if err != nil {
			return "", err
		}
		if fits {
			found = r.personID
		}
	}
	return found, nil
}

// halfway makes a sign-in that waits for its second factor.
func (s *Service) halfway(ctx context.Context, tx *db.Tx, personID string, b Browser) (Entered, error) {
	wrong := errs.Invalid("account.password_wrong").On("password")
	if personID == "" {
		return Entered{}, wrong
	}
	if err := db.Lock(ctx, tx, "person", personID); err != nil {
		return Entered{}, err
	}
	v, err := visitorByID(ctx, tx, personID)
	if err != nil {
		return Entered{}, err
	}
	if v.State != school.Active {
		return Entered{}, wrong
	}
	return s.enter(ctx, tx, v, b, ByPassword)
}

// EnterFactor is the second half: a code of the app, or one of the recovery codes, which works
// once. The reference is new. Who: a browser that waits for it; any other is absent.
func (s *Service) EnterFactor(ctx context.Context, secret, typed string, b Browser) (Entered, error) {
	waiting, err := s.Pending(ctx, secret)
	if err == nil && waiting.Way != ByPassword {
		err = errs.Absent()
	}
	if err != nil {
		return Entered{}, err
	}
	code, recovery, err := parseFactor(typed)
	if err != nil {
		return Entered{}, err
	}
	var out Entered
	err = s.attempt(ctx, []limit{forAddress(b.Address), forFactor(waiting.PersonID)}, func(tx *db.Tx) error {
		in, err := s.signIn(ctx, tx, secret, true)
		if err != nil {
			return err
		}
		if recovery {
			err = s.spendRecovery(ctx, tx, in.PersonID, code)
		} else {
			err = s.spendFactor(ctx, tx, in.PersonID, code)
		}
		if err == nil {
			out, err = s.renew(ctx, tx, in, secret, "sign_in.made", b)
		}
		return s.refused(ctx, tx, "factor.refused", in.PersonID, b, err)
	})
	return out, errs.Because(err, "show a second factor")
}

// factor is the second factor of a person, opened.
type factor struct {
	secret string
	last   int64
}

func (s *Service) factorOf(ctx context.Context, q db.Queryer, personID string, ready bool) (factor, error) {
	f, err := db.One(ctx, q, `select factor, last_step from password where person_id = $1 and ready = $2`, func(f *factor) []any { return []any{&f.secret, &f.last} }, personID, ready)
	if err != nil {
		return f, err
	}
	f.secret, err = s.box.Open(sealedFactor, personID, f.secret)
	return f, err
}

const sealedFactor = "second factor"

func (s *Service) spendFactor(ctx context.Context, tx *db.Tx, personID, code string) error {
	f, err := s.factorOf(ctx, tx, personID, true)
	if err != nil {
		return err
	}
	step, err := stepOf(f.secret, code, s.clock.Now(), f.last)
	if err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, `update password set last_step = $2 where person_id = $1 and ready and last_step < $2`, personID, step)
	if err == nil && n == 0 {
		err = errs.Invalid("account.factor_wrong").On("code") // two at once: one was first
	}
	return err
}

func (s *Service) spendRecovery(ctx context.Context, tx *db.Tx, personID, code string) error {
	n, err := db.Exec(ctx, tx, `update recovery_code set used_at = $3 where person_id = $1 and mark = $2 and used_at is null`, personID, s.box.Mark(markRecovery, personID, code), s.clock.Now())
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.Invalid("account.factor_wrong").On("code")
	}
	v, err := visitorByID(ctx, tx, personID)
	if err != nil {
		return err
	}
	return s.log.Append(ctx, tx, Event{ActorID: personID, Kind: "recovery.used", ObjectKind: "person", ObjectID: personID, BoardID: v.BoardID, Reach: OfAccounts})
}

const markRecovery = "recovery code"

// reserve counts a try before it is made, so that many at once are no way around the limit.
// It returns when that was; giveBack takes a success off again.
func (s *Service) reserve(ctx context.Context, limits []limit) (time.Time, error) {
	at := s.clock.Now().Truncate(time.Minute)
	var refusal error
	err := s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
		var err error
		if refusal, err = s.held(ctx, tx, limits); err != nil || refusal != nil {
			return err
		}
		return s.failed(ctx, tx, limits)
	})
	if err == nil {
		err = refusal
	}
	return at, err
}

func (s *Service) giveBack(ctx context.Context, tx *db.Tx, limits []limit, at time.Time) error {
	_, err := db.Exec(ctx, tx, `update attempt set n = n - 1 where window_at = $2 and n > 0 and key in `+db.In("$1"), keysOf(limits), at)
	return errs.Because(err, "take a try off again")
}
