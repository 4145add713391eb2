package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/ident"
)

func open(t *testing.T) (*Dir, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, dir
}

func name() string { return ident.At(time.Unix(1_800_000_000, 0)) }

// files are all files below a directory, as the machine sees them.
func files(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, e.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func walked(t *testing.T, d *Dir) (out []string) {
	t.Helper()
	if err := d.Walk(t.Context(), func(name string, at time.Time) error {
		if at.IsZero() {
			t.Errorf("%s has no moment", name)
		}
		out = append(out, name)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAFileIsThereUntilItIsRemoved(t *testing.T) {
	t.Parallel()
	d, dir := open(t)
	id := name()
	if err := d.Put(id, strings.NewReader("wit bord")); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(id, strings.NewReader("iets anders")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that is taken: %v", err)
	}
	again, err := Open(dir) // the next start of the house
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	f, err := again.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil || string(got) != "bord" {
		t.Errorf("%q, %v", got, err)
	}
	if got := walked(t, d); !slices.Equal(got, []string{id}) {
		t.Errorf("walked %v", got)
	}
	info, err := os.Stat(filepath.Join(dir, id[len(id)-2:], id))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	for range 2 { // the second finds nothing, and says nothing
		if err := d.Remove(id); err != nil {
			t.Error(err)
		}
	}
	if _, err := d.Get(id); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after removing: %v", err)
	}
}

// T-F2: whatever is asked for, nothing outside of the directory is touched.
func TestProofF2_NoNameLeadsOutside(t *testing.T) {
	t.Parallel()
	d, dir := open(t)
	outside := filepath.Join(filepath.Dir(dir), "secret")
	if err := os.WriteFile(outside, []byte("geheim"), 0o600); err != nil {
		t.Fatal(err)
	}
	id := name()
	folder := filepath.Join(dir, id[len(id)-2:])
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, id)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "..", "../secret", "/etc/passwd", outside, id + "/../../secret", "a\x00b", strings.ToUpper(id), id + ".new.new", id + ".jpg"} {
		if err := d.Put(bad, strings.NewReader("x")); err == nil {
			t.Errorf("put %q was taken", bad)
		}
		if f, err := d.Get(bad); err == nil {
			t.Errorf("get %q was given: %v", bad, f)
		}
		if err := d.Remove(bad); err == nil {
			t.Errorf("remove %q was done", bad)
		}
	}
	if f, err := d.Get(id); err == nil {
		raw, _ := io.ReadAll(f)
		t.Errorf("a link to outside was followed: %q", raw)
	}
	if err := d.Put(id, strings.NewReader("x")); err == nil {
		t.Error("a link to outside was written through")
	}
	if raw, err := os.ReadFile(outside); err != nil || string(raw) != "geheim" {
		t.Errorf("%q %v", raw, err)
	}
}

// The order is the promise: content, then its name, then the folder that holds the name.
func TestTheOrderOfWhatIsMadeDurable(t *testing.T) {
	t.Parallel()
	d, _ := open(t)
	var steps []string
	d.at = func(step string) error { steps = append(steps, step); return nil }
	id := name()
	if err := d.Put(id, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if want := []string{"sync root", "sync file", "rename", "sync folder"}; !slices.Equal(steps, want) {
		t.Errorf("%v, want %v", steps, want)
	}
}

var errPower = errors.New("no power")

// T-R2: wherever it stops, a name holds the whole file or nothing, Put says that it
// failed, and what was begun is found by the walk.
func TestProofR2_StoppedAtEachBorder(t *testing.T) {
	t.Parallel()
	for _, border := range []string{"sync root", "sync file", "rename", "sync folder"} {
		t.Run(border, func(t *testing.T) {
			t.Parallel()
			d, dir := open(t)
			d.at = func(step string) error {
				if step == border {
					return errPower
				}
				return nil
			}
			id, whole := name(), bytes.Repeat([]byte("wit bord"), 5000)
			if err := d.Put(id, bytes.NewReader(whole)); !errors.Is(err, errPower) {
				t.Fatalf("stopped at %s: %v", border, err)
			}
			d.at = nil
			if raw, err := os.ReadFile(filepath.Join(dir, id[len(id)-2:], id)); err == nil && !bytes.Equal(raw, whole) {
				t.Errorf("half a file: %d bytes", len(raw))
			}
			if left, seen := files(t, dir), walked(t, d); !slices.Equal(left, seen) {
				t.Errorf("%v lies there, the walk sees %v", left, seen)
			}
			// What a disk holds after a failed sync nobody knows.
			err := d.Put(name(), strings.NewReader("x"))
			if synced := border != "rename"; synced != errors.Is(err, ErrBroken) {
				t.Errorf("the next after %s: %v", border, err)
			}
			for _, n := range walked(t, d) {
				if err := d.Remove(n); err != nil {
					t.Error(err)
				}
			}
			if left := files(t, dir); len(left) > 0 {
				t.Errorf("cannot be removed: %v", left)
			}
		})
	}
}

func TestABrokenReaderLeavesNothing(t *testing.T) {
	t.Parallel()
	d, dir := open(t)
	if err := d.Put(name(), io.MultiReader(strings.NewReader("half"), broken{})); !errors.Is(err, errPower) {
		t.Errorf("%v", err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if err := d.Put(name(), strings.NewReader("x")); err != nil {
		t.Errorf("the next: %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errPower }

func TestAWalkEndsWithItsContext(t *testing.T) {
	t.Parallel()
	d, _ := open(t)
	if err := d.Put(name(), strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := d.Walk(ctx, func(string, time.Time) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWhatIsCopiedGoesAfterwards(t *testing.T) {
	t.Parallel()
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	name := ident.At(time.Now())
	if err := d.Put(name, strings.NewReader("photo")); err != nil {
		t.Fatal(err)
	}
	there := func() bool { _, err := d.Size(name); return err == nil }
	first, second := d.Hold(), d.Hold()
	if err := d.Remove(name); err != nil || !there() {
		t.Fatalf("it must stay while it is copied: %v", err)
	}
	if err := errors.Join(first(), first()); err != nil || !there() {
		t.Fatalf("another one still copies: %v", err)
	}
	if err := second(); err != nil || there() {
		t.Fatalf("now it goes: %v", err)
	}
}
