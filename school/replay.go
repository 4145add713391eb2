package school

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
)

const roleTaken = "role.taken"

// Replays take away again the roles that were taken after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{roleTaken: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		_, err := db.Exec(ctx, tx, `delete from role where id = $1`, e.IDs[0])
		return err
	}}
}
