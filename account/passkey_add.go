package account

import (
	"context"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// BeginPasskey starts adding a passkey. Who: whoever is signed in and confirmed recently.
func (s *Service) BeginPasskey(ctx context.Context, in SignIn) (Ceremony, error) {
	if err := s.confirmed(in); err != nil {
		return Ceremony{}, err
	}
	k, err := s.keyHolder(ctx, in)
	if err != nil {
		return Ceremony{}, err
	}
	if len(k.passkeys) >= passkeysMost {
		return Ceremony{}, errs.Invalid("account.passkeys_many", "n", passkeysMost)
	}
	options, data, err := s.keys.BeginRegistration(k, webauthn.WithExclusions(webauthn.Credentials(k.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, errs.Because(err, "begin a passkey")
	}
	return s.ask(ctx, toAdd, in, options, data)
}

// FinishPasskey keeps a new passkey under a name. The owner gets a letter about it.
// Refuses an answer to another question, from another origin, or without a finger, face
// or PIN, and a key that is known already.
func (s *Service) FinishPasskey(ctx context.Context, in SignIn, challenge, name string, answer []byte, b Browser) (Passkey, error) {
	if err := s.confirmed(in); err != nil {
		return Passkey{}, err
	}
	if name = clean(name, longestName); name == "" {
		return Passkey{}, errs.Invalid("account.passkey_name").On("name")
	}
	k, err := s.keyHolder(ctx, in)
	if err != nil {
		return Passkey{}, err
	}
	data, err := s.answered(ctx, toAdd, challenge, in, answer, b)
	if err != nil {
		return Passkey{}, errs.Because(err, "add a passkey")
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Passkey{}, s.wrong(ctx, "passkey.refused", in.PersonID, b)
	}
	credential, err := s.keys.CreateCredential(k, data, parsed)
	if err != nil {
		return Passkey{}, s.wrong(ctx, "passkey.refused", in.PersonID, b)
	}
	return s.keepPasskey(ctx, in, k, name, credential)
}

func (s *Service) keepPasskey(ctx context.Context, in SignIn, k *keeper, name string, c *webauthn.Credential) (Passkey, error) {
	now := s.clock.Now()
	p := Passkey{ID: ident.At(now), Name: name, MadeAt: now, Synced: c.Flags.BackupState, personID: in.PersonID, credential: *c}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `insert into passkey (id, person_id, credential_id, credential, name, made_at) values ($1, $2, $3, $4, $5, $6)`,
			p.ID, p.personID, credentialID(c.ID), db.JSON(c), p.Name, now); err != nil {
			return err
		}
		if err := s.post.Queue(ctx, tx, k.letter(LetterPasskey, now)); err != nil {
			return errs.Because(err, "tell the owner")
		}
		return s.log.Append(ctx, tx, ofPerson(in, "passkey.added", "passkey", p.ID))
	})
	if errs.Is(err, errs.KindConflict) {
		return Passkey{}, errs.Invalid("account.passkey_known")
	}
	return p, errs.Because(err, "keep a passkey of %s", in.PersonID)
}

// keyHolder returns whoever is signed in, with passkeys; it refuses where there are none.
func (s *Service) keyHolder(ctx context.Context, in SignIn) (*keeper, error) {
	if s.keys == nil {
		return nil, errs.Invalid("account.passkeys_off")
	}
	return s.keeper(ctx, in.PersonID)
}
