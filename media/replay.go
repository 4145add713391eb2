package media

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
)

const removed = "picture.removed"

// Replays take away again the pictures that were taken away after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{removed: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		n, err := db.Exec(ctx, tx, `delete from picture where id = $1`, e.IDs[0])
		if err != nil || n == 0 {
			return err
		}
		return removeLater(ctx, tx, e.IDs[0], e.At)
	}}
}
