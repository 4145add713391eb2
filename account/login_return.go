package account

import (
	"context"

	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// LoginReturn is what a browser brings back from a login. All of it is a stranger's word
// until the login itself confirms it.
type LoginReturn struct {
	State, Code, Issuer string
	Refused             string // the word of the login when it let nobody through
}

// LoginEnd is how a visit ended well.
type LoginEnd struct {
	Entered Entered
	Purpose string // LoginCameIn and so on
}

// The ends.
const (
	LoginCameIn    = visitSignIn
	LoginConfirmed = visitConfirm
	LoginLinked    = visitLink
	LoginTried     = visitTest
)

// FinishLogin ends a visit to a login. It ends once: what comes back a second time, in
// another browser, or to another login is refused, in the same words. cookie is the secret of
// the browser, signedIn the reference of whoever is signed in there.
func (s *Service) FinishLogin(ctx context.Context, loginID string, r LoginReturn, cookie, signedIn string, b Browser) (LoginEnd, error) {
	v, err := s.back(ctx, loginID, r.State, cookie)
	if err != nil {
		return LoginEnd{}, err
	}
	l, err := loginByID(ctx, s.db, loginID)
	if err == nil && !l.On && v.purpose != visitTest {
		err = errs.Absent()
	}
	if err != nil {
		return LoginEnd{}, err
	}
	if v.purpose == visitSignIn {
		b.Device = ParseDevice(v.device)
	}
	end := LoginEnd{Purpose: v.purpose}
	id, failed := s.asked(ctx, l, v, r, cookie)
	if v.purpose == visitTest {
		return end, s.tried(ctx, l, id, failed, v, signedIn)
	}
	err = s.attempt(ctx, []limit{forAddress(b.Address)}, func(tx *db.Tx) error {
		refusal := error(nil)
		if failed != nil {
			refusal = refusedBy(openid.ReasonOf(failed))
		} else {
			end.Entered, refusal = s.believed(ctx, tx, l, v, id, signedIn, b)
		}
		if !errs.Is(refusal, errs.KindInvalid) {
			return refusal
		}
		if err := s.noteRefusal(ctx, tx, l, b); err != nil {
			return err
		}
		return refusal
	})
	return end, errs.Because(err, "come back from login %s", loginID)
}

// back takes a visit out, so that it ends once.
func (s *Service) back(ctx context.Context, loginID, state, cookie string) (visit, error) {
	again := errs.Invalid("account.login_again")
	if !isSecret(state) || !isSecret(cookie) || !ident.Valid(loginID) {
		return visit{}, again
	}
	var list []visit
	err := s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
		var err error
		list, err = db.All(ctx, tx, `delete from login_visit where hash = $1 and browser = $2 and provider_id = $3 and expires_at > $4
			returning hash, purpose, coalesce(person_id, ''), coalesce(sign_in_id, ''), invitation, next, device, provider_id, made_at`, visitFields,
			ident.Hash(state), ident.Hash(cookie), loginID, s.clock.Now())
		return err
	})
	if err != nil {
		return visit{}, errs.Because(err, "end a visit")
	}
	if len(list) == 0 {
		return visit{}, again
	}
	return list[0], nil
}

// asked hears from the login itself who came back.
func (s *Service) asked(ctx context.Context, l Login, v visit, r LoginReturn, cookie string) (openid.Identity, error) {
	if r.Refused != "" || r.Code == "" {
		return openid.Identity{}, openid.Refused(r.Refused)
	}
	p, err := s.reach(ctx, l, false)
	if err != nil {
		return openid.Identity{}, err
	}
	return p.Finish(ctx, s.trip(v.purpose, r.State, cookie, v.madeAt), openid.Return{Code: r.Code, Issuer: r.Issuer})
}

// believed does what the visit was for.
func (s *Service) believed(ctx context.Context, tx *db.Tx, l Login, v visit, id openid.Identity, signedIn string, b Browser) (Entered, error) {
	if v.purpose == visitSignIn {
		return s.enterByLogin(ctx, tx, l, v, id, b)
	}
	in, err := s.signIn(ctx, tx, signedIn, false)
	if errs.IsAbsent(err) || err == nil && in.ID != v.signInID {
		return Entered{}, errs.Invalid("account.login_again") // somebody else is signed in by now, or nobody
	}
	if err != nil {
		return Entered{}, err
	}
	if v.purpose == visitLink {
		return Entered{Next: v.next}, s.connect(ctx, tx, l, in, id)
	}
	whose, err := identityOf(ctx, tx, l, id)
	if err != nil {
		return Entered{}, err
	}
	if whose != in.PersonID {
		return Entered{}, errs.Invalid("account.login_other")
	}
	out, err := s.renew(ctx, tx, in, signedIn, "sign_in.confirmed", b)
	out.Next = v.next
	return out, err
}

// tried keeps what a trial trip found, for whoever made it and is still there.
func (s *Service) tried(ctx context.Context, l Login, id openid.Identity, failed error, v visit, signedIn string) error {
	in, err := s.signIn(ctx, s.db, signedIn, false)
	if errs.IsAbsent(err) || err == nil && in.ID != v.signInID {
		return errs.Invalid("account.login_again")
	}
	if err != nil {
		return err
	}
	looked := Looked{Reason: openid.ReasonOf(failed), Told: id.Told, NoMail: failed == nil && !id.Vouched}
	err = s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
		if err := s.found(ctx, tx, l.ID, looked); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "school_login.tried", "school_login", l.ID))
	})
	return errs.Because(err, "try login %s", l.ID)
}

// identityOf returns whose an identity is at this board, "" for nobody's.
func identityOf(ctx context.Context, tx *db.Tx, l Login, id openid.Identity) (string, error) {
	list, err := db.All(ctx, tx, `select person_id from login_identity where board_id = $1 and issuer = $2 and subject = $3`, db.Str, l.BoardID, id.Issuer, id.Subject)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0], nil
}
