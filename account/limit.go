package account

import (
	"context"
	"slices"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// limit is how many failures a minute are borne for one thing, and the longest that it
// must rest when they go on. Successes are free.
type limit struct {
	key     string // a hash: what is counted is nobody's business
	most    int
	longest time.Duration
}

// The things that are counted. An account is counted together with the address that
// tries, so that a stranger's mistakes never stop its owner.
func forAddress(address string) limit {
	return limit{ident.Hash("address " + address), 60, 4 * time.Minute}
}

func forAccount(personID, address string) limit {
	return limit{ident.Hash("account " + personID + " " + address), 5, 16 * time.Minute}
}

func forTicket(ticket string) limit {
	return limit{ident.Hash("ticket " + ticket), 60, 16 * time.Minute}
}

const counted = time.Hour // how long failures are remembered

type failures struct {
	key    string
	window time.Time
	n      int
}

// rest returns how long to wait. A minute with too many failures makes the next ones
// wait; each further such minute within the hour doubles the wait.
func (l limit) rest(past []failures, now time.Time) time.Duration {
	full, last := 0, time.Time{}
	for _, f := range past {
		if f.key != l.key || f.n < l.most || now.Sub(f.window) >= counted {
			continue
		}
		full++
		if f.window.After(last) {
			last = f.window
		}
	}
	if full == 0 {
		return 0
	}
	wait := min(time.Minute<<min(full-1, 10), l.longest)
	return max(last.Add(wait).Sub(now), 0)
}

// attempt runs one try at a way in as one act. A refusal of kind invalid is a failure:
// it is counted and noted, and what try wrote is kept. Any other error undoes all.
func (s *Service) attempt(ctx context.Context, limits []limit, try func(tx *db.Tx) error) error {
	var refusal error
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		if refusal, err = s.held(ctx, tx, limits); err != nil || refusal != nil {
			return err
		}
		err = try(tx)
		if !errs.Is(err, errs.KindInvalid) {
			return err
		}
		refusal = err
		return s.failed(ctx, tx, limits)
	})
	if err != nil {
		return err
	}
	return refusal
}

// held takes the counters for itself, so that tries at the same thing come one by one,
// and refuses when one of them is full.
func (s *Service) held(ctx context.Context, tx *db.Tx, limits []limit) (refusal, err error) {
	now := s.clock.Now()
	keys := keysOf(limits)
	if _, err := db.Exec(ctx, tx, `insert into attempt (key, window_at, n)
		select k.*, cast($2 as text), 0 from `+db.In("$1")+` k where true order by 1
		on conflict (key, window_at) do update set n = attempt.n`, keys, now.Truncate(time.Minute)); err != nil {
		return nil, errs.Because(err, "hold counters")
	}
	past, err := db.All(ctx, tx, `select key, window_at, n from attempt where key in `+db.In("$1")+` and window_at > $2`, func(f *failures) []any {
		return []any{&f.key, &f.window, &f.n}
	}, keys, now.Add(-counted))
	if err != nil {
		return nil, errs.Because(err, "read counters")
	}
	var longest time.Duration
	for _, l := range limits {
		longest = max(longest, l.rest(past, now))
	}
	if longest > 0 {
		return tooOften(longest), nil
	}
	return nil, nil
}

func (s *Service) failed(ctx context.Context, tx *db.Tx, limits []limit) error {
	_, err := db.Exec(ctx, tx, `update attempt set n = n + 1 where window_at = $2 and key in `+db.In("$1"), keysOf(limits), s.clock.Now().Truncate(time.Minute))
	return errs.Because(err, "count a failure")
}

func tooOften(wait time.Duration) error {
	return errs.Limited("account.too_often", "n", int((wait+time.Minute-1)/time.Minute))
}

func keysOf(limits []limit) []string {
	keys := make([]string, len(limits))
	for i, l := range limits {
		keys[i] = l.key
	}
	slices.Sort(keys) // the same order everywhere: two acts never wait for each other
	return keys
}

// often counts one more of something that is not a failure, and reports whether there
// were most of it already in the last minutes. What comes then is not counted: whoever
// goes on asking does not keep others out for longer.
func (s *Service) often(ctx context.Context, tx *db.Tx, what string, most, minutes int) (bool, error) {
	now := s.clock.Now()
	key := ident.Hash(what)
	if _, err := db.Exec(ctx, tx, `insert into attempt (key, window_at, n) values ($1, $2, 1)
		on conflict (key, window_at) do update set n = attempt.n + 1`, key, now.Truncate(time.Minute)); err != nil {
		return false, errs.Because(err, "count")
	}
	n, err := db.One(ctx, tx, `select coalesce(sum(n), 0) from attempt where key = $1 and window_at > $2`, db.Int, key, now.Add(-time.Duration(minutes)*time.Minute))
	if err != nil || n <= most {
		return false, errs.Because(err, "count")
	}
	_, err = db.Exec(ctx, tx, `update attempt set n = n - 1 where key = $1 and window_at = $2`, key, now.Truncate(time.Minute))
	return true, errs.Because(err, "count")
}
