package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

const (
	asksPerAddress  = 300 // a minute: a whole school may share one network address
	lettersPerShare = 5   // a quarter of an hour for one mail address: nobody's mailbox is flooded
	letterShare     = 15
)

// RequestLink mails a link and a code to every account with a mail address, and returns
// the ticket that ties the code to this browser. Who: anybody. For an address that nobody
// has the answer and the work are the same: a row that no code opens. Refuses an address
// without the shape of one, and a flood from one network address.
func (s *Service) RequestLink(ctx context.Context, email, next, address string) (ticket string, err error) {
	email = school.Email(email)
	if err := school.CheckEmail(email); err != nil {
		return "", err
	}
	ticket, next = ident.Secret(), CleanNext(next)
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		flood, err := s.often(ctx, tx, "asks "+address, asksPerAddress, 1)
		if err != nil {
			return err
		}
		if flood {
			return tooOften(time.Minute)
		}
		full, err := s.often(ctx, tx, "letters "+email, lettersPerShare, letterShare)
		if err != nil {
			return err
		}
		people, err := db.All(ctx, tx, `select `+visitorColumns+` from `+visitorTables+` where p.email = $1 and `+welcome+` order by p.made_at, p.id`, visitorFields, email, s.clock.Now())
		if err != nil {
			return err
		}
		if len(people) == 0 || full {
			people = []visitor{{}}
		}
		for _, v := range people {
			if err := s.sendLink(ctx, tx, v, ticket, next); err != nil {
				return err
			}
		}
		return nil
	})
	return ticket, errs.Because(err, "ask for a link")
}

// sendLink makes a link with a code and posts it; to nobody when v is nobody.
func (s *Service) sendLink(ctx context.Context, tx *db.Tx, v visitor, ticket, next string) error {
	now := s.clock.Now()
	secret, code := ident.Secret(), newCode()
	l := link{kind: signInLink, personID: v.ID, secret: secret, ticket: ticket, code: code, next: next, way: ByMail, madeBy: v.ID, ends: now.Add(linkLasts)}
	if err := s.insertLink(ctx, tx, l); err != nil || v.ID == "" {
		return err
	}
	letter := v.letter(LetterLink, now)
	letter.URL, letter.Code, letter.EndsAt = s.address(SignInPath, secret), ShowCode(code), l.ends
	return s.post.Queue(ctx, tx, letter)
}

// Kinds of link.
const (
	signInLink     = "sign_in"
	invitationLink = "invitation"
	confirmLink    = "confirm"
)

// link is a link that is being made.
type link struct {
	kind, personID, signInID   string
	secret, ticket, code, next string
	way                        Way
	reason                     Why
	madeBy                     string
	ends                       time.Time
	reusable                   bool
}

func (s *Service) insertLink(ctx context.Context, tx *db.Tx, l link) error {
	now := s.clock.Now()
	ticketHash, code := "", ""
	if l.ticket != "" {
		ticketHash, code = ident.Hash(l.ticket), codeHash(l.ticket, l.code)
	}
	_, err := db.Exec(ctx, tx, `insert into account_link (id, kind, person_id, sign_in_id, hash, ticket_hash, code_hash, next, way, reason, made_by, made_at, expires_at, reusable)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		ident.At(now), l.kind, db.Null(l.personID), db.Null(l.signInID), ident.Hash(l.secret), ticketHash, code, l.next, string(l.way), string(l.reason), l.madeBy, now, l.ends, l.reusable)
	return errs.Because(err, "keep a link")
}
