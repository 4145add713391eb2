package trajectory

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/method"
)

// KeepPack stores the exact text of a pack version for what runs beside a trajectory, such as a
// session. The caller has asked access for what it runs.
func (s *Service) KeepPack(ctx context.Context, tx *db.Tx, pack *method.Pack, now time.Time) error {
	return s.keepPack(ctx, tx, pack, now)
}

// PackVersion returns a pack version that was kept, with the text that it had then.
func (s *Service) PackVersion(ctx context.Context, q db.Queryer, id, version string) (*method.Pack, error) {
	return s.PackOf(ctx, q, Trajectory{MethodID: id, MethodVersion: version})
}
