package ledger

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// longest is the most that a line of the file may be, and largest the whole of it.
const (
	longest = 4 << 10
	largest = 256 << 20
)

// Read reads the copy of a ledger that lies in a file; there is none is an empty one. A
// last line that was broken off is left out: its act was not acknowledged by it.
func Read(file string) ([]Entry, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	defer f.Close()
	return parse(f)
}

func parse(r io.Reader) ([]Entry, error) {
	b := bufio.NewReaderSize(io.LimitReader(r, largest), longest)
	var out []Entry
	for n := 1; ; n++ {
		line, err := b.ReadSlice('\n')
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("ledger: line %d is none", n)
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil || !ident.Valid(e.ID) || e.At.IsZero() || e.Kind == "" || len(e.IDs) == 0 || len(e.IDs) > 8 {
			return nil, fmt.Errorf("ledger: line %d is none", n)
		}
		out = append(out, e)
	}
}

// Copy keeps the file beside the data up to date with the ledger of a database.
type Copy struct {
	db   *db.DB
	file string
	log  *slog.Logger
	wake chan struct{}

	mu   sync.Mutex
	have map[string]bool
	from time.Time // entries before this one are in the file
}

// pause is how long commits are gathered.
const pause = time.Second

// overlap is how far back is looked: an act of another node may note an earlier moment.
const overlap = time.Hour

// Open writes the file anew from what is in it and in the database, without what is too
// old, and returns what keeps it up to date.
func Open(ctx context.Context, d *db.DB, file string, now time.Time, log *slog.Logger) (*Copy, error) {
	old, err := Read(file)
	if err != nil {
		return nil, err
	}
	kept, err := Since(ctx, d, now.Add(-Lasts))
	if err != nil {
		return nil, err
	}
	c := &Copy{db: d, file: file, log: log, wake: make(chan struct{}, 1), have: map[string]bool{}, from: now}
	var b bytes.Buffer
	for _, e := range append(old, kept...) {
		if c.have[e.ID] || e.At.Before(now.Add(-Lasts)) {
			continue
		}
		c.have[e.ID] = true
		if err := json.NewEncoder(&b).Encode(e); err != nil {
			return nil, err
		}
	}
	return c, replace(file, b.Bytes())
}

// replace writes a file beside the old one and puts it in its place.
func replace(file string, content []byte) error {
	f, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(file+".new", file)
	}
	if err == nil {
		var dir *os.File
		if dir, err = os.Open(filepath.Dir(file)); err == nil {
			err = errors.Join(dir.Sync(), dir.Close())
		}
	}
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// Wake says that something was committed; it never waits.
func (c *Copy) Wake() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Run keeps the file up to date until ctx ends: soon after each commit, and each minute
// for what other nodes wrote.
func (c *Copy) Run(ctx context.Context) {
	each := time.NewTicker(time.Minute)
	defer each.Stop()
	defer func() { _ = c.Catch(context.WithoutCancel(ctx)) }() // the last moment; what it misses is written at the next start
	for {
		if err := c.Catch(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("the ledger beside the data is behind", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		case <-each.C:
		}
		select { // commits that come together are looked at together
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// Catch appends what the file lacks.
func (c *Copy) Catch(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, err := Since(ctx, c.db, c.from.Add(-overlap))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	var added []string
	newest := c.from
	for _, e := range list {
		if e.At.After(newest) && !e.At.After(clock.System{}.Now()) {
			newest = e.At
		}
		if c.have[e.ID] {
			continue
		}
		if err := json.NewEncoder(&b).Encode(e); err != nil {
			return err
		}
		added = append(added, e.ID)
	}
	if len(added) == 0 {
		return nil
	}
	f, err := os.OpenFile(c.file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if err := write(f, b.Bytes()); err != nil {
		return err
	}
	for _, id := range added {
		c.have[id] = true
	}
	c.from = newest
	return nil
}

// write appends whole lines or nothing.
func write(f *os.File, lines []byte) error {
	info, err := f.Stat()
	if err == nil {
		_, err = f.Write(lines)
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil && info != nil {
		err = errors.Join(err, f.Truncate(info.Size()))
	}
	return errors.Join(err, f.Close())
}
