package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Target is where a backup is made an installation again.
type Target struct {
	Data     string // directory; it must be empty
	Database string // an empty PostgreSQL; "" for the embedded database in Data
	Steps    fs.FS  // of the schema, as this program knows them
	Now      time.Time
	Old      bool // also a backup that is older than Lasts
	Try      bool // do everything, and then throw it away
	Tell     Progress
	// Settle does what has to be done before anybody looks, in the database that is whole
	// and brought up to date.
	Settle func(ctx context.Context, d *db.DB, head Head) error
}

// Restored is what was made.
type Restored struct {
	Head  Head
	End   End
	Bytes int64
}

// Restore makes an installation of a backup. Everything is made beside its place and
// checked there: every hash again, as it lies in the new database and files. Only then it
// takes its place, at once; until then nothing is there, and it can be done again. Whoever
// calls holds the lock of the directory.
func Restore(ctx context.Context, path string, keys []byte, to Target) (Restored, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Restored{}, err
	}
	head, err := Look(ctx, path, keys)
	if err != nil {
		return Restored{}, err
	}
	if err := to.fits(head); err != nil {
		return Restored{}, err
	}
	out, err := to.restore(ctx, path, keys, head)
	out.Bytes = info.Size()
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = errors.New("the restore was broken off; nothing was put in place, it can be done again")
	case errs.Is(err, errs.KindConflict), errs.IsAbsent(err):
		err = fmt.Errorf("%w: a row in it does not fit with the others", ErrDamaged)
	}
	return out, err
}

// fits refuses a backup that this program should not restore.
func (to Target) fits(h Head) error {
	newest, err := db.Newest(to.Steps)
	if err != nil {
		return err
	}
	if h.Schema > newest {
		return fmt.Errorf("this backup is from a newer version of Leerkring (%d, this is %d): install the newest version", h.Schema, newest)
	}
	if age := to.Now.Sub(h.MadeAt); age > Lasts && !to.Old {
		return fmt.Errorf("this backup is %d days old, and what was erased since would come back: backups are for 35 days. Give --old when there is nothing newer", int(age/(24*time.Hour)))
	}
	return nil
}

// prepare makes the place where everything is made, in a directory that holds nothing of
// anybody. What a broken off restore left there goes.
func prepare(data string) error {
	staging := instance.Staging(data)
	if _, err := os.Lstat(staging); err == nil && instance.Fresh(data) {
		for _, left := range []string{instance.Files(data), staging} {
			if err := os.RemoveAll(left); err != nil {
				return err
			}
		}
	}
	list, err := os.ReadDir(data)
	if err != nil {
		return err
	}
	for _, e := range list {
		if !slices.Contains(instance.Plumbing, e.Name()) && e.Name() != "lost+found" {
			return fmt.Errorf("%s is not empty (%s is in it): a backup is restored in an empty directory", data, e.Name())
		}
	}
	return os.Mkdir(staging, 0o700)
}

func (to Target) restore(ctx context.Context, path string, keys []byte, head Head) (out Restored, err error) {
	d, err := to.place(ctx)
	if err != nil {
		return out, err
	}
	files, err := blob.Open(instance.Files(instance.Staging(to.Data)))
	if err != nil {
		return out, errors.Join(err, d.Close())
	}
	if out, err = to.fill(ctx, d, files, path, keys, head); err != nil || to.Try {
		err = errors.Join(err, d.Forget(context.WithoutCancel(ctx)), files.Close(), d.Close())
	} else if err = files.Close(); err != nil {
		err = errors.Join(err, d.Close())
	} else {
		err = to.swap(ctx, d)
	}
	return out, errors.Join(err, os.RemoveAll(instance.Staging(to.Data)))
}

