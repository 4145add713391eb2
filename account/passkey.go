package account

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/netip"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
	"leerkring/school"
)

// Passkey is a key in somebody's telephone, computer or key ring, as its owner sees it.
type Passkey struct {
	ID     string
	Name   string
	MadeAt time.Time
	UsedOn clock.Date
	Synced bool // the owner's other devices have it too

	personID   string
	credential webauthn.Credential
}

const passkeysMost = 10

// ceremonies are the rules of passkeys for the house at this address: the key finds its
// owner without a name, and the device asks for a finger, a face or a PIN.
func ceremonies(base *url.URL) (*webauthn.WebAuthn, error) {
	if _, err := netip.ParseAddr(base.Hostname()); err == nil {
		return nil, nil // browsers know no passkeys for bare addresses
	}
	return webauthn.New(&webauthn.Config{
		RPID:                  base.Hostname(),
		RPDisplayName:         "Leerkring",
		RPOrigins:             []string{base.Scheme + "://" + base.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Timeout: challengeLasts},
			Registration: webauthn.TimeoutConfig{Timeout: challengeLasts},
		},
	})
}

// HasPasskeys reports whether this house can work with passkeys at all.
func (s *Service) HasPasskeys() bool { return s.keys != nil }

// keeper is a person with passkeys, as the library asks for one. The handle that a
// device keeps is the id of the person: it says nothing to anybody else.
type keeper struct {
	visitor
	passkeys []Passkey
}

func (k *keeper) WebAuthnID() []byte          { return []byte(k.ID) }
func (k *keeper) WebAuthnName() string        { return k.Email }
func (k *keeper) WebAuthnDisplayName() string { return k.Name }

func (k *keeper) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(k.passkeys))
	for i, p := range k.passkeys {
		list[i] = p.credential
	}
	return list
}

// with returns the passkey of a credential.
func (k *keeper) with(credentialID []byte) (Passkey, bool) {
	for _, p := range k.passkeys {
		if string(p.credential.ID) == string(credentialID) {
			return p, true
		}
	}
	return Passkey{}, false
}

const passkeyColumns = `k.id, k.person_id, k.name, k.made_at, k.used_on, k.credential`

func passkeyFields(p *Passkey) []any {
	return []any{&p.ID, &p.personID, &p.Name, &p.MadeAt, &p.UsedOn, db.JSON(&p.credential)}
}

func passkeysOf(ctx context.Context, q db.Queryer, personID string) ([]Passkey, error) {
	list, err := db.All(ctx, q, `select `+passkeyColumns+` from passkey k where k.person_id = $1 order by k.made_at, k.id`, passkeyFields, personID)
	for i := range list {
		list[i].Synced = list[i].credential.Flags.BackupState
	}
	return list, errs.Because(err, "passkeys of %s", personID)
}

func (s *Service) keeper(ctx context.Context, personID string) (*keeper, error) {
	v, err := visitorByID(ctx, s.db, personID)
	if err != nil {
		return nil, err
	}
	if v.State != school.Active {
		return nil, errs.Absent()
	}
	list, err := passkeysOf(ctx, s.db, personID)
	return &keeper{v, list}, err
}

// Passkeys returns the person's own passkeys, oldest first. Who: that person.
func (s *Service) Passkeys(ctx context.Context, in SignIn) ([]Passkey, error) {
	return passkeysOf(ctx, s.db, in.PersonID)
}

// RenamePasskey gives one of the person's own passkeys another name. Refuses with absent.
func (s *Service) RenamePasskey(ctx context.Context, in SignIn, id, name string) error {
	if name = clean(name, longestName); name == "" {
		return errs.Invalid("account.passkey_name").On("name")
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `update passkey set name = $3 where id = $1 and person_id = $2`, id, in.PersonID, name)
		if err == nil && n == 0 {
			return errs.Absent()
		}
		return err
	})
	return errs.Because(err, "rename passkey %s", id)
}

// RemovePasskey takes one of the person's own passkeys away. After the last one a mail
// link is enough again. Who: that person, who confirmed recently. Refuses with absent.
func (s *Service) RemovePasskey(ctx context.Context, in SignIn, id string) error {
	if err := s.confirmed(in); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from passkey where id = $1 and person_id = $2`, id, in.PersonID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, tx, `update account set passkey_always = $2
			where person_id = $1 and not exists (select 1 from passkey k where k.person_id = account.person_id)`, in.PersonID, false); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), passkeyEnded, id); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "passkey.removed", "passkey", id))
	})
	return errs.Because(err, "remove passkey %s", id)
}

// updatePasskey keeps what a key told at its last use.
func (s *Service) updatePasskey(ctx context.Context, tx *db.Tx, p Passkey, c *webauthn.Credential) error {
	n, err := db.Exec(ctx, tx, `update passkey set credential = $2, used_on = $3 where id = $1`, p.ID, db.JSON(c), today(s.clock.Now()))
	if err == nil && n == 0 {
		return errs.Invalid("account.passkey_refused") // it was removed a moment ago
	}
	return err
}

func credentialID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

var errCopied = fmt.Errorf("the key counts lower than it did: there may be a copy of it")
