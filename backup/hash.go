package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"slices"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// Hash reads a table as a backup would, and adds it up.
func Hash(ctx context.Context, s *db.Snapshot, t db.Table) (Sum, error) {
	sum := newSum(t)
	var b bytes.Buffer
	err := s.Rows(ctx, t, func(row []any) error {
		b.Reset()
		if err := encode(&b, row); err != nil {
			return err
		}
		sum.line(b.Bytes())
		return nil
	})
	return sum.sum(), err
}

// HashFiles adds up all files of a directory.
func HashFiles(ctx context.Context, files *blob.Dir) (FileSum, error) {
	names, err := namesOf(ctx, files)
	if err != nil {
		return FileSum{}, err
	}
	sum := newFileSum()
	for _, name := range names {
		f, err := files.Get(name)
		if err != nil {
			return FileSum{}, err
		}
		h := sha256.New()
		size, err := io.Copy(h, f)
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return FileSum{}, err
		}
		sum.file(name, size, h)
	}
	return sum.sum(), nil
}

// namesOf are the files of a directory in order; what is still being written is left out.
func namesOf(ctx context.Context, files *blob.Dir) ([]string, error) {
	var names []string
	err := files.Walk(ctx, func(name string, _ time.Time) error {
		if ident.Valid(name) {
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}
