package account

import (
	"context"

	"leerkring/access"
	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/ledger"
)

// LoginSettings are what somebody decides about a login. Secret is empty to keep the one
// that is there.
type LoginSettings struct {
	ID       string // made with the form, so that the way back can be copied before anything is kept
	Version  int    // 0 for a new one
	Kind     openid.Kind
	Name     string
	Issuer   string
	ClientID string
	Secret   string
	Allowed  []string
	Vouches  bool
}

const (
	loginsMost    = 5
	longestSecret = 500
)

// check refuses what cannot work and returns the login that is meant.
func (n LoginSettings) check() (Login, error) {
	set, err := openid.Settings{Kind: n.Kind, Issuer: n.Issuer, ClientID: n.ClientID, Allowed: n.Allowed}.Check()
	refused := []error{err}
	l := Login{ID: n.ID, Kind: set.Kind, Name: clean(n.Name, longestName), Issuer: set.Issuer, ClientID: set.ClientID, Allowed: set.Allowed, Vouches: n.Vouches, Version: n.Version}
	if l.Name == "" {
		refused = append(refused, errs.Invalid("account.login_name").On("name"))
	}
	if n.Secret == "" && n.Version == 0 || len(n.Secret) > longestSecret {
		refused = append(refused, errs.Invalid("account.login_secret").On("secret"))
	}
	if !ident.Valid(n.ID) {
		return l, errs.Absent()
	}
	return l, errs.Join(refused...)
}

// SaveLogin keeps a login of the own board. One that goes elsewhere than before is off until
// it was tried again. Who: who looks after the whole board, after confirming.
func (s *Service) SaveLogin(ctx context.Context, who access.Who, in SignIn, n LoginSettings) error {
	if err := s.minds(ctx, s.db, who, access.Edit); err != nil {
		return err
	}
	if err := s.confirmed(in); err != nil {
		return err
	}
	l, err := n.check()
	if err != nil {
		return err
	}
	l.BoardID = who.BoardID
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "board", l.BoardID); err != nil {
			return err
		}
		if n.Version == 0 {
			return s.addLogin(ctx, tx, who, l, n.Secret)
		}
		return s.changeLogin(ctx, tx, who, l, n.Secret)
	})
	if f := errs.FieldsOf(err); errs.Is(err, errs.KindConflict) && (len(f) == 0 || f[0].Key != "account.login_changed") {
		err = errs.Invalid("account.login_twice").On("issuer")
	}
	return errs.Because(err, "save login %s", n.ID)
}

