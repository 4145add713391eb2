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
