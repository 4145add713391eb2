package account

import (
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

const challengeLasts = 5 * time.Minute

const longestAnswer = 64 << 10 // bytes of an authenticator's answer

// Ceremony is what the browser needs to ask an authenticator something.
type Ceremony struct {
	Options   []byte // JSON for navigator.credentials: {"publicKey": …}
	Challenge string // comes back with the answer
}

// What a ceremony is for.
const (
	toAdd     = "add"
	toSignIn  = "sign_in"
	toConfirm = "confirm"
)

// ask keeps a question on the server, for one answer within five minutes.
func (s *Service) ask(ctx context.Context, purpose string, in SignIn, options any, data *webauthn.SessionData) (Ceremony, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, errs.Because(err, "write passkey options")
	}
	c := Ceremony{Options: text, Challenge: ident.Secret()}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into passkey_challenge (hash, purpose, person_id, sign_in_id, ceremony, expires_at) values ($1, $2, $3, $4, $5, $6)`,
			ident.Hash(c.Challenge), purpose, db.Null(in.PersonID), db.Null(in.ID), db.JSON(data), s.clock.Now().Add(challengeLasts))
		return err
	})
	return c, errs.Because(err, "keep a passkey question")
}

// answered takes a question out, so that it is answered once or never. A question that is
// over, or of another sign-in, counts as a failure.
func (s *Service) answered(ctx context.Context, purpose, challenge string, in SignIn, answer []byte, b Browser) (webauthn.SessionData, error) {
	var data webauthn.SessionData
	err := s.attempt(ctx, []limit{forAddress(b.Address)}, func(tx *db.Tx) error {
		list, err := db.All(ctx, tx, `delete from passkey_challenge
			where hash = $1 and purpose = $2 and coalesce(person_id, '') = $3 and coalesce(sign_in_id, '') = $4 and expires_at > $5
			returning ceremony`, func(d *webauthn.SessionData) []any { return []any{db.JSON(d)} },
			ident.Hash(challenge), purpose, in.PersonID, in.ID, s.clock.Now())
		if err != nil {
			return err
		}
		if len(list) == 0 || len(answer) > longestAnswer {
			return errs.Invalid("account.passkey_again")
		}
		data = list[0]
		return nil
	})
	return data, err
}

// wrong counts and notes an answer that does not fit, and returns the refusal. Why it does
// not fit is nobody's business outside.
func (s *Service) wrong(ctx context.Context, kind, personID string, b Browser) error {
	limits := []limit{forAddress(b.Address)}
	if personID != "" {
		limits = append(limits, forAccount(personID, b.Address))
	}
	return s.attempt(ctx, limits, func(tx *db.Tx) error {
		return s.refused(ctx, tx, kind, personID, b, errs.Invalid("account.passkey_refused"))
	})
}
