package account

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
)

// SignIns returns the browsers in which a person is signed in, newest first. Who: that
// person, who is known by the sign-in. Nobody else has a way to ask.
func (s *Service) SignIns(ctx context.Context, in SignIn) ([]SignIn, error) {
	return db.All(ctx, s.db, `select `+signInColumns+` from `+signInTables+`
		where s.person_id = $1 and not s.pending and s.ends_at > $2 and s.idle_ends_at > $2 order by s.made_at desc, s.id`,
		signInFields, in.PersonID, s.clock.Now())
}

// SignOut ends the sign-in of this browser.
func (s *Service) SignOut(ctx context.Context, in SignIn) error { return s.End(ctx, in, in.ID) }

// End ends one of the person's own sign-ins. Refuses with absent.
func (s *Service) End(ctx context.Context, in SignIn, id string) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from sign_in where id = $1 and person_id = $2`, id, in.PersonID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), signInEnded, id); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "sign_in.ended", "sign_in", id))
	})
	return errs.Because(err, "end sign-in %s", id)
}

// EndOthers ends all of the person's sign-ins but this one.
func (s *Service) EndOthers(ctx context.Context, in SignIn) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.EndAll(ctx, tx, in.PersonID, in.ID); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "sign_in.others_ended", "person", in.PersonID))
	})
	return errs.Because(err, "end other sign-ins of %s", in.PersonID)
}

// EndAll ends every sign-in of a person except one ("" for none), as part of the act that
// gives the reason: another role, a suspension, another address. It holds from the next
// request on.
func (s *Service) EndAll(ctx context.Context, tx *db.Tx, personID, exceptID string) error {
	_, err := db.Exec(ctx, tx, `delete from sign_in where person_id = $1 and id <> $2`, personID, exceptID)
	if err == nil {
		err = ledger.Note(ctx, tx, s.clock.Now(), signInsEnded, personID)
	}
	return errs.Because(err, "end sign-ins of %s", personID)
}

// RightsChanged ends the sign-ins of a person whose roles somebody changed, inside that
// act, and notes it in the security log.
func (s *Service) RightsChanged(ctx context.Context, tx *db.Tx, boardID, personID, byID string) error {
	if err := s.EndAll(ctx, tx, personID, ""); err != nil {
		return err
	}
	return s.log.Append(ctx, tx, Event{ActorID: byID, Kind: "role.changed", ObjectKind: "person", ObjectID: personID, BoardID: boardID, Reach: OfAccounts})
}

// ofPerson is an entry about something of the person's own.
func ofPerson(in SignIn, kind, objectKind, objectID string) Event {
	return Event{ActorID: in.PersonID, Kind: kind, ObjectKind: objectKind, ObjectID: objectID, BoardID: in.BoardID, Reach: OfAccounts}
}
