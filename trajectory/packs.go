package trajectory

import (
	"context"
	"fmt"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
)

// keepPack stores the exact text of a pack version, so that a team that walks it keeps
// it after the program has moved on.
func (s *Service) keepPack(ctx context.Context, tx *db.Tx, pack *method.Pack, now time.Time) error {
	_, err := db.Exec(ctx, tx, `insert into method_version (method_id, version, hash, source, stored_at) values ($1, $2, $3, $4, $5)
		on conflict (method_id, version) do nothing`, pack.ID, pack.Version, pack.Hash(), string(pack.Source()), now)
	return err
}

// PackOf returns the pack version that a trajectory points to: from the program when it
// still has that version with the same text, else from the database.
func (s *Service) PackOf(ctx context.Context, q db.Queryer, t Trajectory) (*method.Pack, error) {
	if p, ok := s.packs.Pack(t.MethodID, t.MethodVersion); ok {
		return p, nil
	}
	key := t.MethodID + " " + t.MethodVersion
	if p, ok := s.old.Load(key); ok {
		return p.(*method.Pack), nil
	}
	source, err := db.One(ctx, q, `select source from method_version where method_id = $1 and version = $2`, db.Str, t.MethodID, t.MethodVersion)
	if err != nil {
		return nil, errs.Because(err, "pack %s", key)
	}
	p, problems := method.FromSource([]byte(source))
	if faults := method.Faults(problems); len(faults) > 0 {
		return nil, fmt.Errorf("pack %s as it was stored: %s", key, faults[0])
	}
	s.old.Store(key, p)
	return p, nil
}
