package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"leerkring/account"
	"leerkring/backup"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/mail"
	"leerkring/ledger"
	"leerkring/migrations"
)

type restoreCommand struct {
	File     string `arg:"" help:"The backup." type:"path"`
	Data     string `help:"Empty directory in which the installation is made again." default:"data" type:"path"`
	Database string `help:"An empty PostgreSQL instead of the embedded database; a backup of the one fits in the other."`
	Keys     string `help:"File with the keys of the installation that the backup is of." type:"path"`
	Ledger   string `help:"File with what ended since; beside the data directory when empty." type:"path"`
	Old      bool   `help:"Also a backup that is older than 35 days."`
	Try      bool   `help:"Only try: make everything again in an empty place, check it, and throw it away."`
}

// settled is what was done before anybody looks.
type settled struct {
	ledger   bool
	replayed int
	letters  int
}

// Run makes an installation of a backup.
func (c *restoreCommand) Run(ctx context.Context, s *streams) error {
	bar := newBar(s.err)
	defer bar.end()
	ctx = instance.WithTell(ctx, bar.show)
	key, err := c.keys(ctx)
	if err != nil {
		return err
	}
	to := backup.Target{Data: c.Data, Database: c.Database, Steps: migrations.Files, Now: clock.System{}.Now(), Old: c.Old, Try: c.Try, Tell: telling(ctx)}
	if c.Try {
		return c.try(ctx, s, bar, to, key)
	}
	lock, err := instance.Hold(c.Data)
	if err != nil {
		return err
	}
	defer release(lock, s.err)
	var done settled
	to.Settle = func(ctx context.Context, d *db.DB, head backup.Head) error {
		done, err = c.settle(ctx, d, head, key, ledgerAt(c.Ledger, c.Data))
		return err
	}
	r, err := backup.Restore(ctx, c.File, key, to)
	if err != nil {
		return err
	}
	bar.end()
	return c.say(s, r, done)
}

// keys are those that open the backup; a plain one needs none, and gets those of its new
// place.
func (c *restoreCommand) keys(ctx context.Context) ([]byte, error) {
	key, err := readKeys(c.Keys, c.Data)
	if err == nil || !errors.Is(err, errNoKeys) {
		return key, err
	}
	if _, e := backup.Look(ctx, c.File, nil); e != nil {
		if errors.Is(e, backup.ErrNeedsKeys) {
			return nil, err
		}
		return nil, e
	}
	return keysOf(c.Keys, c.Data)
}

// settle does again what ended since the backup was made, and lets go of what is over, so
// that the first request finds it so.
func (c *restoreCommand) settle(ctx context.Context, d *db.DB, head backup.Head, key []byte, file string) (settled, error) {
	now := clock.System{}.Now()
	h, err := wire(ctx, d, settings{Database: "sqlite:", Data: instance.Staging(c.Data), Clock: clock.System{}, BaseURL: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil)), LogKey: key})
	if err != nil {
		return settled{}, err
	}
	defer func() { _ = h.files.Close() }() // nothing was written by it
	out := settled{}
	entries, err := recent(file, now)
	if err != nil {
		return out, err
	}
	_, err = os.Stat(file)
	out.ledger = err == nil
	if out.replayed, err = ledger.Apply(ctx, d, replays(), entries); err != nil {
		return out, err
	}
	if _, err := h.accounts.CleanUp(ctx); err != nil {
		return out, err
	}
	if _, err := h.blocks.sessions.Erase(ctx); err != nil {
		return out, err
	}
	if _, err := h.schools.ForgetUndo(ctx); err != nil {
		return out, err
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		if out.letters, err = mail.WithdrawAll(ctx, tx, now); err != nil {
			return err
		}
		if err := mail.Clean(ctx, tx, now); err != nil {
			return err
		}
		if !out.ledger {
			if err := account.CloseAll(ctx, tx); err != nil {
				return err
			}
		}
		return account.NewLog(h.clock, key).Append(ctx, tx, account.Event{ActorID: "house", Kind: "backup.restored", ObjectKind: "backup", ObjectID: head.ID, Reach: account.OfAccounts})
	})
	if err != nil {
		return out, err
	}
	if err := db.ForgetReplies(ctx, d, now); err != nil {
		return out, err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return out, err
	}
	return out, backup.NoteTried(ctx, d, head.ID, head.MadeAt, info.Size(), now)
}

