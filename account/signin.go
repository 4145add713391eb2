package account

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
)

// SignIn is one browser that is signed in.
type SignIn struct {
	ID          string
	PersonID    string
	BoardID     string
	Device      Device
	Way         Way
	Browser     string
	MadeAt      time.Time
	EndsAt      time.Time
	SeenOn      clock.Date // the day of the last use; for the person's own list only
	ConfirmedAt time.Time
	Pending     bool      // a second proof is still asked; opens nothing
	LockedUntil time.Time // somebody else changed a way in: private areas stay closed until then

	idleEndsAt time.Time
}

// Way is how somebody came in.
type Way string

// The ways in.
const (
	ByMail       Way = "mail"
	ByPasskey    Way = "passkey"
	ByInvitation Way = "invitation"
	ByCommand    Way = "command" // a link that the command line printed
	ByDemo       Way = "demo"
	BySchool     Way = "school"   // the login of the school
	ByPassword   Way = "password" // with its second factor
)

// Confirmed reports whether the person showed recently who they are. Acts that change a
// way in ask for it.
func (s SignIn) Confirmed(now time.Time) bool {
	return !s.Pending && !s.ConfirmedAt.IsZero() && now.Before(s.ConfirmedAt.Add(s.Device.fresh()))
}

// Private reports whether private areas are open to this browser now.
func (s SignIn) Private(now time.Time) bool { return s.Confirmed(now) && !s.Locked(now) }

// Locked reports whether private areas are closed because somebody else changed a way in.
func (s SignIn) Locked(now time.Time) bool { return now.Before(s.LockedUntil) }

const signInColumns = `s.id, s.person_id, p.board_id, s.device, s.way, s.browser, s.made_at, s.ends_at, s.idle_ends_at, s.seen_on, s.confirmed_at, s.pending, a.locked_until_at`

func signInFields(s *SignIn) []any {
	return []any{&s.ID, &s.PersonID, &s.BoardID, (*string)(&s.Device), (*string)(&s.Way), &s.Browser, &s.MadeAt, &s.EndsAt, &s.idleEndsAt, &s.SeenOn, &s.ConfirmedAt, &s.Pending, &s.LockedUntil}
}

const signInTables = `sign_in s join person p on p.id = s.person_id left join account a on a.person_id = s.person_id`

// Authenticate returns the sign-in of a reference. It is one query. What is unknown,
// over, pending, or of somebody suspended is absent.
func (s *Service) Authenticate(ctx context.Context, secret string) (SignIn, error) {
	in, err := s.signIn(ctx, s.db, secret, false)
	if err != nil {
		return SignIn{}, err
	}
	if idle, due := in.touch(s.clock.Now()); due {
		// Reading goes on when nothing can be written; the browser then only rests sooner.
		_ = s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `update sign_in set seen_on = $2, idle_ends_at = $3 where id = $1`, in.ID, today(s.clock.Now()), idle)
			return err
		})
	}
	return in, nil
}

// unnamed is a context without its values: noting a day of use is not the act that the
// key of a request makes happen once.
type unnamed struct{ context.Context }

func (unnamed) Value(any) any { return nil }

// Pending returns the sign-in of a reference that still waits for its second proof.
// Only the pages that ask for that proof may use it.
func (s *Service) Pending(ctx context.Context, secret string) (SignIn, error) {
	return s.signIn(ctx, s.db, secret, true)
}

func (s *Service) signIn(ctx context.Context, q db.Queryer, secret string, pending bool) (SignIn, error) {
	if !isSecret(secret) {
		return SignIn{}, errs.Absent()
	}
	return db.One(db.Afresh(ctx), q, `select `+signInColumns+` from `+signInTables+`
		where s.hash = $1 and s.pending = $3 and s.ends_at > $2 and s.idle_ends_at > $2 and p.state = 'active'`,
		signInFields, ident.Hash(secret), s.clock.Now(), pending)
}

// Entered is what a way in gives back. Secret is the reference for the cookie.
type Entered struct {
	SignIn SignIn
	Secret string
	Next   string // a path of this house, or ""
	First  bool   // the first time that this person comes in
}

// enter signs a browser in, inside the act that proved who it is. The reference is new,
// and the one that the browser had ends.
func (s *Service) enter(ctx context.Context, tx *db.Tx, p visitor, b Browser, way Way) (Entered, error) {
	return s.enterWith(ctx, tx, p, b, way, s.clock.Now())
}

// enterWith is enter for somebody who proved at another moment who it is, or at none that is
// known: then private areas ask.
func (s *Service) enterWith(ctx context.Context, tx *db.Tx, p visitor, b Browser, way Way, proved time.Time) (Entered, error) {
	now, secret := s.clock.Now(), ident.Secret()
	in := SignIn{ID: ident.At(now), PersonID: p.ID, BoardID: p.BoardID, Device: ParseDevice(string(b.Device)), Way: way, Browser: b.name(),
		MadeAt: now, SeenOn: today(now), ConfirmedAt: proved, LockedUntil: p.LockedUntil, Pending: p.PasskeyAlways && way == ByMail && s.keys != nil || way == ByPassword}
	in.EndsAt = in.Device.ends(now)
	if way == BySchool {
		in.EndsAt = earlier(in.EndsAt, now.Add(schoolLasts))
	}
	in.idleEndsAt = in.Device.idles(now, in.EndsAt)
	kind := "sign_in.made"
	if in.Pending {
		in.ConfirmedAt, in.idleEndsAt, kind = time.Time{}, now.Add(pendingFor), "sign_in.pending"
	}
	if isSecret(b.Old) {
		old, err := db.All(ctx, tx, `delete from sign_in where hash = $1 returning id`, db.Str, ident.Hash(b.Old))
		if err == nil && len(old) > 0 {
			err = ledger.Note(ctx, tx, now, signInEnded, old[0])
		}
		if err != nil {
			return Entered{}, err
		}
	}
	if _, err := db.Exec(ctx, tx, `insert into sign_in (id, person_id, hash, device, way, browser, made_at, ends_at, idle_ends_at, seen_on, confirmed_at, pending)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		in.ID, in.PersonID, ident.Hash(secret), string(in.Device), string(way), in.Browser, now, in.EndsAt, in.idleEndsAt, in.SeenOn, in.ConfirmedAt, in.Pending); err != nil {
		return Entered{}, err
	}
	if err := joined(ctx, tx, p.ID, way, now); err != nil {
		return Entered{}, err
	}
	err := s.log.Append(ctx, tx, Event{ActorID: p.ID, Kind: kind, ObjectKind: "sign_in", ObjectID: in.ID, BoardID: p.BoardID, Reach: OfAccounts, Address: b.Address})
	return Entered{SignIn: in, Secret: secret}, err
}
