package trajectory

import (
	"context"
	"errors"

	"leerkring/internal/db"
	"leerkring/ledger"
)

const left = "participant.left"

// Replays end again the part of who left a trajectory after a backup was made.
func Replays() ledger.Rules {
	return ledger.Rules{left: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		if len(e.IDs) != 2 {
			return errors.New("who left needs a trajectory and a person")
		}
		if _, err := db.Exec(ctx, tx, `update participant set left_at = $3 where trajectory_id = $1 and person_id = $2 and left_at is null and joined_at <= $3`, e.IDs[0], e.IDs[1], e.At); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `update participant set stand_in_id = null where trajectory_id = $1 and stand_in_id = $2`, e.IDs[0], e.IDs[1])
		return err
	}}
}
