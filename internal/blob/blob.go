package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"leerkring/internal/ident"
)

// ErrBroken tells that a sync failed earlier: no file is taken until the house is opened again.
var ErrBroken = errors.New("blob: a sync failed, nothing more is taken")

// unfinished is behind the name of a file that is being written.
const unfinished = ".new"

// Dir is a directory of files.
type Dir struct {
	root   *os.Root
	making sync.Mutex      // of folders: two at once would each believe that the other synced
	made   map[string]bool // folders whose own name is on disk, as far as this process made sure
	broken atomic.Bool
	held   held
	at     func(step string) error // a test stops here at each border; nil in the product
}

// Open opens a directory, and makes it when it is new.
func Open(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return &Dir{root: root, made: map[string]bool{}}, nil
}

// Close lets the directory go.
func (d *Dir) Close() error { return d.root.Close() }

// place is where a file lies: the last two characters of an id are spread evenly.
func place(name string) (folder, path string, err error) {
	if !ident.Valid(strings.TrimSuffix(name, unfinished)) {
		return "", "", fmt.Errorf("blob: no name of a file: %w", fs.ErrInvalid)
	}
	id := strings.TrimSuffix(name, unfinished)
	folder = id[len(id)-2:]
	return folder, folder + "/" + name, nil
}

// Put keeps a file under a new name. When it returns nil the file survives a loss of power.
func (d *Dir) Put(name string, content io.Reader) error {
	if d.broken.Load() {
		return ErrBroken
	}
	folder, path, err := place(name)
	if err != nil {
		return err
	}
	if strings.HasSuffix(name, unfinished) {
		return fmt.Errorf("blob: no name of a file: %w", fs.ErrInvalid)
	}
	if _, err := d.root.Lstat(path); err == nil {
		return fmt.Errorf("blob %s: %w", name, fs.ErrExist)
	}
	if err := d.folder(folder); err != nil {
		return fmt.Errorf("blob %s: %w", name, err)
	}
	if err := d.write(path+unfinished, content); err != nil {
		_ = d.root.Remove(path + unfinished) // what is left of it the sweep takes
		return fmt.Errorf("blob %s: %w", name, err)
	}
	if err := d.step("rename", func() error { return d.root.Rename(path+unfinished, path) }); err != nil {
		return fmt.Errorf("blob %s: %w", name, err)
	}
	if err := d.sync("sync folder", folder); err != nil {
		return fmt.Errorf("blob %s: %w", name, err)
	}
	return nil
}

// folder makes a folder, durably; once is enough for a process.
func (d *Dir) folder(folder string) error {
	d.making.Lock()
	defer d.making.Unlock()
	if d.made[folder] {
		return nil
	}
	// One that is there may be the work of a process that was killed before it synced.
	if err := d.root.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := d.sync("sync root", "."); err != nil {
		return err
	}
	d.made[folder] = true
	return nil
}

func (d *Dir) write(path string, content io.Reader) error {
	f, err := d.root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err == nil {
		err = d.step("sync file", f.Sync)
		if err != nil {
			d.broken.Store(true)
		}
	}
	return errors.Join(err, f.Close())
}

// sync makes the entries of a folder durable.
func (d *Dir) sync(step, folder string) error {
	err := d.step(step, func() error {
		f, err := d.root.Open(folder)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
	if err != nil {
		d.broken.Store(true)
	}
	return err
}

func (d *Dir) step(name string, f func() error) error {
	if d.at != nil {
		if err := d.at(name); err != nil {
			return err
		}
	}
	return f()
}

// Get opens a file; fs.ErrNotExist tells that there is none of this name.
func (d *Dir) Get(name string) (io.ReadSeekCloser, error) {
	_, path, err := place(name)
	if err != nil {
		return nil, err
	}
	f, err := d.root.Open(path)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", name, err)
	}
	return f, nil
}

// Remove takes a file away; one that is gone already is no error.
func (d *Dir) Remove(name string) error {
	_, path, err := place(name)
	if err != nil || d.held.keeps(name) {
		return err
	}
	if err := d.root.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob %s: %w", name, err)
	}
	return nil
}

// Walk tells every name with the moment at which it was written, also of what was broken
// off while it was written. Names that the house did not make are left alone.
func (d *Dir) Walk(ctx context.Context, visit func(name string, at time.Time) error) error {
	return fs.WalkDir(d.root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if e.IsDir() {
			return nil
		}
		if _, at, err := place(e.Name()); err != nil || at != path {
			return nil // not ours
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // taken away meanwhile
		}
		if err != nil {
			return err
		}
		return visit(e.Name(), info.ModTime())
	})
}
