package leaving

import (
	"context"
	"errors"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
)

// What the ledger says of leaving.
const (
	personErased = "person.erased"
	ownErased    = "person.own_erased"
)

// Replays erase again who was erased after a backup was made.
func Replays(p Plan, speak Speak) ledger.Rules {
	return ledger.Rules{
		personErased: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			v, err := subjectOf(ctx, tx, e.IDs[0])
			if errs.IsAbsent(err) {
				return nil
			}
			if err != nil {
				return err
			}
			former := (&Service{Wiring: Wiring{Speak: speak}}).former(ctx, tx, v.ID)
			if _, err := db.Exec(ctx, tx, `update erasure set state = 'done', ended_at = $2 where person_id = $1 and state in ('asked', 'running', 'cleaning')`, v.ID, e.At); err != nil {
				return err
			}
			return errors.Join(p.take(ctx, tx, p.goes(), v.ID, e.At), p.forget(ctx, tx, v.ID, former, e.At))
		},
		ownErased: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			return p.take(ctx, tx, p.own(), e.IDs[0], e.At)
		},
	}
}

func (p Plan) take(ctx context.Context, tx *db.Tx, parts []part, personID string, now time.Time) error {
	for _, x := range parts {
		if err := x.erase(ctx, tx, personID, now); err != nil {
			return err
		}
	}
	return nil
}
