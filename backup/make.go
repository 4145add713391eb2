package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"leerkring/internal/ident"
)

// Names of backups that are put in a folder: by their moment, so that they sort.
const (
	prefix     = "leerkring-"
	suffix     = ".backup"
	unfinished = ".new"
	stamp      = "20060102-150405"
)

// Lasts is how long a backup may be kept: what somebody erases is gone from backups too
// after that time.
const Lasts = 35 * 24 * time.Hour

// Made is a backup that was written and read back.
type Made struct {
	Head  Head
	End   End
	Path  string
	Bytes int64
}

// Make writes a backup to a new file and reads it back. A file is there only when it is
// whole: it gets its name after that. In a folder it gets a name by its moment, and our
// own that are older than Lasts go.
func Make(ctx context.Context, path string, keys []byte, src Source) (Made, error) {
	folder := false
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		folder = true
		path = filepath.Join(path, prefix+src.At.UTC().Format(stamp)+suffix)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return Made{}, fmt.Errorf("%s is there already; nothing was written", path)
	}
	tmp := path + "." + ident.Code(8) + unfinished
	m, err := makeAt(ctx, tmp, keys, src)
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		_ = os.Remove(tmp) // half a backup is none
		if ctx.Err() != nil {
			return Made{}, errors.New("the backup was broken off; no file was left")
		}
		return Made{}, fmt.Errorf("back up: %w", err)
	}
	m.Path = path
	if folder {
		err = RemoveOld(filepath.Dir(path), src.At)
	}
	return m, err
}

func makeAt(ctx context.Context, tmp string, keys []byte, src Source) (Made, error) {
	f, err := os.OpenFile(tmp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Made{}, err
	}
	head, end, err := write(ctx, f, keys, src)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return Made{}, errors.Join(err, f.Close())
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return Made{}, errors.Join(err, f.Close())
	}
	v := visitor{far: func(read int64) {
		if src.Tell != nil {
			src.Tell(StepCheck, read, size)
		}
	}}
	gotHead, gotEnd, err := read(ctx, f, keys, v)
	if err == nil && (!reflect.DeepEqual(gotEnd, end) || gotHead.ID != head.ID) {
		err = errors.New("what was written is not what is read back")
	}
	return Made{Head: head, End: end, Bytes: size}, errors.Join(err, f.Close())
}

// RemoveOld removes our own backups in a folder that are older than Lasts, and what a
// broken off one left there.
func RemoveOld(dir string, now time.Time) error {
	list, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range list {
		rest, ours := strings.CutPrefix(e.Name(), prefix)
		if !ours || len(rest) < len(stamp) {
			continue
		}
		at, err := time.Parse(stamp, rest[:len(stamp)])
		tail := rest[len(stamp):]
		old := now.Sub(at) > Lasts && tail == suffix || now.Sub(at) > 24*time.Hour && strings.HasPrefix(tail, suffix+".") && strings.HasSuffix(tail, unfinished)
		if err != nil || !old || !e.Type().IsRegular() {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// errEnough ends a reading that saw what it came for.
var errEnough = errors.New("enough")

// Look reads only what a backup says of itself. Its hashes are not checked.
func Look(ctx context.Context, path string, keys []byte) (Head, error) {
	f, err := os.Open(path)
	if err != nil {
		return Head{}, err
	}
	defer f.Close()
	var head Head
	_, _, err = read(ctx, f, keys, visitor{head: func(h Head) error { head = h; return errEnough }})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return head, err
}
