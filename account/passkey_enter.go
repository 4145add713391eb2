package account

import (
	"context"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// BeginPasskeySignIn starts signing in with a passkey, without a name: the device knows
// whose it is. Who: anybody.
func (s *Service) BeginPasskeySignIn(ctx context.Context) (Ceremony, error) {
	if s.keys == nil {
		return Ceremony{}, errs.Invalid("account.passkeys_off")
	}
	options, data, err := s.keys.BeginDiscoverableLogin()
	if err != nil {
		return Ceremony{}, errs.Because(err, "begin a passkey sign-in")
	}
	return s.ask(ctx, toSignIn, SignIn{}, options, data)
}

// FinishPasskeySignIn signs a browser in with the answer of an authenticator. Refuses, in
// the same words, whatever does not fit: origin, question, key or owner.
func (s *Service) FinishPasskeySignIn(ctx context.Context, challenge, next string, answer []byte, b Browser) (Entered, error) {
	if s.keys == nil {
		return Entered{}, errs.Invalid("account.passkeys_off")
	}
	data, err := s.answered(ctx, toSignIn, challenge, SignIn{}, answer, b)
	if err != nil {
		return Entered{}, errs.Because(err, "passkey sign-in")
	}
	k, c, err := s.recognise(ctx, data, answer)
	if err != nil {
		return Entered{}, s.wrong(ctx, "passkey.refused", k.ID, b)
	}
	var in Entered
	err = s.attempt(ctx, []limit{forAddress(b.Address), forAccount(k.ID, b.Address)}, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "person", k.ID); err != nil {
			return err
		}
		v, err := visitorByID(ctx, tx, k.ID)
		if err != nil {
			return err
		}
		if v.State != school.Active {
			return s.refused(ctx, tx, "passkey.refused", v.ID, b, errs.Invalid("account.passkey_refused"))
		}
		p, _ := k.with(c.ID)
		if err := s.updatePasskey(ctx, tx, p, c); err != nil {
			return err
		}
		if err := s.unlock(ctx, tx, &v, p); err != nil {
			return err
		}
		in, err = s.enter(ctx, tx, v, b, ByPasskey)
		in.Next = CleanNext(next)
		return err
	})
	return in, errs.Because(err, "passkey sign-in")
}

// recognise finds whose key answered and checks the answer. The keeper that it returns is
// never nil; on an error it is whom the answer claims to come from, as far as known.
func (s *Service) recognise(ctx context.Context, data webauthn.SessionData, answer []byte) (*keeper, *webauthn.Credential, error) {
	found := &keeper{}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return found, nil, err
	}
	_, c, err := s.keys.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		if !ident.Valid(string(handle)) {
			return nil, errs.Absent()
		}
		k, err := s.keeper(ctx, string(handle))
		if err != nil {
			return nil, err
		}
		found = k
		return k, nil
	}, data, parsed)
	if err == nil && c.Authenticator.CloneWarning {
		err = errCopied
	}
	return found, c, err
}

// unlock opens private areas that were locked after somebody else's change, for a passkey
// that was there before it.
func (s *Service) unlock(ctx context.Context, tx *db.Tx, v *visitor, p Passkey) error {
	n, err := db.Exec(ctx, tx, `update account set locked_at = null, locked_until_at = null where person_id = $1 and locked_at > $2`, v.ID, p.MadeAt)
	if err == nil && n > 0 {
		v.LockedUntil = time.Time{}
	}
	return err
}

// BeginConfirm starts confirming with a passkey: for private areas, and as the second
// proof of a pending sign-in. Refuses when the person has none.
func (s *Service) BeginConfirm(ctx context.Context, in SignIn) (Ceremony, error) {
	k, err := s.keyHolder(ctx, in)
	if err != nil {
		return Ceremony{}, err
	}
	if len(k.passkeys) == 0 {
		return Ceremony{}, errs.Invalid("account.passkey_none")
	}
	options, data, err := s.keys.BeginLogin(k)
	if err != nil {
		return Ceremony{}, errs.Because(err, "begin to confirm")
	}
	return s.ask(ctx, toConfirm, in, options, data)
}

// FinishConfirm confirms who somebody is with the answer of an authenticator. The
// reference is new and the old one ends; a pending sign-in is pending no more. A browser
// that is not signed in is absent.
func (s *Service) FinishConfirm(ctx context.Context, secret, challenge string, answer []byte, b Browser) (Entered, error) {
	in, err := s.signIn(ctx, s.db, secret, false)
	if errs.IsAbsent(err) {
		in, err = s.signIn(ctx, s.db, secret, true)
	}
	if err != nil {
		return Entered{}, err
	}
	k, err := s.keyHolder(ctx, in)
	if err != nil {
		return Entered{}, err
	}
	data, err := s.answered(ctx, toConfirm, challenge, in, answer, b)
	if err != nil {
		return Entered{}, errs.Because(err, "confirm with a passkey")
	}
	c, err := s.checked(k, data, answer)
	if err != nil {
		return Entered{}, s.wrong(ctx, "confirm.refused", in.PersonID, b)
	}
	var out Entered
	err = s.attempt(ctx, []limit{forAddress(b.Address), forAccount(k.ID, b.Address)}, func(tx *db.Tx) error {
		p, _ := k.with(c.ID)
		if err := s.updatePasskey(ctx, tx, p, c); err != nil {
			return err
		}
		v := k.visitor
		if err := s.unlock(ctx, tx, &v, p); err != nil {
			return err
		}
		in.LockedUntil = v.LockedUntil
		out, err = s.renew(ctx, tx, in, secret, "sign_in.confirmed", b)
		return err
	})
	return out, errs.Because(err, "confirm with a passkey")
}

func (s *Service) checked(k *keeper, data webauthn.SessionData, answer []byte) (*webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return nil, err
	}
	c, err := s.keys.ValidateLogin(k, data, parsed)
	if err == nil && c.Authenticator.CloneWarning {
		err = errCopied
	}
	return c, err
}
