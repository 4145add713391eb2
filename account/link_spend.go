package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/ledger"
	"leerkring/school"
)

// LinkPage is what the page of a link shows before anybody presses the button.
type LinkPage struct {
	Invitation bool
	Why        Why // of an invitation
	PersonID   string
	Name       string
	Email      string
	Board      string
	Language   string
	EndsAt     time.Time
	BoardID    string
}

// CheckLink tells what a link is for, without any effect: mail scanners open links too.
// Who: whoever holds the link. Refuses one that is used or over.
func (s *Service) CheckLink(ctx context.Context, secret string) (LinkPage, error) {
	if !isSecret(secret) {
		return LinkPage{}, errs.Invalid("account.link_over")
	}
	type row struct {
		visitor
		kind, why string
		ends      time.Time
	}
	r, err := db.One(ctx, s.db, `select `+visitorColumns+`, l.kind, l.reason, l.expires_at
		from `+visitorTables+` join account_link l on l.person_id = p.id
		where l.hash = $1 and l.expires_at > $2 and l.spent_at is null and l.kind in ('sign_in', 'invitation') and (not l.reusable or $3) and `+welcome, func(r *row) []any {
		return append(visitorFields(&r.visitor), &r.kind, &r.why, &r.ends)
	}, ident.Hash(secret), s.clock.Now(), s.demo)
	if errs.IsAbsent(err) {
		return LinkPage{}, s.deadLink(ctx, s.db, secret)
	}
	if err != nil {
		return LinkPage{}, errs.Because(err, "check a link")
	}
	return LinkPage{r.kind == invitationLink, Why(r.why), r.ID, r.Name, r.Email, r.Board, r.Language, r.ends, r.BoardID}, nil
}

// deadLink tells the holder of a link that does not work whether it was used.
func (s *Service) deadLink(ctx context.Context, q db.Queryer, secret string) error {
	used, err := db.All(ctx, q, `select id from account_link where hash = $1 and spent_at is not null`, db.Str, ident.Hash(secret))
	if err != nil {
		return err
	}
	if len(used) > 0 {
		return errs.Invalid("account.link_used")
	}
	return errs.Invalid("account.link_over")
}

// SpendLink signs a browser in with a mail link, once. Who: whoever holds the link, by
// POST. Refuses a link that is used or over, and too many failures from one address.
func (s *Service) SpendLink(ctx context.Context, secret string, b Browser) (Entered, error) {
	return s.spend(ctx, secret, signInLink, b)
}

// Accept makes an account active with an invitation, once, and signs the browser in.
// Who: whoever holds the invitation, by POST. Two at once make one account.
func (s *Service) Accept(ctx context.Context, secret string, b Browser) (Entered, error) {
	return s.spend(ctx, secret, invitationLink, b)
}

type spent struct {
	id, kind, personID, next string
	way                      Way
}

const spentColumns = `id, kind, person_id, next, way`

func spentFields(l *spent) []any {
	return []any{&l.id, &l.kind, &l.personID, &l.next, (*string)(&l.way)}
}

func (s *Service) spend(ctx context.Context, secret, kind string, b Browser) (Entered, error) {
	if !isSecret(secret) {
		secret = "" // no such link; it counts as a failure all the same
	}
	var in Entered
	err := s.attempt(ctx, []limit{forAddress(b.Address)}, func(tx *db.Tx) error {
		l, err := db.One(ctx, tx, `update account_link set spent_at = case when reusable then null else cast($2 as text) end
			where hash = $1 and kind = $3 and spent_at is null and expires_at > $2 and (not reusable or $4)
			returning `+spentColumns, spentFields, ident.Hash(secret), s.clock.Now(), kind, s.demo)
		if errs.IsAbsent(err) {
			err = s.deadLink(ctx, tx, secret)
		}
		if err == nil {
			in, err = s.arrive(ctx, tx, l, b)
		}
		if err == nil && !s.demo { // a link of a demo works as often as needed
			err = ledger.Note(ctx, tx, s.clock.Now(), linkSpent, l.id)
		}
		return s.refused(ctx, tx, "link.refused", l.personID, b, err)
	})
	return in, errs.Because(err, "spend a link")
}

// SpendCode signs a browser in with the code from the mail. Who: the browser that holds
// the ticket. A ticket of an unknown address is refused like a wrong code.
func (s *Service) SpendCode(ctx context.Context, ticket, typed string, b Browser) (Entered, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return Entered{}, err
	}
	if !isSecret(ticket) {
		return Entered{}, errs.Invalid("account.link_over").On("code")
	}
	var in Entered
	err = s.attempt(ctx, []limit{forTicket(ticket), forAddress(b.Address)}, func(tx *db.Tx) error {
		l, err := s.spendCode(ctx, tx, signInLink, ticket, code, "")
		if err == nil {
			in, err = s.arrive(ctx, tx, l, b)
		}
		return s.refused(ctx, tx, "code.refused", l.personID, b, err)
	})
	return in, errs.Because(err, "spend a code")
}

