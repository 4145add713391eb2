package blob

import (
	"errors"
	"sync"
)

// held are the files that are to go as soon as nobody copies them any more.
type held struct {
	mu    sync.Mutex
	by    int
	going map[string]bool
}

// keeps reports that a file stays a while longer.
func (h *held) keeps(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by > 0 {
		h.going[name] = true
	}
	return h.by > 0
}

// Hold lets no file go until release is called: somebody copies what was there at one
// moment. What was to go meanwhile goes then; after a crash it is a file without a row, and
// those are swept.
func (d *Dir) Hold() (release func() error) {
	d.held.mu.Lock()
	defer d.held.mu.Unlock()
	if d.held.by++; d.held.by == 1 {
		d.held.going = map[string]bool{}
	}
	var once sync.Once
	return func() error {
		var err error
		once.Do(func() { err = d.release() })
		return err
	}
}

func (d *Dir) release() error {
	d.held.mu.Lock()
	d.held.by--
	going := d.held.going
	if d.held.by > 0 {
		going = nil // the last one to let go takes them away
	}
	d.held.mu.Unlock()
	var all []error
	for name := range going {
		all = append(all, d.Remove(name))
	}
	return errors.Join(all...)
}

// Size is how large a file is.
func (d *Dir) Size(name string) (int64, error) {
	_, path, err := place(name)
	if err != nil {
		return 0, err
	}
	info, err := d.root.Lstat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
