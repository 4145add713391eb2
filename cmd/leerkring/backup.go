package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"leerkring/backup"
	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

type backupCommand struct {
	File     string `arg:"" help:"New file to write, or a folder: then it gets a name by its moment, and ours that are older than 35 days go." type:"path"`
	Plain    bool   `help:"Do not encrypt: whoever has the file can read everything in it."`
	Data     string `help:"Directory of the embedded database and of files." default:"data" type:"path"`
	Database string `help:"A PostgreSQL instead of the embedded database."`
	Keys     string `help:"File with the keys of this installation." type:"path"`
}

// told is what the maker of a backup gets to hear.
type told struct {
	Path             string
	Bytes            int64
	Tables           int
	Rows, Files      int64
	Mark, KeysAt     string
	OnlyFor, Problem string
}

// Run makes a backup, by the running server when there is one.
func (c *backupCommand) Run(ctx context.Context, s *streams) error {
	bar := newBar(s.err)
	defer bar.end()
	ctx = instance.WithTell(ctx, bar.show)
	var out told
	if instance.Running(c.Data) {
		if err := instance.Ask(ctx, c.Data, "backup", c, &out); err != nil {
			return err
		}
	} else if err := c.here(ctx, s, &out); err != nil {
		return err
	}
	bar.end()
	return c.say(s, out)
}

// here backs up data that no server is running on. Nothing in it is changed but the note
// that there is a backup.
func (c *backupCommand) here(ctx context.Context, s *streams, out *told) error {
	if c.Database == "" && instance.Fresh(c.Data) {
		return fmt.Errorf("there is nothing in %s to back up", c.Data)
	}
	lock, err := instance.Hold(c.Data)
	if err != nil {
		return err
	}
	defer release(lock, s.err)
	key, err := readKeys(c.Keys, c.Data)
	if err != nil && !c.Plain {
		return err
	}
	address := c.Database
	if address == "" {
		address = "sqlite:" + instance.File(c.Data)
	}
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	files, err := blob.Open(instance.Files(c.Data))
	if err != nil {
		return closing(d, err)
	}
	*out, err = makeBackup(ctx, d, files, c, key, instance.IsDemo(c.Data))
	return errors.Join(err, files.Close(), d.Close())
}

// making keeps a server from making two backups at once.
var making sync.Mutex

func (h *house) backup(ctx context.Context, raw json.RawMessage) (any, error) {
	var c backupCommand
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	out, err := makeBackup(ctx, h.db, h.files, &c, h.set.LogKey, h.set.Demo)
	if err != nil {
		h.set.Log.Error("no backup was made", "error", oneLine(err))
		return nil, err
	}
	out.KeysAt = h.set.KeysAt
	h.set.Log.Info("a backup was made", "rows", out.Rows, "bytes", out.Bytes)
	return out, nil
}

func makeBackup(ctx context.Context, d *db.DB, files *blob.Dir, c *backupCommand, key []byte, demo bool) (told, error) {
	if !making.TryLock() {
		return told{}, errors.New("a backup is being made already")
	}
	defer making.Unlock()
	out := told{KeysAt: keysAt(c.Keys, c.Data)}
	if c.Plain {
		key = nil
	} else if demo {
		return told{}, errors.New("a demo has no keys of its own: give --plain")
	} else {
		var err error
		if out.Mark, err = backup.Mark(key); err != nil {
			return told{}, err
		}
	}
	m, err := backup.Make(ctx, c.File, key, backup.Source{DB: d, Files: files, Program: Version, At: clock.System{}.Now(), Tell: telling(ctx)})
	if err != nil {
		return told{}, err
	}
	out.Path, out.Bytes, out.Tables, out.Rows, out.Files = m.Path, m.Bytes, len(m.End.Tables), m.End.Rows(), m.End.Files.Count
	if known(m.Head) {
		err = backup.Note(ctx, d, backup.Asked, m, clock.System{}.Now())
	}
	if err != nil {
		out.Problem = oneLine(err)
	}
	return out, nil
}

// known reports whether the schema has a place for notes about backups.
func known(h backup.Head) bool {
	for _, t := range h.Tables {
		if t.Name == "backup" {
			return true
		}
	}
	return false
}

func telling(ctx context.Context) backup.Progress {
	return func(step string, done, total int64) {
		instance.Tell(ctx, instance.Progress{Step: step, Done: done, Total: total})
	}
}

func (c *backupCommand) say(s *streams, o told) error {
	fmt.Fprintf(s.out, "%s: %s, %d tables, %d rows, %d files; written and read back\n", o.Path, size(o.Bytes), o.Tables, o.Rows, o.Files)
	if o.Mark == "" {
		fmt.Fprintln(s.err, "It is not encrypted: whoever has this file can read everything in it, private things too.")
	} else {
		fmt.Fprintf(s.err, "Without the keys in %s (%s) nothing opens it. Keep them somewhere else than this machine: leerkring keys show\n", o.KeysAt, o.Mark)
	}
	if inside(c.Data, o.Path) {
		fmt.Fprintln(s.err, "It lies in the data directory, and will be lost with it. Copy it to another machine.")
	}
	if o.Problem != "" {
		return fmt.Errorf("the backup is good, but could not be noted: %s", o.Problem)
	}
	return nil
}

func inside(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// size is a number of bytes for people.
func size(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	f, i := float64(n), 0
	for f >= 1000 && i < len(units)-1 {
		f, i = f/1000, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}

// keysAt is where the keys of an installation lie.
func keysAt(file, data string) string {
	if file != "" {
		return file
	}
	return beside(data, ".keys")
}

// beside is a file outside the data directory, next to it.
func beside(data, ending string) string {
	if abs, err := filepath.Abs(data); err == nil {
		data = abs
	}
	return filepath.Join(filepath.Dir(data), filepath.Base(data)+ending)
}

// ledgerAt is where the ledger lies, beside the data.
func ledgerAt(file, data string) string {
	if file != "" {
		return file
	}
	return beside(data, ".ledger")
}

var errNoKeys = errors.New("the keys are not here")

// readKeys reads keys that must be there already.
func readKeys(file, data string) ([]byte, error) {
	at := keysAt(file, data)
	if _, err := os.Stat(at); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: put them in %s, or write them there from paper with leerkring keys recover", errNoKeys, at)
	}
	return keysOf(file, data)
}
