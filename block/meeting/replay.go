package meeting

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
	"leerkring/writing"
)

const withdrawn = "meeting_note.withdrawn"

// Replays take away again the notes that were withdrawn after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{withdrawn: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		if _, err := db.Exec(ctx, tx, `update meeting_note set body = '', withdrawn_at = $2 where id = $1 and withdrawn_at is null`, e.IDs[0], e.At); err != nil {
			return err
		}
		return writing.Erase(ctx, tx, writing.Ref{Kind: "meeting_note", ID: e.IDs[0]})
	}}
}
