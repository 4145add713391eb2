// Package dbtest gives a test a database of its own, brought up to date, on both
// engines. It never skips: a missing PostgreSQL fails with one line that says so.
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
	"leerkring/migrations"
)

// Each runs f once on SQLite and once on PostgreSQL, each time on a fresh database.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, Postgres(t)) })
}

var template struct {
	sync.Mutex
	file string // a SQLite file with all migrations done
	name string // a PostgreSQL database with all migrations done
}

// SQLite returns a fresh database in a file of the test's own.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, "sqlite:"+SQLiteFile(t))
}

// SQLiteFile returns the path of a fresh database file with all migrations done.
func SQLiteFile(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "leerkring.db")
	raw, err := os.ReadFile(sqliteTemplate(t))
	if err == nil {
		err = os.WriteFile(file, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func sqliteTemplate(t testing.TB) string {
	template.Lock()
	defer template.Unlock()
	if template.file != "" {
		return template.file
	}
	dir, err := os.MkdirTemp("", "leerkring-template")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "template.db")
	d, err := db.Open(context.Background(), "sqlite:"+file)
	if err == nil {
		err = d.Migrate(context.Background(), migrations.Files)
	}
	if err == nil {
		err = d.Close() // the log is folded into the file
	}
	if err != nil {
		t.Fatalf("template database: %v", err)
	}
	template.file = file
	return file
}

// AdminURL returns the address of the PostgreSQL of this test run, or fails the test.
func AdminURL(t testing.TB) string {
	t.Helper()
	address := os.Getenv("LEERKRING_TEST_POSTGRES")
	if address == "" {
		t.Fatal("PostgreSQL is missing: run the test command of the README, or set LEERKRING_TEST_POSTGRES")
	}
	return address
}

// Postgres returns a fresh database on the PostgreSQL of this test run.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, PostgresURL(t))
}

// PostgresURL makes a fresh database with all migrations done and returns its address.
func PostgresURL(t testing.TB) string {
	t.Helper()
	admin := AdminURL(t)
	from := postgresTemplate(t, admin)
	name := "t_" + ident.At(clock.System{}.Now())
	run(t, admin, fmt.Sprintf(`create database %s template %s strategy file_copy`, name, from))
	t.Cleanup(func() { run(t, admin, fmt.Sprintf(`drop database if exists %s with (force)`, name)) })
	return withName(t, admin, name)
}

// Empty returns the address of a database in which nothing is yet: for a test of the steps.
func Empty(t testing.TB, engine db.Engine) string {
	t.Helper()
	if engine == db.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "leerkring.db")
	}
	admin := AdminURL(t)
	name := "t_" + ident.At(clock.System{}.Now())
	run(t, admin, `create database `+name)
	t.Cleanup(func() { run(t, admin, fmt.Sprintf(`drop database if exists %s with (force)`, name)) })
	return withName(t, admin, name)
}

func postgresTemplate(t testing.TB, admin string) string {
	t.Helper()
	template.Lock()
	defer template.Unlock()
	if template.name != "" {
		return template.name
	}
	name := "template_" + fingerprint(t)
	c, err := pgx.Connect(context.Background(), admin)
	if err != nil {
		t.Fatalf("PostgreSQL does not answer: %v", err)
	}
	defer c.Close(context.Background())
	// Several test programs run at once: the first makes the template, the others wait.
	if _, err := c.Exec(context.Background(), `select pg_advisory_lock(hashtext($1))`, name); err != nil {
		t.Fatal(err)
	}
	var ready bool
	if err := c.QueryRow(context.Background(), `select exists (select 1 from pg_database where datname = $1 and datistemplate)`, name).Scan(&ready); err != nil {
		t.Fatal(err)
	}
	if !ready {
		run(t, admin, `drop database if exists `+name)
		run(t, admin, `create database `+name)
		d, err := db.Open(context.Background(), withName(t, admin, name))
		if err == nil {
			err = d.Migrate(context.Background(), migrations.Files)
		}
		if err != nil {
			t.Fatalf("template database: %v", err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		run(t, admin, `alter database `+name+` is_template true`)
	}
	template.name = name
	return name
}

// fingerprint names the present set of migrations.
func fingerprint(t testing.TB) string {
	sum := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		raw, err := fs.ReadFile(migrations.Files, n)
		if err != nil {
			t.Fatal(err)
		}
		sum.Write([]byte(n))
		sum.Write(raw)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

func run(t testing.TB, address, statement string) {
	t.Helper()
	c, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatalf("PostgreSQL does not answer: %v", err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", strings.SplitN(statement, " ", 3)[:2], err)
	}
}

func withName(t testing.TB, address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}
