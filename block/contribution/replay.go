package contribution

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
)

const withdrawn = "words.withdrawn"

// Replays take away again the words that were withdrawn after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{withdrawn: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		by := ByAuthor
		if len(e.IDs) > 1 && By(e.IDs[1]) == ByLead {
			by = ByLead
		}
		return erase(ctx, tx, Contribution{ID: e.IDs[0]}, by, e.At)
	}}
}
