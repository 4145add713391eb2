package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Cleaned is what CleanUp erased, by kind.
type Cleaned struct {
	SignIns, Links, Challenges, Visits, Passwords, Tokens, Attempts, Entries int64
}

// CleanUp erases what is over: sign-ins, links and invitations, questions to passkeys,
// tokens, counters, addresses in the security log after thirty days and its entries after
// twelve months. Who: a job, each hour.
func (s *Service) CleanUp(ctx context.Context) (Cleaned, error) {
	var c Cleaned
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		var err error
		erase := func(n *int64, sql string, before time.Time) {
			if err == nil {
				*n, err = db.Exec(ctx, tx, sql, before)
			}
		}
		erase(&c.SignIns, `delete from sign_in where ends_at <= $1 or idle_ends_at <= $1`, now)
		erase(&c.Links, `delete from account_link where expires_at <= $1`, now)
		erase(&c.Challenges, `delete from passkey_challenge where expires_at <= $1`, now)
		erase(&c.Visits, `delete from login_visit where expires_at <= $1`, now)
		erase(&c.Passwords, `delete from password where not ready and made_at <= $1`, now.Add(-passwordWaits))
		erase(&c.Tokens, `delete from api_token where expires_at <= $1`, now)
		erase(&c.Attempts, `delete from attempt where window_at <= $1`, now.Add(-counted))
		if err == nil {
			c.Entries, err = s.log.Forget(ctx, tx)
		}
		return err
	})
	return c, errs.Because(err, "clean up at the door")
}
