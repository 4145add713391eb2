package agreement

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
	"leerkring/writing"
)

const withdrawn = "agreement_remark.withdrawn"

// Replays take away again the remarks that were withdrawn after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{withdrawn: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		if _, err := db.Exec(ctx, tx, `update agreement_remark set body = '', answer = '', withdrawn_at = $2 where id = $1 and withdrawn_at is null`, e.IDs[0], e.At); err != nil {
			return err
		}
		for _, kind := range []string{"agreement_remark", "agreement_answer"} {
			if err := writing.Erase(ctx, tx, writing.Ref{Kind: kind, ID: e.IDs[0]}); err != nil {
				return err
			}
		}
		return nil
	}}
}
