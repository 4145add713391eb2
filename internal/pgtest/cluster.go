package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a running server. It belongs to whoever called Start.
type Cluster struct {
	URL     string // address of its maintenance database
	Version string // what the server says it is

	dir    string
	server *exec.Cmd
	ended  chan error
}

// Start makes and starts a cluster. The error names what is missing.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := FindBinaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(place(), "leerkring-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	if err := c.start(ctx, bin); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context, bin string) error {
	as, err := serverUser()
	if err != nil {
		return err
	}
	if err := as.own(c.dir); err != nil {
		return err
	}
	password := rand.Text()
	if err := c.initialise(ctx, bin, as, password); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	if err := c.launch(bin, as, port); err != nil {
		return err
	}
	address := url.URL{
		Scheme: "postgres", User: url.UserPassword("leerkring", password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/postgres", RawQuery: "sslmode=disable",
	}
	c.URL = address.String()
	return c.await(ctx)
}

// initialise makes the data directory. The server listens on loopback and asks a
// password: other people on the machine may not become its superuser.
func (c *Cluster) initialise(ctx context.Context, bin string, as owner, password string) error {
	secret := filepath.Join(c.dir, "password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return err
	}
	if err := as.own(secret); err != nil {
		return err
	}
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"--pgdata", filepath.Join(c.dir, "data"), "--username", "leerkring", "--pwfile", secret,
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	as.run(initdb, c.dir)
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return os.Remove(secret)
}

// launch starts the server as a child, without the safety that only a database
// which is to survive a crash needs.
func (c *Cluster) launch(bin string, as owner, port int) error {
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", filepath.Join(c.dir, "data"), "-p", strconv.Itoa(port)}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=400",
		"fsync=off", "full_page_writes=off", "shared_buffers=128MB", "max_wal_size=512MB", "autovacuum=off",
	} {
		args = append(args, "-c", setting)
	}
	c.server = exec.Command(filepath.Join(bin, "postgres"), args...)
	c.server.Stdout, c.server.Stderr = log, log
	as.run(c.server, c.dir)
	if err := c.server.Start(); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	c.ended = make(chan error, 1)
	go func() { c.ended <- c.server.Wait() }()
	return nil
}

// await returns when the server answers, or with its log when it does not.
func (c *Cluster) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		err := c.ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case ended := <-c.ended:
			c.ended <- ended
			return fmt.Errorf("postgres ended: %v\n%s", ended, c.log())
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w\n%s", err, c.log())
		case <-time.After(30 * time.Millisecond):
		}
	}
}

func (c *Cluster) ask(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.URL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.QueryRow(ctx, "select current_setting('server_version')").Scan(&c.Version)
}

func (c *Cluster) log() []byte {
	text, err := os.ReadFile(filepath.Join(c.dir, "log"))
	if err != nil {
		return []byte(err.Error())
	}
	return text
}

// Stop ends the server at once and removes everything of it. It may be called
// twice.
func (c *Cluster) Stop() error {
	if c.ended != nil {
		// SIGQUIT is PostgreSQL's immediate shutdown. An error only means that
		// the server is gone already.
		_ = c.server.Process.Signal(quit)
		select {
		case <-c.ended:
		case <-time.After(10 * time.Second):
			_ = c.server.Process.Kill()
			<-c.ended
		}
		c.ended = nil
	}
	return os.RemoveAll(c.dir)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
