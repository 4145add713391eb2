package notify

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/mail"
)

// WantsMonday reports whether a person gets the mail of Monday: yes, until they say no.
func (s *Service) WantsMonday(ctx context.Context, personID string) (bool, error) {
	said, err := db.One(ctx, s.db, `select case when monday then 1 else 0 end from mail_choice where person_id = $1`, db.Int, personID)
	if errs.IsAbsent(err) {
		return true, nil
	}
	return said == 1, err
}

// Choose keeps whether a person wants the mail of Monday. What waits for somebody who does
// not is taken back. Who: the person.
func (s *Service) Choose(ctx context.Context, personID string, monday bool) error {
	return errs.Because(s.db.Write(ctx, func(tx *db.Tx) error { return s.choose(ctx, tx, personID, monday) }), "choose mail for %s", personID)
}

func (s *Service) choose(ctx context.Context, tx *db.Tx, personID string, monday bool) error {
	now := s.clock.Now()
	_, err := db.Exec(ctx, tx, `insert into mail_choice (person_id, monday, changed_at) values ($1, $2, $3)
		on conflict (person_id) do update set monday = excluded.monday, changed_at = excluded.changed_at`, personID, monday, now)
	if err != nil || monday {
		return err
	}
	return mail.WithdrawKind(ctx, tx, personID, KindWeek, now)
}

const (
	secretLength = 43
	stopLasts    = 90 * 24 * time.Hour
)

// isSecret reports whether s has the shape of a secret: only then is it worth a question.
func isSecret(s string) bool {
	if len(s) != secretLength {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// newStop makes the link below the mail of one week; an older try of that week has none.
func (s *Service) newStop(ctx context.Context, personID string, monday clock.Date) (string, error) {
	secret := ident.Secret()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into mail_stop (person_id, week_on, hash, expires_at) values ($1, $2, $3, $4)
			on conflict (person_id, week_on) do update set hash = excluded.hash, expires_at = excluded.expires_at`,
			personID, monday, ident.Hash(secret), s.clock.Now().Add(stopLasts))
		return err
	})
	return s.base + StopPath + secret, err
}

// StopPath is where the link below the mail leads.
const StopPath = "/mail/stop/"

// Stopping is what the page of the link needs: in which language, of which school.
type Stopping struct {
	personID string
	Language string
	SchoolID string // "" for a guest
	On       bool   // the mail still comes
}

// Stops tells whose mail a link stops. Opening it changes nothing. What is unknown, over
// or of somebody who left is absent.
func (s *Service) Stops(ctx context.Context, secret string) (Stopping, error) {
	if !isSecret(secret) {
		return Stopping{}, errs.Absent()
	}
	return db.One(ctx, s.db, `select p.id, p.language, coalesce((select min(f.school_id) from staff f where f.person_id = p.id), ''),
			not exists (select 1 from mail_choice c where c.person_id = p.id and not c.monday)
		from mail_stop x join person p on p.id = x.person_id where x.hash = $1 and x.expires_at > $2 and p.state = 'active'`,
		func(x *Stopping) []any { return []any{&x.personID, &x.Language, &x.SchoolID, &x.On} }, ident.Hash(secret), s.clock.Now())
}

// Stop stops the mail of Monday for whoever the link is of; twice is no mistake. It opens
// nothing else, and cannot be used to start it again.
func (s *Service) Stop(ctx context.Context, secret string) (Stopping, error) {
	x, err := s.Stops(ctx, secret)
	if err != nil || !x.On {
		return x, err
	}
	x.On = false
	return x, s.Choose(ctx, x.personID, false)
}
