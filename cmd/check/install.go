package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"leerkring/internal/pgtest"
	"leerkring/test/browser"
)

// need is something outside the tree that a step cannot do without.
type need int

const (
	postgres need = iota
	chromium
	npm
	axe
	compiler
	office // opens documents, and tells what a PDF holds
	post
)

// provide makes sure of a need, once per run.
func (w *workshop) provide(ctx context.Context, n need) error {
	if w.present[n] {
		return nil
	}
	var err error
	switch n {
	case postgres:
		err = w.startPostgres(ctx)
	case chromium:
		err = w.install(ctx, browserThere, "chromium")
	case npm:
		err = w.install(ctx, programs("node", "npm"), "nodejs", "npm")
	case axe:
		err = errors.Join(w.provide(ctx, npm), w.installAxe(ctx))
	case office:
		err = w.install(ctx, programs("soffice", "pdfinfo"), "libreoffice-writer-nogui", "poppler-utils")
	case post:
		err = w.install(ctx, postThere, "exim4-daemon-light", "dovecot-imapd", "python3-icalendar", "python3-vobject")
	case compiler:
		err = w.install(ctx, programs("gcc"), "gcc", "libc6-dev")
	}
	w.present[n] = err == nil
	return err
}

// startPostgres starts the cluster of this run, unless somebody gave one.
func (w *workshop) startPostgres(ctx context.Context) error {
	if w.postgresURL() != "" {
		return nil
	}
	there := func() error { _, err := pgtest.FindBinaries(); return err }
	if err := w.install(ctx, there, "postgresql"); err != nil {
		return err
	}
	cluster, err := pgtest.Start(ctx)
	if err != nil {
		return err
	}
	w.cluster = cluster
	w.env = append(w.env, pgtest.Env+"="+cluster.URL)
	fmt.Fprintf(w.out, "     PostgreSQL %s for this run\n", cluster.Version)
	return nil
}

func (w *workshop) postgresURL() string { return w.value(pgtest.Env) }

// value is what the environment of the commands says, the last word first.
func (w *workshop) value(name string) string {
	for i := len(w.env) - 1; i >= 0; i-- {
		if rest, ok := cutKey(w.env[i], name); ok {
			return rest
		}
	}
	return ""
}

func cutKey(entry, name string) (string, bool) {
	if len(entry) > len(name) && entry[:len(name)] == name && entry[len(name)] == '=' {
		return entry[len(name)+1:], true
	}
	return "", false
}

// install gets system packages when there says that something lacks, and says so.
func (w *workshop) install(ctx context.Context, there func() error, packages ...string) error {
	lacks := there()
	if lacks == nil {
		return nil
	}
	apt, err := exec.LookPath("apt-get")
	if err != nil {
		return fmt.Errorf("%w: install %v by hand, this machine has no apt-get", lacks, packages)
	}
	fmt.Fprintf(w.out, "     installs %v with apt-get\n", packages)
	begin := []string{"env", "DEBIAN_FRONTEND=noninteractive", apt}
	if os.Geteuid() != 0 {
		begin = append([]string{"sudo", "-n"}, begin...)
	}
	for _, rest := range [][]string{{"update", "-q"}, append([]string{"install", "-y", "-q", "--no-install-recommends"}, packages...)} {
		line := append(append([]string{}, begin...), rest...)
		if _, err := w.command(ctx, line[0], line[1:]...); err != nil {
			return err
		}
	}
	return there()
}

func browserThere() error { _, err := browser.Find(); return err }

// postThere reports whether there are the servers and readers of mail and calendars that
// test/monday starts.
func postThere() error {
	if err := programs("/usr/sbin/exim4", "/usr/sbin/dovecot", "/usr/bin/python3")(); err != nil {
		return err
	}
	if err := exec.Command("/usr/bin/python3", "-c", "import icalendar, vobject").Run(); err != nil {
		return fmt.Errorf("python3 has no icalendar or vobject: %w", err)
	}
	return nil
}

func programs(names ...string) func() error {
	return func() error {
		for _, name := range names {
			if _, err := exec.LookPath(name); err != nil {
				return err
			}
		}
		return nil
	}
}

// installAxe fetches exactly what the lock file says, unless it lies there.
func (w *workshop) installAxe(ctx context.Context) error {
	home := filepath.Join(w.root, "test", "browser")
	lock, err := os.ReadFile(filepath.Join(home, "package-lock.json"))
	if err != nil {
		return err
	}
	want := fmt.Sprintf("%x", sha256.Sum256(lock))
	stamp := filepath.Join(home, "node_modules", ".leerkring-lock")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	fmt.Fprintln(w.out, "     fetches axe-core with npm")
	if _, err := w.command(ctx, "npm", "ci", "--prefix", home, "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}
