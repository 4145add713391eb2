package backup

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Kind says why a backup was made.
type Kind string

// The kinds.
const (
	Asked   Kind = "asked"
	Upgrade Kind = "upgrade" // before new steps of the schema
)

// Note remembers that a backup was made, and read back.
func Note(ctx context.Context, d *db.DB, kind Kind, m Made, now time.Time) error {
	return keep(ctx, d, `checked_at = excluded.checked_at`, m.Head.ID, kind, m.Head.MadeAt, m.Bytes, now, time.Time{})
}

// NoteTried remembers that a backup was restored in an empty place, which reads it too.
func NoteTried(ctx context.Context, d *db.DB, id string, madeAt time.Time, bytes int64, now time.Time) error {
	return keep(ctx, d, `checked_at = excluded.checked_at, tried_at = excluded.tried_at`, id, Asked, madeAt, bytes, now, now)
}

func keep(ctx context.Context, d *db.DB, set, id string, kind Kind, madeAt time.Time, bytes int64, checked, tried time.Time) error {
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into backup (id, kind, made_at, bytes, checked_at, tried_at) values ($1, $2, $3, $4, $5, $6)
			on conflict (id) do update set `+set, id, string(kind), madeAt, bytes, checked, tried)
		return err
	})
	return errs.Because(err, "note backup %s", id)
}

// Standing is how it stands with backups, for whoever looks after the house.
type Standing struct {
	Made, Checked time.Time // of the newest that somebody asked for
	Bytes         int64
	Tried         time.Time // when one was last restored to try it
	TriedMade     time.Time // and of when that one was
	BeforeUpgrade time.Time // the newest copy before an upgrade
}

// Of reads how it stands.
func Of(ctx context.Context, q db.Queryer) (Standing, error) {
	return db.One(ctx, q, `select n.made_at, n.checked_at, coalesce(n.bytes, 0), t.tried_at, t.made_at, (select max(made_at) from backup where kind = 'upgrade')
		from (select 1 as one) x
		left join backup n on n.id = (select id from backup where kind = 'asked' order by made_at desc, id desc limit 1)
		left join backup t on t.id = (select id from backup where tried_at is not null order by tried_at desc, id desc limit 1)`,
		func(s *Standing) []any {
			return []any{&s.Made, &s.Checked, &s.Bytes, &s.Tried, &s.TriedMade, &s.BeforeUpgrade}
		})
}

// Late is after how many days without a backup somebody is warned.
const Late = 8

// Days is how many days ago a moment was; it is -1 when there was none.
func Days(at, now time.Time) int {
	if at.IsZero() {
		return -1
	}
	return int(now.Sub(at) / (24 * time.Hour))
}

// Warns reports that the last backup was too long ago.
func (s Standing) Warns(now time.Time) bool { d := Days(s.Made, now); return d < 0 || d >= Late }
