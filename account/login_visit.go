package account

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// What a visit to a login is for.
const (
	visitSignIn  = "sign_in"
	visitConfirm = "confirm"
	visitLink    = "link"
	visitTest    = "test"
)

const visitLasts = 10 * time.Minute

// Trip is what a browser needs to go to a login.
type Trip struct {
	URL    string
	Secret string // for the cookie that ties the visit to this browser
	Name   string // of the login
	Host   string // where it goes, for the page in between
}

// visit is a browser that is away.
type visit struct {
	hash, purpose, personID, signInID, invitation, next, device string
	providerID                                                  string
	madeAt                                                      time.Time
}

func visitFields(v *visit) []any {
	return []any{&v.hash, &v.purpose, &v.personID, &v.signInID, &v.invitation, &v.next, &v.device, &v.providerID, &v.madeAt}
}

// nonceOf and verifierOf are made from the secret of the browser and the state. They are
// kept nowhere: whoever reads the database cannot finish a visit, and no other browser can.
func nonceOf(secret, state string) string    { return ident.Hash("nonce " + secret + " " + state) }
func verifierOf(secret, state string) string { return ident.Hash("verifier " + secret + " " + state) }

// BeginLogin sends a browser to a login to come in. invitation is the secret of one that is
// taken up with it, or "". Who: anybody. A login that is off is absent.
func (s *Service) BeginLogin(ctx context.Context, loginID, invitation, next, secret string, b Browser) (Trip, error) {
	l, err := loginByID(ctx, s.db, loginID)
	if err == nil && !l.On {
		err = errs.Absent()
	}
	if err != nil {
		return Trip{}, err
	}
	v := visit{purpose: visitSignIn, next: CleanNext(next), device: string(ParseDevice(string(b.Device)))}
	if invitation != "" {
		v.invitation = ident.Hash(invitation)
	}
	return s.depart(ctx, l, v, secret, b)
}

// BeginLoginConfirm sends whoever is signed in to the login of their board, to show who they
// are once more: the login asks again. Who: who has that login.
func (s *Service) BeginLoginConfirm(ctx context.Context, in SignIn, loginID, next, secret string, b Browser) (Trip, error) {
	l, err := s.loginFor(ctx, in, loginID)
	if err != nil {
		return Trip{}, err
	}
	if !l.Kind.Reauthenticates() {
		return Trip{}, errs.Absent()
	}
	return s.depart(ctx, l, visit{purpose: visitConfirm, personID: in.PersonID, signInID: in.ID, next: CleanNext(next)}, secret, b)
}

// BeginLoginLink sends whoever is signed in to the login of their board, to come in by it from
// then on. Who: staff, after confirming.
func (s *Service) BeginLoginLink(ctx context.Context, in SignIn, loginID, secret string, b Browser) (Trip, error) {
	if err := s.confirmed(in); err != nil {
		return Trip{}, err
	}
	l, err := s.loginFor(ctx, in, loginID)
	if err != nil {
		return Trip{}, err
	}
	return s.depart(ctx, l, visit{purpose: visitLink, personID: in.PersonID, signInID: in.ID}, secret, b)
}

// loginFor is a login of the own board that is on.
func (s *Service) loginFor(ctx context.Context, in SignIn, loginID string) (Login, error) {
	l, err := loginByID(ctx, s.db, loginID)
	if err == nil && (!l.On || l.BoardID != in.BoardID) {
		err = errs.Absent()
	}
	return l, err
}

