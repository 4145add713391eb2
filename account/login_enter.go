package account

import (
	"context"
	"time"

	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// schoolLasts is how long a browser stays in by the login of a school: who is put out there
// is out here within a day.
const schoolLasts = 24 * time.Hour

// enterByLogin lets somebody in who came from a login, or turns them away. Whoever is not
// known, not ours, suspended or gone hears the same.
func (s *Service) enterByLogin(ctx context.Context, tx *db.Tx, l Login, v visit, id openid.Identity, b Browser) (Entered, error) {
	// One identity comes in at a time: two browsers at once make one account.
	if err := db.Lock(ctx, tx, "board", l.BoardID); err != nil {
		return Entered{}, err
	}
	a, person, err := s.arrives(ctx, tx, l, v, id)
	if err != nil {
		return Entered{}, err
	}
	what := decide(a)
	if what == turnAway {
		return Entered{}, errs.Invalid("account.login_stranger")
	}
	if err := db.Lock(ctx, tx, "person", person.ID); err != nil { // a suspension comes before this or after it
		return Entered{}, err
	}
	now, err := visitorByID(ctx, tx, person.ID)
	if err != nil {
		return Entered{}, err
	}
	if now.State != person.State {
		return Entered{}, errs.Invalid("account.login_stranger")
	}
	first := what != comeIn
	if first {
		if err := s.join(ctx, tx, now, b); err != nil {
			return Entered{}, err
		}
		if err := s.keepIdentity(ctx, tx, l, now.ID, id); err != nil {
			return Entered{}, err
		}
	}
	if _, err := db.Exec(ctx, tx, `update login_identity set used_on = $4 where board_id = $1 and issuer = $2 and subject = $3`, l.BoardID, id.Issuer, id.Subject, today(s.clock.Now())); err != nil {
		return Entered{}, err
	}
	in, err := s.enterWith(ctx, tx, now, b, BySchool, id.At)
	in.Next, in.First = v.next, first
	return in, err
}

// arrives gathers what is known of somebody who came from a login, and whose account it may
// be.
func (s *Service) arrives(ctx context.Context, tx *db.Tx, l Login, v visit, id openid.Identity) (arrival, visitor, error) {
	a := arrival{Vouches: l.Vouches, Vouched: id.Vouched}
	whose, err := identityOf(ctx, tx, l, id)
	if err != nil {
		return a, visitor{}, err
	}
	if whose != "" {
		person, err := visitorByID(ctx, tx, whose)
		a.Known, a.State = true, person.State
		return a, person, err
	}
	const ours = ` and p.board_id = $3 and not p.guest and exists (select 1 from staff f where f.person_id = p.id)`
	if v.invitation != "" {
		list, err := db.All(ctx, tx, `select `+visitorColumns+` from `+visitorTables+` join account_link l on l.person_id = p.id
			where l.hash = $1 and l.kind = 'invitation' and l.spent_at is null and l.expires_at > $2 and p.state = 'invited'`+ours, visitorFields, v.invitation, s.clock.Now(), l.BoardID)
		if err != nil || len(list) == 0 {
			a.Invited = badInvitation
			return a, visitor{}, err
		}
		a.Invited = openInvitation
		return a, list[0], nil
	}
	if !a.Vouches || !a.Vouched {
		return a, visitor{}, nil
	}
	list, err := db.All(ctx, tx, `select `+visitorColumns+` from `+visitorTables+`
		where p.email = $1 and p.state = 'invited' and a.joined_at is null and `+welcome+ours, visitorFields, school.Email(id.Email), s.clock.Now(), l.BoardID)
	a.Matches = len(list)
	if err != nil || len(list) != 1 {
		return a, visitor{}, err
	}
	return a, list[0], nil
}

// keepIdentity ties an identity to a person of the board.
func (s *Service) keepIdentity(ctx context.Context, tx *db.Tx, l Login, personID string, id openid.Identity) error {
	now := s.clock.Now()
	key := ident.At(now)
	if _, err := db.Exec(ctx, tx, `insert into login_identity (id, person_id, board_id, issuer, subject, made_at) values ($1, $2, $3, $4, $5, $6)`,
		key, personID, l.BoardID, id.Issuer, id.Subject, now); err != nil {
		return err
	}
	return s.log.Append(ctx, tx, Event{ActorID: personID, Kind: "login.linked", ObjectKind: "login", ObjectID: key, BoardID: l.BoardID, Reach: OfAccounts})
}