// spendCode spends the link that a ticket and a code belong to. Whether the ticket is over
// depends on the time alone, so that it betrays nothing about the address.
func (s *Service) spendCode(ctx context.Context, tx *db.Tx, kind, ticket, code, signInID string) (spent, error) {
	now := s.clock.Now()
	alive, err := db.All(ctx, tx, `select id from account_link where ticket_hash = $1 and expires_at > $2`, db.Str, ident.Hash(ticket), now)
	if err != nil {
		return spent{}, err
	}
	l, err := db.One(ctx, tx, `update account_link set spent_at = cast($3 as text)
		where ticket_hash = $1 and code_hash = $2 and kind = $4 and coalesce(sign_in_id, '') = $5 and person_id is not null and spent_at is null and expires_at > $3
		returning `+spentColumns, spentFields, ident.Hash(ticket), codeHash(ticket, code), now, kind, signInID)
	if err == nil {
		return l, ledger.Note(ctx, tx, now, linkSpent, l.id)
	}
	if !errs.IsAbsent(err) {
		return l, err
	}
	if len(alive) == 0 {
		return spent{}, errs.Invalid("account.link_over").On("code")
	}
	return spent{}, errs.Invalid("account.code_wrong").On("code")
}

// arrive lets in whom a spent link belongs to. Somebody invited needs an invitation that
// still stands: this link, or one beside it.
func (s *Service) arrive(ctx context.Context, tx *db.Tx, l spent, b Browser) (Entered, error) {
	if err := db.Lock(ctx, tx, "person", l.personID); err != nil { // a suspension comes before this or after it
		return Entered{}, err
	}
	v, err := visitorByID(ctx, tx, l.personID)
	if err != nil {
		return Entered{}, err
	}
	first := v.State == school.Invited
	if first && l.kind != invitationLink {
		if _, err := welcomed(ctx, tx, v.ID, s.clock.Now()); errs.IsAbsent(err) {
			return Entered{}, errs.Invalid("account.link_over")
		} else if err != nil {
			return Entered{}, err
		}
	}
	switch {
	case first:
		err = s.join(ctx, tx, v, b)
	case v.State != school.Active:
		err = errs.Invalid("account.link_over")
	case l.kind == invitationLink:
		err = errs.Invalid("account.link_used") // another invitation was a moment earlier
	}
	if err != nil {
		return Entered{}, err
	}
	in, err := s.enter(ctx, tx, v, b, l.way)
	in.Next, in.First = l.next, first
	return in, err
}

// join makes an invited account active. Coming in by the own mailbox counts as accepting.
func (s *Service) join(ctx context.Context, tx *db.Tx, v visitor, b Browser) error {
	now := s.clock.Now()
	if _, err := db.Exec(ctx, tx, `update person set state = 'active', version = version + 1 where id = $1 and state = 'invited'`, v.ID); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `update account_link set spent_at = cast($2 as text) where person_id = $1 and kind = $3 and spent_at is null`, v.ID, now, invitationLink); err != nil {
		return err
	}
	if err := ledger.Note(ctx, tx, now, invitationsSpent, v.ID); err != nil {
		return err
	}
	if err := s.log.Append(ctx, tx, Event{ActorID: v.ID, Kind: "person.joined", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts, Address: b.Address}); err != nil {
		return err
	}
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: v.ID, Kind: "person.joined", ObjectKind: "person", ObjectID: v.ID, From: v.Version, To: v.Version + 1})
}

// endLinks takes away the links of a person, as if they had never been sent.
func (s *Service) endLinks(ctx context.Context, tx *db.Tx, personID string) error {
	_, err := db.Exec(ctx, tx, `delete from account_link where person_id = $1`, personID)
	if err == nil {
		err = ledger.Note(ctx, tx, s.clock.Now(), linksEnded, personID)
	}
	return errs.Because(err, "end links of %s", personID)
}

// refused notes a refusal and returns it. What is no refusal is returned as it is.
func (s *Service) refused(ctx context.Context, tx *db.Tx, kind, personID string, b Browser, refusal error) error {
	if !errs.Is(refusal, errs.KindInvalid) {
		return refusal
	}
	e := Event{ActorID: "nobody", Kind: kind, ObjectKind: "person", ObjectID: personID, Reach: OfAccounts, Address: b.Address}
	if err := s.log.Append(ctx, tx, e); err != nil {
		return err
	}
	return refusal
}
