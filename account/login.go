package account

import (
	"cmp"
	"context"
	"time"

	"leerkring/access"
	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Login is a login of a school elsewhere, by which the people of a board come in.
type Login struct {
	ID       string
	BoardID  string
	Kind     openid.Kind
	Name     string // on the button, when there are several
	Issuer   string
	ClientID string
	Allowed  []string // mail domains or organisations; others are turned away
	Vouches  bool     // it stands for the addresses on the roster of this board
	On       bool
	Looked   Looked
	Version  int

	sealed string
}

// Looked is what the last try of a login found.
type Looked struct {
	Reason openid.Reason `json:"reason,omitempty"` // "" when it was not tried since it changed
	At     time.Time     `json:"at,omitzero"`
	Told   []string      `json:"told,omitempty"` // names of claims, never their values
	NoMail bool          `json:"no_mail,omitempty"`
}

const loginColumns = `l.id, l.board_id, l.kind, l.name, l.issuer, l.client_id, l.secret, l.allowed, l.vouches, l.enabled, l.looked, l.version`

func loginFields(l *Login) []any {
	return []any{&l.ID, &l.BoardID, (*string)(&l.Kind), &l.Name, &l.Issuer, &l.ClientID, &l.sealed, db.JSON(&l.Allowed), &l.Vouches, &l.On, db.JSON(&l.Looked), &l.Version}
}

// Secret reports whether a client secret is kept. What it is, is shown to nobody.
func (l Login) Secret() bool { return l.sealed != "" }

// Redirect is the address that the login sends people back to. Each login has its own, so
// that what one of them sends is never taken for the answer of another.
func (s *Service) Redirect(loginID string) string { return s.base.String() + LoginPath + loginID }

// LoginPath begins a visit to a login, and is where it ends.
const LoginPath = "/sign-in/school/"

// LoginsOn returns the logins that are on, for the buttons at the door. Who: anybody.
func (s *Service) LoginsOn(ctx context.Context) ([]Login, error) {
	list, err := db.All(ctx, s.db, `select `+loginColumns+` from login_provider l where l.enabled order by l.name, l.id`, loginFields)
	return list, errs.Because(err, "logins that are on")
}

// LoginsOf returns the logins of the own board that are on. Who: whoever is signed in.
func (s *Service) LoginsOf(ctx context.Context, in SignIn) ([]Login, error) {
	list, err := db.All(ctx, s.db, `select `+loginColumns+` from login_provider l where l.board_id = $1 and l.enabled order by l.name, l.id`, loginFields, in.BoardID)
	return list, errs.Because(err, "logins of the board")
}

// Logins returns all logins of a board. Who: who looks after the whole board. Refuses with
// absent.
func (s *Service) Logins(ctx context.Context, who access.Who) ([]Login, error) {
	if err := s.minds(ctx, s.db, who, access.Read); err != nil {
		return nil, err
	}
	list, err := db.All(ctx, s.db, `select `+loginColumns+` from login_provider l where l.board_id = $1 order by l.made_at, l.id`, loginFields, who.BoardID)
	return list, errs.Because(err, "logins of a board")
}

// minds refuses whoever does not look after the logins of the whole board: as admin of the
// board, or of its only school.
func (s *Service) minds(ctx context.Context, q db.Queryer, who access.Who, action access.Action) error {
	o := access.Object{Kind: access.SchoolLogin, BoardID: who.BoardID}
	if access.May(who, action, o) {
		return nil
	}
	schools, err := db.All(ctx, q, `select id from school where board_id = $1`, db.Str, who.BoardID)
	if err != nil || len(schools) != 1 {
		return cmp.Or(err, error(errs.Absent()))
	}
	o.SchoolID = schools[0]
	return access.Must(who, action, o)
}

// loginByID returns a login of any board.
func loginByID(ctx context.Context, q db.Queryer, id string) (Login, error) {
	return db.One(ctx, q, `select `+loginColumns+` from login_provider l where l.id = $1`, loginFields, id)
}

// settings are what the protocol needs of a login.
func (s *Service) settings(l Login) (openid.Settings, error) {
	secret, err := s.box.Open(sealedLogin, l.ID, l.sealed)
	if err != nil {
		return openid.Settings{}, errs.Because(err, "secret of login %s", l.ID)
	}
	return openid.Settings{Kind: l.Kind, Issuer: l.Issuer, ClientID: l.ClientID, Secret: secret, Redirect: s.Redirect(l.ID), Allowed: l.Allowed}, nil
}

const sealedLogin = "login provider"

// known is a login that was looked up a while ago.
type known struct {
	version int
	until   time.Time
	login   *openid.Provider
}

const knownFor = time.Hour

// reach looks a login up, or remembers it.
func (s *Service) reach(ctx context.Context, l Login, afresh bool) (*openid.Provider, error) {
	now := s.clock.Now()
	if k, ok := s.known.Load(l.ID); ok && !afresh {
		if k := k.(known); k.version == l.Version && now.Before(k.until) {
			return k.login, nil
		}
	}
	set, err := s.settings(l)
	if err != nil {
		return nil, err
	}
	p, err := openid.Discover(ctx, s.out, s.clock, set)
	if err != nil {
		return nil, err
	}
	s.known.Store(l.ID, known{l.Version, now.Add(knownFor), p})
	return p, nil
}
