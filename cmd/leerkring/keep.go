package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leerkring/account"
	"leerkring/backup"
	"leerkring/block/agreement"
	"leerkring/block/contribution"
	"leerkring/block/meeting"
	"leerkring/block/session"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/leaving"
	"leerkring/ledger"
	"leerkring/media"
	"leerkring/migrations"
	"leerkring/school"
	"leerkring/trajectory"
)

// replays are what all rooms do again after a restore.
func replays() ledger.Rules {
	return ledger.Join(account.Replays(), school.Replays(), media.Replays(), trajectory.Replays(), contribution.Replays(), agreement.Replays(), meeting.Replays(), session.Replays(), leaving.Replays(leavingPlan(), speak()))
}

// keepLedger does again what the file beside the data knows and the database does not,
// before the first request, and keeps that file up to date from then on.
func (h *house) keepLedger(ctx context.Context, file string) error {
	now := clock.System{}.Now()
	entries, err := recent(file, now)
	if err != nil {
		return err
	}
	n, err := ledger.Apply(ctx, h.db, replays(), entries)
	if err != nil {
		return err
	}
	if n > 0 {
		h.set.Log.Warn("the database is older than the ledger beside it: what ended since was ended again", "rows", n)
	}
	h.ledger, err = ledger.Open(ctx, h.db, file, now, h.set.Log)
	if err != nil {
		return fmt.Errorf("%w (name another place with --ledger)", err)
	}
	h.db.OnCommit(h.ledger.Wake)
	return nil
}

// copies is the folder with what is copied before an upgrade.
func copies(data string) string { return filepath.Join(data, "copies") }

// spare is what must stay free beside a copy.
const spare = 64 << 20

// copyFirst makes a copy of a database that is about to get new steps. A demo has none.
func copyFirst(ctx context.Context, d *db.DB, set settings) (*backup.Made, error) {
	if set.Demo || set.Data == "" {
		return nil, nil
	}
	old, pending, err := d.Pending(ctx, migrations.Files)
	if err != nil || !old || !pending {
		return nil, err
	}
	dir := copies(set.Data)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("a copy is made before an upgrade: %w", err)
	}
	need, err := d.Bytes(ctx)
	if err != nil {
		return nil, err
	}
	free, err := backup.Free(dir)
	if err != nil {
		return nil, err
	}
	if free < need+spare {
		return nil, fmt.Errorf("there is no room for the copy that is made before an upgrade: %s must be free in %s, and %s is; nothing was changed", size(need+spare), dir, size(free))
	}
	m, err := backup.Make(ctx, dir, set.LogKey, backup.Source{DB: d, Program: Version, At: clock.System{}.Now()})
	if err != nil {
		return nil, fmt.Errorf("a copy is made before an upgrade: %w; nothing was changed", err)
	}
	set.Log.Info("a copy was made before the upgrade; it is kept for 35 days in the folder copies of the data directory", "version", m.Head.Schema, "bytes", m.Bytes)
	return &m, nil
}

// halfFiles refuses a directory that a restore which was broken off left half. It is asked
// before the database is opened: opening makes one.
func halfFiles(set settings) error {
	if set.Data != "" && strings.HasPrefix(set.Database, "sqlite:") && instance.HalfRestored(set.Data) && instance.Fresh(set.Data) {
		return errHalf
	}
	return nil
}

// whole refuses a PostgreSQL that is half. Where everything took its place, the empty
// folder that a restore left goes.
func whole(ctx context.Context, d *db.DB, data string) error {
	half, err := d.Half(ctx)
	if err != nil {
		return err
	}
	if half {
		return errHalf
	}
	if data != "" && instance.HalfRestored(data) {
		return os.RemoveAll(instance.Staging(data))
	}
	return nil
}

var errHalf = errors.New("a restore was broken off here, and what is there is not whole: do leerkring restore again")

// oldCopies takes copies away that are too old.
func (h *house) oldCopies(now time.Time) error {
	if h.set.Data == "" {
		return nil
	}
	err := backup.RemoveOld(copies(h.set.Data), now)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
