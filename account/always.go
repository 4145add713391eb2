package account

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// AlwaysPasskey reports whether the person wants a passkey asked beside a mail link. Who:
// that person.
func (s *Service) AlwaysPasskey(ctx context.Context, in SignIn) (bool, error) {
	list, err := db.All(ctx, s.db, `select passkey_always from account where person_id = $1`, func(on *bool) []any { return []any{on} }, in.PersonID)
	return len(list) > 0 && list[0], errs.Because(err, "passkey always: %s", in.PersonID)
}
