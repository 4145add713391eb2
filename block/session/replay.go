package session

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
)

// What the ledger says of sessions.
const (
	textRemoved = "session_text.removed"
	takenBack   = "session_release.withdrawn"
	erased      = "circle.erased"
)

// Replays take away again what was taken back or erased after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{
		textRemoved: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			return removeText(ctx, tx, Text{ID: e.IDs[0]})
		},
		takenBack: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			_, err := db.Exec(ctx, tx, `update session_release set withdrawn_at = $2, body = '', version = version + 1 where id = $1 and withdrawn_at is null`, e.IDs[0], e.At)
			return err
		},
		erased: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error { return eraseWritten(ctx, tx, e.IDs[0]) },
	}
}
