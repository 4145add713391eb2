package pgtest

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestMain gives these tests a cluster of their own: they prove the one that the
// other packages get from the test command.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		cluster, err := Start(context.Background())
		if err != nil {
			println(Missing+":", err.Error())
			return 1
		}
		defer cluster.Stop()
		os.Setenv(Env, cluster.URL)
		return m.Run()
	}())
}

func TestADatabaseIsEmptyAndGoneAfterItsTest(t *testing.T) {
	var address string
	t.Run("while it lives", func(t *testing.T) {
		address = Database(t)
		if err := Exec(t.Context(), address, "create table note (id text primary key)"); err != nil {
			t.Fatal(err)
		}
		if other := Database(t); count(t, other) != 0 {
			t.Error("a second database has the table of the first")
		}
	})
	if err := Exec(t.Context(), address, "select 1"); err == nil {
		t.Error("the database is still there after its test")
	}
}

func TestATemplateIsPreparedOnceForAllWhoAskTogether(t *testing.T) {
	var mu sync.Mutex
	prepared := 0
	prepare := func(address string) error {
		mu.Lock()
		prepared++
		mu.Unlock()
		return Exec(context.Background(), address, "create table note (id text primary key)")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if count(t, Copy(t, "once", prepare)) != 1 {
				t.Error("a copy misses the table of its template")
			}
		})
	}
	all.Wait()
	if prepared != 1 {
		t.Errorf("prepared %d times", prepared)
	}
}

func TestATemplateThatFailsIsMadeAgain(t *testing.T) {
	broken := errors.New("no")
	err := ensure(t.Context(), URL(t), "template_again", func(string) error { return broken })
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	copied := Copy(t, "again", func(address string) error {
		return Exec(context.Background(), address, "create table note (id text primary key)")
	})
	if count(t, copied) != 1 {
		t.Error("the second try did not prepare the template")
	}
}

func TestStopRemovesEverything(t *testing.T) {
	cluster, err := Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(cluster.URL, "127.0.0.1") {
		t.Errorf("listens on %s", cluster.URL)
	}
	if err := cluster.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Stop(); err != nil {
		t.Errorf("second Stop: %v", err)
	}
	if _, err := os.Stat(cluster.dir); !os.IsNotExist(err) {
		t.Errorf("left behind: %v", err)
	}
	if err := Exec(t.Context(), cluster.URL, "select 1"); err == nil {
		t.Error("the server still answers")
	}
}

func TestWithoutAnAddressATestFailsWithOneLine(t *testing.T) {
	t.Setenv(Env, "")
	said := &refusal{TB: t}
	done := make(chan struct{})
	go func() { defer close(done); URL(said) }()
	<-done
	if said.line != Missing {
		t.Errorf("said %q", said.line)
	}
}

func TestMajorVersionReadsWhatPackagesPrint(t *testing.T) {
	for text, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)": 15,
		"postgres (PostgreSQL) 18beta1":                        18,
		"postgres (PostgreSQL) 9.6.24":                         9,
		"something else 17":                                    0,
	} {
		if got := majorVersion(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

// refusal is a test that only remembers why it failed.
type refusal struct {
	testing.TB
	line string
}

func (r *refusal) Helper() {}

func (r *refusal) Fatal(args ...any) {
	r.line, _ = args[0].(string)
	// The real Fatal ends the goroutine of the test; URL does nothing after it
	// but return the empty address.
}

func count(t *testing.T, address string) (tables int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables); err != nil {
		t.Fatal(err)
	}
	return tables
}
