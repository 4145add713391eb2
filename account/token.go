package account

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
	"leerkring/school"
)

// Scope is what a token may do for its owner. Neither reaches class V.
type Scope string

// The scopes.
const (
	ScopeRead  Scope = "read"
	ScopeWrite Scope = "write"
)

// Token is a key of a program that works for a person.
type Token struct {
	ID        string
	PersonID  string
	BoardID   string
	Name      string
	Scope     Scope
	MadeAt    time.Time
	ExpiresAt time.Time
	UsedOn    clock.Date // for the owner only
}

// NewToken is what the owner decides about a token.
type NewToken struct {
	Name      string
	Scope     Scope
	ExpiresAt time.Time // the zero time: after ninety days
}

const (
	tokenPrefix  = "lk_" // so that scanners of published code know it
	tokenLasts   = 90 * 24 * time.Hour
	tokenLongest = 366 * 24 * time.Hour
	tokensMost   = 20
	longestName  = 60
)

const tokenColumns = `t.id, t.person_id, p.board_id, t.name, t.scope, t.made_at, t.expires_at, t.used_on`

func tokenFields(t *Token) []any {
	return []any{&t.ID, &t.PersonID, &t.BoardID, &t.Name, (*string)(&t.Scope), &t.MadeAt, &t.ExpiresAt, &t.UsedOn}
}

// check refuses a token that cannot be made, and fills in when it ends.
func (n NewToken) check(now time.Time) (NewToken, error) {
	n.Name = clean(n.Name, longestName)
	if n.ExpiresAt.IsZero() {
		n.ExpiresAt = now.Add(tokenLasts)
	}
	var refused []error
	if n.Name == "" {
		refused = append(refused, errs.Invalid("account.token_name").On("name"))
	}
	if n.Scope != ScopeRead && n.Scope != ScopeWrite {
		refused = append(refused, errs.Invalid("account.token_scope").On("scope"))
	}
	if !n.ExpiresAt.After(now) || n.ExpiresAt.Sub(now) > tokenLongest {
		refused = append(refused, errs.Invalid("account.token_end").On("expires"))
	}
	return n, errs.Join(refused...)
}

// CreateToken makes a token and returns its secret, which is shown this once. Who: staff,
// for themselves, after confirming. The owner gets a letter about it.
func (s *Service) CreateToken(ctx context.Context, who access.Who, in SignIn, n NewToken) (secret string, t Token, err error) {
	if err := access.Must(who, access.Create, access.Object{Kind: access.Token, BoardID: who.BoardID, OwnerID: in.PersonID}); err != nil {
		return "", Token{}, err
	}
	if err := s.confirmed(in); err != nil {
		return "", Token{}, err
	}
	return s.makeToken(ctx, in.PersonID, in.PersonID, n)
}

// TokenFor makes a token for somebody. Only the command line and the demo may call it: it
// asks nobody, and tells the person by letter.
func (s *Service) TokenFor(ctx context.Context, personID string, n NewToken) (secret string, t Token, err error) {
	return s.makeToken(ctx, personID, "house", n)
}

func (s *Service) makeToken(ctx context.Context, personID, byID string, n NewToken) (secret string, t Token, err error) {
	now := s.clock.Now()
	if n, err = n.check(now); err != nil {
		return "", Token{}, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := visitorByID(ctx, tx, personID)
		if err != nil {
			return err
		}
		if v.State != school.Active {
			return errs.Absent()
		}
		have, err := db.One(ctx, tx, `select count(*) from api_token where person_id = $1 and expires_at > $2`, db.Int, personID, now)
		if err != nil {
			return err
		}
		if have >= tokensMost {
			return errs.Invalid("account.tokens_many", "n", tokensMost)
		}
		secret = tokenPrefix + ident.Secret()
		t = Token{ID: ident.At(now), PersonID: personID, BoardID: v.BoardID, Name: n.Name, Scope: n.Scope, MadeAt: now, ExpiresAt: n.ExpiresAt}
		if _, err := db.Exec(ctx, tx, `insert into api_token (id, person_id, hash, name, scope, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
			t.ID, personID, ident.Hash(secret), t.Name, string(t.Scope), now, t.ExpiresAt); err != nil {
			return err
		}
		letter := v.letter(LetterToken, now)
		letter.EndsAt = t.ExpiresAt
		if err := s.post.Queue(ctx, tx, letter); err != nil {
			return errs.Because(err, "tell the owner")
		}
		return s.log.Append(ctx, tx, Event{ActorID: byID, Kind: "token.made", ObjectKind: "token", ObjectID: t.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
	if err != nil {
		return "", Token{}, errs.Because(err, "make token for %s", personID)
	}
	return secret, t, nil
}

// AuthenticateToken returns the token of a secret, in one query. What is unknown, over,
// revoked or of somebody suspended is absent.
func (s *Service) AuthenticateToken(ctx context.Context, secret string) (Token, error) {
	rest, ok := strings.CutPrefix(secret, tokenPrefix)
	if !ok || !isSecret(rest) {
		return Token{}, errs.Absent()
	}
	now := s.clock.Now()
	t, err := db.One(ctx, s.db, `select `+tokenColumns+` from api_token t join person p on p.id = t.person_id
		where t.hash = $1 and t.expires_at > $2 and p.state = 'active'`, tokenFields, ident.Hash(secret), now)
	if err == nil && t.UsedOn != today(now) {
		// The day of use is a help for the owner; a program goes on when it cannot be kept.
		_ = s.db.Write(unnamed{ctx}, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `update api_token set used_on = $2 where id = $1`, t.ID, today(now))
			return err
		})
	}
	return t, err
}

// Tokens returns the person's own tokens, newest first. Who: that person.
func (s *Service) Tokens(ctx context.Context, in SignIn) ([]Token, error) {
	return db.All(ctx, s.db, `select `+tokenColumns+` from api_token t join person p on p.id = t.person_id
		where t.person_id = $1 and t.expires_at > $2 order by t.made_at desc, t.id`, tokenFields, in.PersonID, s.clock.Now())
}

// RevokeToken ends one of the person's own tokens. Refuses with absent.
func (s *Service) RevokeToken(ctx context.Context, in SignIn, id string) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from api_token where id = $1 and person_id = $2`, id, in.PersonID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), tokenEnded, id); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, ofPerson(in, "token.revoked", "token", id))
	})
	return errs.Because(err, "revoke token %s", id)
}

// RevokeTokens ends all tokens of somebody. Who: an admin of a school of that person.
// Refuses with absent.
func (s *Service) RevokeTokens(ctx context.Context, who access.Who, personID string) error {
	return s.manage(ctx, who, access.Manage, personID, "revoke tokens", func(tx *db.Tx, v visitor) error {
		if _, err := db.Exec(ctx, tx, `delete from api_token where person_id = $1`, v.ID); err != nil {
			return err
		}
		if err := ledger.Note(ctx, tx, s.clock.Now(), tokensEnded, v.ID); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, Event{ActorID: who.ID, Kind: "tokens.revoked", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
}
