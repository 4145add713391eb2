package account

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/mail"
	"leerkring/journal"
	"leerkring/ledger"
	"leerkring/school"
)

// Suspend closes somebody's account: sign-ins, tokens, links and mail that waits end at
// once, passkeys stay but open nothing. Who: an admin of a school of that person. Refuses with absent, and
// refuses the last admin of a school and oneself, so that somebody can always undo it.
func (s *Service) Suspend(ctx context.Context, who access.Who, personID string) error {
	return s.manage(ctx, who, access.Manage, personID, "suspend", func(tx *db.Tx, v visitor) error { return s.close(ctx, tx, who, v) })
}

// SuspendIn is Suspend inside the act of another room.
func (s *Service) SuspendIn(ctx context.Context, tx *db.Tx, who access.Who, personID string) error {
	v, err := s.managed(ctx, tx, who, access.Manage, personID)
	if err != nil {
		return err
	}
	return s.close(ctx, tx, who, v)
}

func (s *Service) close(ctx context.Context, tx *db.Tx, who access.Who, v visitor) error {
	if v.ID == who.ID {
		return errs.Invalid("account.suspend_self")
	}
	if err := s.notLastAdmin(ctx, tx, v); err != nil {
		return err
	}
	return s.suspend(ctx, tx, v, who.ID)
}

// notLastAdmin refuses when a school would have no admin left. The board is locked, so
// that two admins cannot suspend each other in the same moment.
func (s *Service) notLastAdmin(ctx context.Context, tx *db.Tx, v visitor) error {
	if err := db.Lock(ctx, tx, "board", v.BoardID); err != nil {
		return err
	}
	alone, err := db.One(ctx, tx, `select count(*) from role r where r.person_id = $1 and r.kind = 'admin' and not exists (
		select 1 from role o join person p on p.id = o.person_id
		where o.kind = 'admin' and o.board_id = r.board_id and o.person_id <> r.person_id and p.state = 'active'
		and (o.school_id is null or o.school_id = r.school_id))`, db.Int, v.ID)
	if err != nil {
		return err
	}
	if alone > 0 {
		return errs.Invalid("account.last_admin", "name", v.Name)
	}
	return nil
}

func (s *Service) suspend(ctx context.Context, tx *db.Tx, v visitor, byID string) error {
	n, err := db.Exec(ctx, tx, `update person set state = 'suspended', left_at = $2, version = version + 1 where id = $1 and state in ('active', 'invited')`, v.ID, s.clock.Now())
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.Invalid("account.already_suspended", "name", v.Name)
	}
	if _, err := db.Exec(ctx, tx, `insert into account (person_id, state_before) values ($1, $2)
		on conflict (person_id) do update set state_before = excluded.state_before`, v.ID, string(v.State)); err != nil {
		return err
	}
	if err := s.EndAll(ctx, tx, v.ID, ""); err != nil {
		return err
	}
	if err := s.endLinks(ctx, tx, v.ID); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `delete from api_token where person_id = $1`, v.ID); err != nil {
		return err
	}
	if s.also != nil {
		if err := s.also(ctx, tx, v.ID); err != nil {
			return err
		}
	}
	if err := mail.WithdrawFor(ctx, tx, v.ID, s.clock.Now()); err != nil {
		return err
	}
	if err := ledger.Note(ctx, tx, s.clock.Now(), suspended, v.ID); err != nil {
		return err
	}
	return s.changed(ctx, tx, v, byID, "person.suspended")
}

// Restore opens a suspended account again, as it was before: in use, or waiting for an
// invitation. Nothing that ended comes back. Who: an admin of a school of that person.
func (s *Service) Restore(ctx context.Context, who access.Who, personID string) error {
	return s.manage(ctx, who, access.Manage, personID, "restore", func(tx *db.Tx, v visitor) error { return s.reopen(ctx, tx, v, who.ID) })
}

// RestoreIn is Restore inside the act of another room.
func (s *Service) RestoreIn(ctx context.Context, tx *db.Tx, who access.Who, personID string) error {
	v, err := s.managed(ctx, tx, who, access.Manage, personID)
	if err != nil {
		return err
	}
	return s.reopen(ctx, tx, v, who.ID)
}

func (s *Service) reopen(ctx context.Context, tx *db.Tx, v visitor, byID string) error {
	before, err := db.All(ctx, tx, `select state_before from account where person_id = $1`, db.Str, v.ID)
	if err != nil {
		return err
	}
	state := school.Active
	if len(before) > 0 && before[0] == string(school.Invited) {
		state = school.Invited
	}
	n, err := db.Exec(ctx, tx, `update person set state = $2, left_at = null, version = version + 1 where id = $1 and state = 'suspended'`, v.ID, string(state))
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.Invalid("account.not_suspended", "name", v.Name)
	}
	if err := ledger.Note(ctx, tx, s.clock.Now(), opened, v.ID); err != nil {
		return err
	}
	return s.changed(ctx, tx, v, byID, "person.restored")
}

// changed notes a change of an account in both logs.
func (s *Service) changed(ctx context.Context, tx *db.Tx, v visitor, byID, kind string) error {
	if err := s.log.Append(ctx, tx, Event{ActorID: byID, Kind: kind, ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts}); err != nil {
		return err
	}
	return journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: byID, Kind: kind, ObjectKind: "person", ObjectID: v.ID, From: v.Version, To: v.Version + 1})
}