// place opens an empty database, and makes the directory ready. A PostgreSQL is looked at
// first: when something is in it, nothing is touched.
func (to Target) place(ctx context.Context) (*db.DB, error) {
	if to.Database == "" || to.Try {
		if err := prepare(to.Data); err != nil {
			return nil, err
		}
		return db.Open(ctx, "sqlite:"+instance.File(instance.Staging(to.Data)))
	}
	d, err := db.Open(ctx, to.Database)
	if err != nil {
		return nil, err
	}
	if err = d.Clear(ctx); err == nil {
		err = prepare(to.Data)
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// fill loads everything, brings it up to date, settles it, and checks it.
func (to Target) fill(ctx context.Context, d *db.DB, files *blob.Dir, path string, keys []byte, head Head) (Restored, error) {
	out, err := to.load(ctx, d, files, path, keys, head)
	if err != nil {
		return out, err
	}
	if err := d.Migrate(ctx, to.Steps); err != nil {
		return out, err
	}
	if to.Settle != nil {
		if err := to.Settle(ctx, d, head); err != nil {
			return out, err
		}
	}
	if !head.Whole {
		return out, nil // only the database
	}
	got, err := HashFiles(ctx, files)
	if err == nil && got != out.End.Files {
		err = errors.New("the files are not what was put there")
	}
	return out, err
}

// swap puts what is whole in its place. The database comes last: without it there is
// nothing, and with it there is everything.
func (to Target) swap(ctx context.Context, d *db.DB) error {
	staging := instance.Staging(to.Data)
	if err := os.Rename(instance.Files(staging), instance.Files(to.Data)); err != nil {
		return errors.Join(err, d.Close())
	}
	if err := errors.Join(syncDir(to.Data), d.Loaded(ctx), d.Close()); err != nil {
		return err
	}
	if to.Database != "" {
		return nil
	}
	f, err := os.Open(instance.File(staging)) // closing folded its log into it
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(instance.File(staging), instance.File(to.Data)); err != nil {
		return err
	}
	return syncDir(to.Data)
}

// load puts everything in, and reads every table back from where it now lies.
func (to Target) load(ctx context.Context, d *db.DB, files *blob.Dir, path string, keys []byte, head Head) (out Restored, err error) {
	f, err := os.Open(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return out, err
	}
	err = d.Load(ctx, to.Steps, head.Schema, func(l *db.Loader) error {
		known, err := l.Tables(ctx)
		if err != nil {
			return err
		}
		got, end, err := read(ctx, f, keys, visitor{
			head: func(h Head) error { return same(h, known) },
			rows: func(t db.Table, rows [][]any) error { return l.Insert(ctx, t, rows) },
			file: func(name string, _ int64, content io.Reader) error { return files.Put(name, content) },
			far:  func(n int64) { to.tell(StepTables, n, info.Size()) },
		})
		if err != nil {
			return err
		}
		if got.ID != head.ID {
			return errors.New("the backup was changed while it was read")
		}
		out.Head, out.End = got, end
		return to.checkTables(ctx, l, known, end)
	})
	return out, err
}

func (to Target) tell(step string, done, total int64) {
	if to.Tell != nil {
		to.Tell(step, done, total)
	}
}

// same refuses a table or column that the schema of that step does not have.
func same(h Head, known []db.Table) error {
	for _, t := range h.Tables {
		i := slices.IndexFunc(known, func(k db.Table) bool { return k.Name == t.Name })
		if i < 0 {
			return fmt.Errorf("this backup has a table %s that its schema does not have", t.Name)
		}
		for _, c := range t.Columns {
			if !slices.Contains(known[i].Columns, c) {
				return fmt.Errorf("this backup has a column %s.%s that its schema does not have", t.Name, c.Name)
			}
		}
	}
	return nil
}

// checkTables reads every table back.
func (to Target) checkTables(ctx context.Context, l *db.Loader, known []db.Table, end End) error {
	done := int64(0)
	for _, want := range end.Tables {
		i := slices.IndexFunc(known, func(k db.Table) bool { return k.Name == want.Name })
		got, err := Hash(ctx, &l.Snapshot, known[i])
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is not what was put into it", want.Name)
		}
		done += got.Rows
		to.tell(StepCheck, done, end.Rows())
	}
	return nil
}
