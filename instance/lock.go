package instance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ErrRunning tells that another program holds the data directory.
var ErrRunning = errors.New("a server is running on this data directory")

const (
	lockFile   = "leerkring.lock"
	socketFile = "leerkring.sock"
)

// Lock is the hold on a data directory.
type Lock struct{ file *os.File }

// Hold makes the data directory when it is new and takes its lock; ErrRunning when
// another program has it. The lock falls with the process, whatever ends it.
func Hold(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // the lock is what counts
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrRunning
		}
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	return &Lock{f}, nil
}

// Release lets the directory go.
func (l *Lock) Release() error { return l.file.Close() }

const demoMark = "leerkring.demo"

// MarkDemo notes that a demo made this directory.
func MarkDemo(dir string) error {
	return os.WriteFile(filepath.Join(dir, demoMark), []byte("made by leerkring demo\n"), 0o600)
}

// IsDemo reports whether a demo made this directory.
func IsDemo(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, demoMark))
	return err == nil
}

// Fresh reports whether the directory holds nothing of ours yet.
func Fresh(dir string) bool {
	_, err := os.Stat(File(dir))
	return errors.Is(err, os.ErrNotExist)
}

// File is the database file of a data directory.
func File(dir string) string { return filepath.Join(dir, "leerkring.db") }

// Files is the folder of what people bring, such as photos.
func Files(dir string) string { return filepath.Join(dir, "files") }

// Exports is the folder of files in which people take their things along. No backup holds it.
func Exports(dir string) string { return filepath.Join(dir, "exports") }

// Staging is where a restore makes everything before it takes its place.
func Staging(dir string) string { return filepath.Join(dir, "restoring") }

// Plumbing are the names of files by which a program knows that it runs, and nothing else.
var Plumbing = []string{lockFile, socketFile}

// HalfRestored reports whether a restore was broken off here: what is there is not whole.
func HalfRestored(dir string) bool {
	_, err := os.Lstat(Staging(dir))
	return err == nil
}
