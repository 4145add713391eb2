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
	n, err := db.Exec(ctx, tx, `insert into method_version (method_id, version, hash, source, stored_at) values ($1, $2, $3, $4, $5)
		on conflict (method_id, version) do nothing`, pack.ID, pack.Version, pack.Hash(), string(pack.Source()), now)
	if err == nil && n == 1 {
		s.walked.Store(packKey(pack.ID, pack.Version), pack)
	}
	return err
}

func packKey(id, version string) string { return id + " " + version }

// PackOf returns the pack version that a trajectory points to, with the text that it had
// when the first team began: from the program when it still has that text, else from the
// database. Each version is looked up once.
func (s *Service) PackOf(ctx context.Context, q db.Queryer, t Trajectory) (*method.Pack, error) {
	key := packKey(t.MethodID, t.MethodVersion)
	if p, ok := s.walked.Load(key); ok {
		return p.(*method.Pack), nil
	}
	type row struct{ hash, source string }
	kept, err := db.One(ctx, q, `select hash, source from method_version where method_id = $1 and version = $2`,
		func(r *row) []any { return []any{&r.hash, &r.source} }, t.MethodID, t.MethodVersion)
	if err != nil {
		return nil, errs.Because(err, "pack %s", key)
	}
	p, ok := s.packs.Pack(t.MethodID, t.MethodVersion)
	if !ok || p.Hash() != kept.hash {
		var problems []method.Problem
		p, problems = method.FromSource([]byte(kept.source))
		if faults := method.Faults(problems); len(faults) > 0 {
			return nil, fmt.Errorf("pack %s as it was stored: %s", key, faults[0])
		}
	}
	s.walked.Store(key, p)
	return p, nil
}
