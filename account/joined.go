package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// joined keeps the first time that somebody came in by what is theirs: a mailbox, an
// invitation, the school's login. A link that the command line printed proves nothing.
func joined(ctx context.Context, tx *db.Tx, personID string, way Way, now time.Time) error {
	if way == ByCommand {
		return nil
	}
	_, err := db.Exec(ctx, tx, `insert into account (person_id, joined_at, joined_way) values ($1, $2, $3)
		on conflict (person_id) do update set joined_at = excluded.joined_at, joined_way = excluded.joined_way where account.joined_at is null`, personID, now, string(way))
	return errs.Because(err, "keep that %s joined", personID)
}

// Joined returns when each of these people first came in by their own mailbox, invitation
// or school login; who did not is left out. A scan counts only them: an account that
// somebody made and nobody used is no colleague.
func Joined(ctx context.Context, q db.Queryer, personIDs []string) (map[string]time.Time, error) {
	type row struct {
		id string
		at time.Time
	}
	rows, err := db.All(ctx, q, `select person_id, joined_at from account where joined_at is not null and person_id in `+db.In("$1"), func(r *row) []any {
		return []any{&r.id, &r.at}
	}, personIDs)
	out := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		out[r.id] = r.at
	}
	return out, errs.Because(err, "who joined")
}
