package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// ConfirmFirst is the text key of the refusal that asks a person to confirm; the page
// that gets it offers to do so and comes back.
const ConfirmFirst = "account.confirm_first"

func (s *Service) confirmed(in SignIn) error {
	if !in.Confirmed(s.clock.Now()) {
		return errs.Invalid(ConfirmFirst)
	}
	return nil
}

const confirmCodes = 5 // letters with a code in a quarter of an hour

// RequestConfirm mails a code to whoever is signed in here, and returns the ticket that
// ties it to this browser. Refuses too many letters.
func (s *Service) RequestConfirm(ctx context.Context, in SignIn) (ticket string, err error) {
	ticket = ident.Secret()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		full, err := s.often(ctx, tx, "confirm "+in.PersonID, confirmCodes, letterShare)
		if err != nil {
			return err
		}
		if full {
			return tooOften(letterShare * time.Minute)
		}
		now := s.clock.Now()
		v, err := welcomed(ctx, tx, in.PersonID, now)
		if err != nil {
			return err
		}
		code := newCode()
		l := link{kind: confirmLink, personID: v.ID, signInID: in.ID, secret: ident.Secret(), ticket: ticket, code: code, way: ByMail, madeBy: v.ID, ends: now.Add(linkLasts)}
		if err := s.insertLink(ctx, tx, l); err != nil {
			return err
		}
		letter := v.letter(LetterConfirm, now)
		letter.Code, letter.EndsAt = ShowCode(code), l.ends
		return s.post.Queue(ctx, tx, letter)
	})
	return ticket, errs.Because(err, "ask for a code to confirm")
}

// ConfirmCode confirms who somebody is with the code from the mail. The reference is new
// and the old one ends. Refuses a wrong code, and too many of them. A browser that is not
// signed in is absent.
func (s *Service) ConfirmCode(ctx context.Context, secret, ticket, typed string, b Browser) (Entered, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return Entered{}, err
	}
	if !isSecret(ticket) {
		return Entered{}, errs.Invalid("account.link_over").On("code")
	}
	var out Entered
	err = s.attempt(ctx, []limit{forTicket(ticket), forAddress(b.Address)}, func(tx *db.Tx) error {
		in, err := s.signIn(ctx, tx, secret, false)
		if err != nil {
			return err
		}
		if _, err = s.spendCode(ctx, tx, confirmLink, ticket, code, in.ID); err == nil {
			out, err = s.renew(ctx, tx, in, secret, "sign_in.confirmed", b)
		}
		return s.refused(ctx, tx, "confirm.refused", in.PersonID, b, err)
	})
	return out, errs.Because(err, "confirm with a code")
}

// renew gives a sign-in that showed who it is a new reference, in the act that proved it.
func (s *Service) renew(ctx context.Context, tx *db.Tx, in SignIn, secret, kind string, b Browser) (Entered, error) {
	now := s.clock.Now()
	in.Pending, in.ConfirmedAt, in.SeenOn = false, now, today(now)
	in.idleEndsAt = in.Device.idles(now, in.EndsAt)
	out := Entered{SignIn: in, Secret: ident.Secret()}
	n, err := db.Exec(ctx, tx, `update sign_in set hash = $3, confirmed_at = $4, seen_on = $5, idle_ends_at = $6, pending = $7 where id = $1 and hash = $2`,
		in.ID, ident.Hash(secret), ident.Hash(out.Secret), now, in.SeenOn, in.idleEndsAt, false)
	if err != nil {
		return Entered{}, err
	}
	if n == 0 {
		return Entered{}, errs.Absent()
	}
	e := ofPerson(in, kind, "sign_in", in.ID)
	e.Address = b.Address
	return out, s.log.Append(ctx, tx, e)
}