// BeginLoginTest tries a login: first what can be seen from here, and then a trip by this
// browser. What was found stays with the login. Trip is empty when there is no point in
// going. Who: who looks after the whole board.
func (s *Service) BeginLoginTest(ctx context.Context, who access.Who, in SignIn, loginID, secret string, b Browser) (Trip, error) {
	if err := s.minds(ctx, s.db, who, access.Manage); err != nil {
		return Trip{}, err
	}
	l, err := s.ownLogin(ctx, s.db, who, loginID)
	if err != nil {
		return Trip{}, err
	}
	looked := Looked{Reason: openid.Left}
	p, err := s.reach(ctx, l, true)
	if err == nil {
		err = p.LookAtKeys(ctx)
	}
	if err == nil {
		err = p.Knock(ctx)
	}
	if err != nil {
		looked.Reason = openid.ReasonOf(err)
	}
	if e := s.db.Write(unnamed{ctx}, func(tx *db.Tx) error { return s.found(ctx, tx, l.ID, looked) }); e != nil || err != nil {
		return Trip{}, e
	}
	return s.depart(ctx, l, visit{purpose: visitTest, personID: in.PersonID, signInID: in.ID}, secret, b)
}

// depart keeps that a browser is away and says where it goes.
func (s *Service) depart(ctx context.Context, l Login, v visit, secret string, b Browser) (Trip, error) {
	if err := s.fewVisits(ctx, b); err != nil {
		return Trip{}, err
	}
	p, err := s.reach(ctx, l, false)
	if err != nil {
		return Trip{}, s.trouble(ctx, l, b, err)
	}
	if !isSecret(secret) {
		secret = ident.Secret()
	}
	state, now := ident.Secret(), s.clock.Now()
	err = s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into login_visit (hash, browser, provider_id, purpose, person_id, sign_in_id, invitation, next, device, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			ident.Hash(state), ident.Hash(secret), l.ID, v.purpose, db.Null(v.personID), db.Null(v.signInID), v.invitation, v.next, v.device, now, now.Add(visitLasts))
		return err
	})
	if err != nil {
		return Trip{}, errs.Because(err, "go to a login")
	}
	return Trip{URL: p.Address(s.trip(v.purpose, state, secret, now)), Secret: secret, Name: l.Name, Host: p.Host()}, nil
}

// fewVisits refuses a flood from one network address, before anybody outside is called for it.
func (s *Service) fewVisits(ctx context.Context, b Browser) error {
	return s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
		flood, err := s.often(ctx, tx, "visits "+b.Address, asksPerAddress, 1)
		if err == nil && flood {
			err = tooOften(time.Minute)
		}
		return err
	})
}

func (s *Service) trip(purpose, state, secret string, at time.Time) openid.Visit {
	return openid.Visit{State: state, Nonce: nonceOf(secret, state), Verifier: verifierOf(secret, state), Fresh: purpose == visitConfirm, Since: at}
}

// trouble notes that a login could not be reached and says so in one sentence.
func (s *Service) trouble(ctx context.Context, l Login, b Browser, cause error) error {
	err := s.db.Write(unnamed{ctx}, func(tx *db.Tx) error { return s.noteRefusal(ctx, tx, l, b) })
	if err != nil {
		return err
	}
	return refusedBy(openid.ReasonOf(cause))
}

// noteRefusal notes that nobody came in by a login; by whom is not known.
func (s *Service) noteRefusal(ctx context.Context, tx *db.Tx, l Login, b Browser) error {
	return s.log.Append(ctx, tx, Event{ActorID: "nobody", Kind: "school_login.refused", ObjectKind: "school_login", ObjectID: l.ID, BoardID: l.BoardID, Reach: OfAccounts, Address: b.Address})
}

// refusedBy says in one sentence why a visit came to nothing. Finer reasons are for whoever
// sets the login up, on the page that tries it.
func refusedBy(r openid.Reason) error {
	switch r {
	case openid.BadCode, openid.BadNonce:
		return errs.Invalid("account.login_again")
	case openid.Denied:
		return errs.Invalid("account.login_denied")
	case openid.Outside:
		return errs.Invalid("account.login_outside")
	case openid.NotFresh:
		return errs.Invalid("account.login_not_fresh")
	}
	return errs.Invalid("account.login_trouble")
}
