package school

import (
	"context"

	"leerkring/internal/db"
	"leerkring/ledger"
)

// Kinds of what ended here.
const (
	roleTaken   = "role.taken"
	helpStopped = "newcomer.helper_stopped" // newcomer, school, who helped
	newSettled  = "newcomer.settled"        // newcomer, school
)

// Replays take away again the roles that were taken after a backup was made, and end again
// that somebody helped a newcomer.
func Replays() ledger.Rules {
	return ledger.Rules{
		roleTaken: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			_, err := db.Exec(ctx, tx, `delete from role where id = $1`, e.IDs[0])
			return err
		},
		helpStopped: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			_, err := db.Exec(ctx, tx, `update newcomer set helper_id = null, named_by = null, named_at = null where person_id = $1 and school_id = $2 and helper_id = $3`, e.IDs[0], e.IDs[1], e.IDs[2])
			return err
		},
		newSettled: func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
			_, err := db.Exec(ctx, tx, `insert into newcomer (person_id, school_id, settled_at) select p.id, s.id, $3 from person p, school s where p.id = $1 and s.id = $2
				on conflict (person_id, school_id) do update set settled_at = excluded.settled_at`, e.IDs[0], e.IDs[1], e.At)
			return err
		},
	}
}
