package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env is where the test command leaves the address of its cluster.
const Env = "LEERKRING_TEST_POSTGRES"

// Missing is what a test says when there is no cluster.
const Missing = "PostgreSQL is missing: run the test command of the README"

// URL is the address of the server. Without one the test fails: a store that was
// not tried on both engines has not been tested.
func URL(t testing.TB) string {
	t.Helper()
	address := os.Getenv(Env)
	if address == "" {
		t.Fatal(Missing)
	}
	return address
}

// Database makes an empty database for t and gives its address. It is gone after
// the test.
func Database(t testing.TB) string {
	t.Helper()
	return fresh(t, "template0")
}

// Copy makes a database for t from the template of that name. The first who asks
// prepares the template: prepare gets the address of an empty database and must
// close every connection to it. Other processes wait, then copy.
//
// The name must change when what prepare does changes: a hash of the migrations.
func Copy(t testing.TB, name string, prepare func(address string) error) string {
	t.Helper()
	if err := ensure(t.Context(), URL(t), "template_"+name, prepare); err != nil {
		t.Fatalf("template %s: %v", name, err)
	}
	return fresh(t, "template_"+name)
}

func fresh(t testing.TB, template string) string {
	t.Helper()
	server := URL(t)
	name := "test_" + strings.ToLower(rand.Text()[:16])
	// Without fsync copying files takes half the time of copying through the log.
	if err := Exec(t.Context(), server, "create database "+quote(name)+" template "+quote(template)+" strategy file_copy"); err != nil {
		t.Fatalf("fresh database: %v", err)
	}
	t.Cleanup(func() {
		// The context of the test has ended by now.
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := Exec(ctx, server, "drop database if exists "+quote(name)+" with (force)"); err != nil {
			t.Errorf("drop database: %v", err)
		}
	})
	return named(t, server, name)
}

// ensure prepares the template once per cluster, whoever asks first. It becomes
// visible under its own name only when it is whole.
func ensure(ctx context.Context, server, name string, prepare func(string) error) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) // ends the lock too
	key := fnv.New64a()
	key.Write([]byte(name))
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(key.Sum64())); err != nil {
		return err
	}
	var made bool
	err = conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&made)
	if err != nil || made {
		return err
	}
	half := name + "_half"
	for _, sql := range []string{
		"drop database if exists " + quote(half) + " with (force)",
		"create database " + quote(half) + " template template0",
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	address, err := Named(server, half)
	if err != nil {
		return err
	}
	if err := prepare(address); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	_, err = conn.Exec(ctx, "alter database "+quote(half)+" rename to "+quote(name))
	return err
}

// Exec runs one statement on the database at address.
func Exec(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

// Named is the address of another database on the same server.
func Named(server, database string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("address of PostgreSQL: %w", err)
	}
	u.Path = "/" + database
	return u.String(), nil
}

func named(t testing.TB, server, database string) string {
	t.Helper()
	address, err := Named(server, database)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