// recent are the entries of a ledger that a backup may lack.
func recent(file string, now time.Time) ([]ledger.Entry, error) {
	list, err := ledger.Read(file)
	var out []ledger.Entry
	for _, e := range list {
		if now.Sub(e.At) < ledger.Lasts {
			out = append(out, e)
		}
	}
	return out, err
}

func (c *restoreCommand) say(s *streams, r backup.Restored, done settled) error {
	fmt.Fprintf(s.out, "restored in %s, as it was on %s: %d tables, %d rows, %d files; every hash is right\n", c.Data, r.Head.MadeAt.Format("2006-01-02 15:04 UTC"), len(r.End.Tables), r.End.Rows(), r.End.Files.Count)
	if !r.Head.Whole {
		fmt.Fprintf(s.err, "It is a copy from before an upgrade, and has no files: put back the folder %s of the old directory.\n", filepath.Base(instance.Files(c.Data)))
	}
	if done.ledger {
		fmt.Fprintf(s.err, "From the ledger, %d things that ended since were ended again.\n", done.replayed)
	} else {
		fmt.Fprintf(s.err, "There is no ledger in %s. What ended after that moment is not known: everybody signs in again, and all tokens were ended. Suspend again who was suspended since, and erase again what was erased since.\n", ledgerAt(c.Ledger, c.Data))
	}
	if done.letters > 0 {
		fmt.Fprintf(s.err, "%d letters that waited then are not sent.\n", done.letters)
	}
	return nil
}

// try restores in a place of its own, which goes afterwards. A server may be running.
func (c *restoreCommand) try(ctx context.Context, s *streams, bar *bar, to backup.Target, key []byte) error {
	place := filepath.Join(c.Data, trying)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(place, 0o700); err != nil {
		if errors.Is(err, os.ErrExist) {
			err = fmt.Errorf("%s is there: somebody tries a backup, or a try was broken off; remove it when nobody does", place)
		}
		return err
	}
	to.Data = place
	r, err := backup.Restore(ctx, c.File, key, to)
	if e := os.RemoveAll(place); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	bar.end()
	fmt.Fprintf(s.out, "%s can be restored: %d tables, %d rows, %d files, as on %s; every hash is right\n", c.File, len(r.End.Tables), r.End.Rows(), r.End.Files.Count, r.Head.MadeAt.Format("2006-01-02 15:04 UTC"))
	return c.noteTried(ctx, s, r)
}

// trying is the folder in which a backup is tried.
const trying = "trying"

// triedNote is what a server is told of a backup that was tried.
type triedNote struct {
	ID     string
	MadeAt time.Time
	Bytes  int64
}

// noteTried tells the installation beside which the backup was tried, when there is one.
func (c *restoreCommand) noteTried(ctx context.Context, s *streams, r backup.Restored) error {
	n := triedNote{r.Head.ID, r.Head.MadeAt, r.Bytes}
	if instance.Running(c.Data) {
		var ok bool
		return instance.Ask(ctx, c.Data, "backup tried", n, &ok)
	}
	address := c.Database
	if address == "" {
		if instance.Fresh(c.Data) {
			return nil
		}
		address = "sqlite:" + instance.File(c.Data)
	}
	lock, err := instance.Hold(c.Data)
	if err != nil {
		return err
	}
	defer release(lock, s.err)
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	old, pending, err := d.Pending(ctx, migrations.Files)
	if err == nil && old && !pending { // else there is no house yet, or no place for the note
		err = backup.NoteTried(ctx, d, n.ID, n.MadeAt, n.Bytes, clock.System{}.Now())
	}
	return errors.Join(err, d.Close())
}

func (h *house) backupTried(ctx context.Context, raw json.RawMessage) (any, error) {
	var n triedNote
	if err := json.Unmarshal(raw, &n); err != nil {
		return nil, err
	}
	return true, backup.NoteTried(ctx, h.db, n.ID, n.MadeAt, n.Bytes, clock.System{}.Now())
}
