package account

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/mail"
	"leerkring/ledger"
)

// lockLasts is how long private areas stay closed after somebody else changed a way in:
// long enough for the owner to hear of it. A passkey from before the change opens them.
const lockLasts = 72 * time.Hour

// lock closes the private areas of a person.
func (s *Service) lock(ctx context.Context, tx *db.Tx, personID string) error {
	now := s.clock.Now()
	_, err := db.Exec(ctx, tx, `insert into account (person_id, locked_at, locked_until_at) values ($1, $2, $3)
		on conflict (person_id) do update set locked_at = excluded.locked_at, locked_until_at = excluded.locked_until_at`, personID, now, now.Add(lockLasts))
	return errs.Because(err, "lock private areas of %s", personID)
}

// AddressChanged is the part of this room in the act that gives a person another mail
// address: sign-ins, links and mail that waits end, the old address is told, and when somebody else did it
// the private areas are locked. It is called after the change, with the address before it.
func (s *Service) AddressChanged(ctx context.Context, tx *db.Tx, personID, byID, oldEmail string) error {
	v, err := visitorByID(ctx, tx, personID)
	if err != nil {
		return err
	}
	if err := s.EndAll(ctx, tx, personID, ""); err != nil {
		return err
	}
	if err := s.endLinks(ctx, tx, personID); err != nil {
		return err
	}
	if err := mail.WithdrawFor(ctx, tx, personID, s.clock.Now()); err != nil {
		return err
	}
	letter := v.letter(LetterAddress, s.clock.Now())
	letter.Email = oldEmail
	if byID != personID {
		if err := s.lock(ctx, tx, personID); err != nil {
			return err
		}
		if letter.By, err = nameOf(ctx, tx, byID); err != nil {
			return err
		}
	}
	if err := s.post.Queue(ctx, tx, letter); err != nil {
		return errs.Because(err, "tell the old address")
	}
	return s.log.Append(ctx, tx, Event{ActorID: byID, Kind: "address.changed", ObjectKind: "person", ObjectID: personID, BoardID: v.BoardID, Reach: OfAccounts})
}

// ForgetPasskeys takes away all passkeys of somebody who lost them, ends the sign-ins and
// locks the private areas. Who: an admin of a school of that person, not the person: own
// passkeys are removed one by one. Refuses with absent.
func (s *Service) ForgetPasskeys(ctx context.Context, who access.Who, personID string) error {
	return s.manage(ctx, who, access.Manage, personID, "forget passkeys", func(tx *db.Tx, v visitor) error {
		if _, err := db.Exec(ctx, tx, `delete from passkey where person_id = $1`, v.ID); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), passkeysEnded, v.ID); err != nil {
			return err
		}
		if err := s.lock(ctx, tx, v.ID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `update account set passkey_always = $2 where person_id = $1`, v.ID, false); err != nil {
			return err
		}
		if err := s.EndAll(ctx, tx, v.ID, ""); err != nil {
			return err
		}
		letter := v.letter(LetterWayChanged, s.clock.Now())
		var err error
		if letter.By, err = nameOf(ctx, tx, who.ID); err != nil {
			return err
		}
		if err := s.post.Queue(ctx, tx, letter); err != nil {
			return errs.Because(err, "tell the owner")
		}
		return s.log.Append(ctx, tx, Event{ActorID: who.ID, Kind: "passkeys.forgotten", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
}

// PasskeyAlways lets a person decide that a mail link is not enough: a passkey is asked
// as well. Who: that person, who confirmed recently and has a passkey.
func (s *Service) PasskeyAlways(ctx context.Context, in SignIn, on bool) error {
	if err := s.confirmed(in); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `insert into account (person_id, passkey_always)
			select p.id, $2 from person p where p.id = $1 and (not $2 or exists (select 1 from passkey k where k.person_id = p.id))
			on conflict (person_id) do update set passkey_always = excluded.passkey_always`, in.PersonID, on)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Invalid("account.passkey_first")
		}
		kind := "passkey_always.off"
		if on {
			kind = "passkey_always.on"
		}
		return s.log.Append(ctx, tx, ofPerson(in, kind, "person", in.PersonID))
	})
	return errs.Because(err, "ask for a passkey always: %s", in.PersonID)
}
