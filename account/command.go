package account

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// LinkFor makes a link for somebody that works once and for half an hour. Only the command
// line may call it: it asks nobody. It needs no passkey beside it, so that the keeper of
// the server can help whoever lost theirs.
func (s *Service) LinkFor(ctx context.Context, personID string) (url string, err error) {
	l := link{kind: signInLink, way: ByCommand, ends: s.clock.Now().Add(linkLasts)}
	return s.printed(ctx, personID, l, "link.printed")
}

// DemoLink makes a link that works as often as needed. It is absent outside a demo, and
// the links are dead when the database is served otherwise.
func (s *Service) DemoLink(ctx context.Context, personID string) (url string, err error) {
	if !s.demo {
		return "", errs.Absent()
	}
	l := link{kind: signInLink, way: ByDemo, ends: s.clock.Now().Add(demoLasts), reusable: true}
	return s.printed(ctx, personID, l, "link.demo")
}

// demoToken is the name of the tokens that a demo gives out.
const demoToken = "demo"

// DemoToken makes a token for somebody of a demo and ends the one of an earlier run: it
// works while that demo runs. It is absent outside a demo.
func (s *Service) DemoToken(ctx context.Context, personID string) (secret string, err error) {
	if !s.demo {
		return "", errs.Absent()
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from api_token where person_id = $1 and name = $2`, personID, demoToken)
		if err != nil || n == 0 {
			return err
		}
		v, err := visitorByID(ctx, tx, personID)
		if err != nil {
			return err
		}
		return s.log.Append(ctx, tx, Event{ActorID: "house", Kind: "tokens.revoked", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
	if err != nil {
		return "", errs.Because(err, "end the demo token of %s", personID)
	}
	secret, _, err = s.TokenFor(ctx, personID, NewToken{Name: demoToken, Scope: ScopeWrite})
	return secret, err
}

func (s *Service) printed(ctx context.Context, personID string, l link, kind string) (url string, err error) {
	secret := ident.Secret()
	l.personID, l.secret, l.madeBy = personID, secret, "house"
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := welcomed(ctx, tx, personID, s.clock.Now())
		if err != nil {
			return err
		}
		if err := s.insertLink(ctx, tx, l); err != nil {
			return err
		}
		return s.log.Append(ctx, tx, Event{ActorID: "house", Kind: kind, ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
	})
	if err != nil {
		return "", errs.Because(err, "make a link for %s", personID)
	}
	return s.address(SignInPath, secret), nil
}
