package db

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"leerkring/internal/errs"
)

// Migrate brings the database to the newest step in files, each step in a transaction
// of its own. A database that is newer than the program is refused and left as it is.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	p, err := d.provider(files)
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the database's version: %w", classify(err))
	}
	if have > want {
		return &errs.Error{Kind: errs.KindUnavailable, Fields: []errs.Field{{Key: "db.newer", Args: []any{"have", have, "want", want}}}}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the database up to date: %w", classify(err))
	}
	return nil
}

// Newest is the last step in files: what a program knows of.
func Newest(files fs.FS) (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, err
	}
	return goose.NumericComponent(names[len(names)-1])
}

// migrateTo takes an empty database as far as one step.
func (d *DB) migrateTo(ctx context.Context, files fs.FS, version int64) error {
	p, err := d.provider(files)
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("make the tables: %w", classify(err))
	}
	return nil
}

// Pending reports whether Migrate would change an existing database: then a copy is made first.
func (d *DB) Pending(ctx context.Context, files fs.FS) (existing, pending bool, err error) {
	p, err := d.provider(files)
	if err != nil {
		return false, false, err
	}
	have, want, err := p.GetVersions(ctx)
	return have > 0, have < want, classify(err)
}

func (d *DB) provider(files fs.FS) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, d.write, branchFS{files, d.engine}, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// branchFS shows each migration with only the branches of one engine.
type branchFS struct {
	fs.FS
	engine Engine
}

func (b branchFS) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return f, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &branchFile{info: info, Reader: bytes.NewReader([]byte(ForEngine(string(raw), b.engine)))}, nil
}

type branchFile struct {
	info fs.FileInfo
	*bytes.Reader
}

func (f *branchFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *branchFile) Close() error               { return nil }