func (s *Service) addLogin(ctx context.Context, tx *db.Tx, who access.Who, l Login, secret string) error {
	have, err := db.One(ctx, tx, `select count(*) from login_provider where board_id = $1`, db.Int, l.BoardID)
	if err != nil {
		return err
	}
	if have >= loginsMost {
		return errs.Invalid("account.logins_many", "n", loginsMost)
	}
	_, err = db.Exec(ctx, tx, `insert into login_provider (id, board_id, kind, name, issuer, client_id, secret, allowed, vouches, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.ID, l.BoardID, string(l.Kind), l.Name, l.Issuer, l.ClientID, s.box.Seal(sealedLogin, l.ID, secret), db.JSON(l.Allowed), l.Vouches, s.clock.Now())
	if err != nil {
		return err
	}
	return s.noteLogin(ctx, tx, who, l.ID, "school_login.added", 0, 1)
}

func (s *Service) changeLogin(ctx context.Context, tx *db.Tx, who access.Who, l Login, secret string) error {
	was, err := s.ownLogin(ctx, tx, who, l.ID)
	if err != nil {
		return err
	}
	if was.Version != l.Version {
		return errs.Conflict("account.login_changed")
	}
	sealed := was.sealed
	if secret != "" {
		sealed = s.box.Seal(sealedLogin, l.ID, secret)
	}
	on := was.On && was.Issuer == l.Issuer && was.ClientID == l.ClientID && was.Kind == l.Kind
	_, err = db.Exec(ctx, tx, `update login_provider set kind = $2, name = $3, issuer = $4, client_id = $5, secret = $6, allowed = $7, vouches = $8, enabled = $9, looked = '{}', version = version + 1 where id = $1`,
		l.ID, string(l.Kind), l.Name, l.Issuer, l.ClientID, sealed, db.JSON(l.Allowed), l.Vouches, on)
	if err != nil {
		return err
	}
	return s.noteLogin(ctx, tx, who, l.ID, "school_login.changed", was.Version, was.Version+1)
}

// ownLogin reads a login of the own board; another one is absent.
func (s *Service) ownLogin(ctx context.Context, q db.Queryer, who access.Who, id string) (Login, error) {
	l, err := loginByID(ctx, q, id)
	if err == nil && l.BoardID != who.BoardID {
		err = errs.Absent()
	}
	return l, err
}

// noteLogin notes a change of a login in both logs.
func (s *Service) noteLogin(ctx context.Context, tx *db.Tx, who access.Who, id, kind string, from, to int) error {
	if err := journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: kind, ObjectKind: "school_login", ObjectID: id, From: from, To: to}); err != nil {
		return err
	}
	return s.log.Append(ctx, tx, Event{ActorID: who.ID, Kind: kind, ObjectKind: "school_login", ObjectID: id, BoardID: who.BoardID, Reach: OfAccounts})
}

// TurnLogin shows the button of a login at the door, or takes it away. It is turned on only
// when the last try of it was fine. Who: who looks after the whole board, after confirming.
func (s *Service) TurnLogin(ctx context.Context, who access.Who, in SignIn, id string, on bool) error {
	return s.mendLogin(ctx, who, in, id, func(tx *db.Tx, l Login) error {
		if on && l.Looked.Reason != openid.Fine {
			return errs.Invalid("account.login_try_first")
		}
		if l.On == on {
			return nil
		}
		if _, err := db.Exec(ctx, tx, `update login_provider set enabled = $2, version = version + 1 where id = $1`, id, on); err != nil {
			return err
		}
		kind := "school_login.off"
		if on {
			kind = "school_login.on"
		} else if err := ledger.Note(ctx, tx, s.clock.Now(), providerOff, id); err != nil {
			return err
		}
		return s.noteLogin(ctx, tx, who, id, kind, l.Version, l.Version+1)
	})
}

// RemoveLogin takes a login away, with what is known of whom at it. Browsers that came in by
// school have to come in again. Who: who looks after the whole board, after confirming.
func (s *Service) RemoveLogin(ctx context.Context, who access.Who, in SignIn, id string) error {
	return s.mendLogin(ctx, who, in, id, func(tx *db.Tx, l Login) error {
		if err := removeLogin(ctx, tx, id); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), providerEnded, id); err != nil {
			return err
		}
		return s.noteLogin(ctx, tx, who, id, "school_login.removed", l.Version, l.Version+1)
	})
}

func removeLogin(ctx context.Context, tx *db.Tx, id string) error {
	for _, sql := range []string{
		`delete from login_visit where provider_id = $1`,
		`delete from login_identity where exists (select 1 from login_provider l where l.id = $1 and l.board_id = login_identity.board_id and l.issuer = login_identity.issuer)`,
		`delete from sign_in where way = 'school' and person_id in (select p.id from person p join login_provider l on l.board_id = p.board_id where l.id = $1)`,
		`delete from login_provider where id = $1`,
	} {
		if _, err := db.Exec(ctx, tx, sql, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) mendLogin(ctx context.Context, who access.Who, in SignIn, id string, act func(tx *db.Tx, l Login) error) error {
	if err := s.minds(ctx, s.db, who, access.Manage); err != nil {
		return err
	}
	if err := s.confirmed(in); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "board", who.BoardID); err != nil {
			return err
		}
		l, err := s.ownLogin(ctx, tx, who, id)
		if err != nil {
			return err
		}
		return act(tx, l)
	})
	return errs.Because(err, "mend login %s", id)
}

// found keeps what a try of a login found. It is not for the journal: nothing changed.
func (s *Service) found(ctx context.Context, tx *db.Tx, loginID string, l Looked) error {
	l.At = s.clock.Now()
	_, err := db.Exec(ctx, tx, `update login_provider set looked = $2 where id = $1`, loginID, db.JSON(l))
	return errs.Because(err, "keep what login %s showed", loginID)
}
