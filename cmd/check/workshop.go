package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/pgtest"
)

// workshop is where the steps work: the tree, the environment of their commands,
// and what was fetched or started for them.
type workshop struct {
	settings
	root    string
	env     []string
	out     io.Writer
	present map[need]bool
	cluster *pgtest.Cluster
}

func newWorkshop(env []string, out io.Writer, s settings) (*workshop, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(root, "cmd", "check")); err != nil {
		return nil, fmt.Errorf("%w: run this in the root of the project", errUsage)
	}
	return &workshop{settings: s, root: root, env: env, out: out, present: map[need]bool{}}, nil
}

// all does the steps and gives the names of those that failed. A failing step
// does not stop the others: one run shows everything.
func (w *workshop) all(ctx context.Context, chosen []step) (failed []string) {
	for _, s := range chosen {
		if ctx.Err() != nil {
			return append(failed, s.name+" not run")
		}
		began := clock.System{}.Now()
		note, err := w.one(ctx, s)
		took := clock.System{}.Now().Sub(began).Seconds()
		if err != nil {
			fmt.Fprintf(w.out, "FAIL %-14s %6.1fs\n%s\n", s.name, took, indent(err.Error()))
			failed = append(failed, s.name)
			continue
		}
		line := fmt.Sprintf("ok   %-14s %6.1fs  %s", s.name, took, note)
		fmt.Fprintln(w.out, strings.TrimRight(line, " "))
	}
	return failed
}

func (w *workshop) one(ctx context.Context, s step) (string, error) {
	for _, n := range s.needs {
		if err := w.provide(ctx, n); err != nil {
			return "", err
		}
	}
	return s.do(ctx, w)
}

func (w *workshop) close() {
	if w.cluster == nil {
		return
	}
	if err := w.cluster.Stop(); err != nil {
		fmt.Fprintln(w.out, "PostgreSQL:", err)
	}
}

// lend runs a PostgreSQL for somebody who tests by hand.
func (w *workshop) lend(ctx context.Context) error {
	defer w.close()
	if err := w.provide(ctx, postgres); err != nil {
		fmt.Fprintln(w.out, err)
		return err
	}
	fmt.Fprintf(w.out, "export %s='%s'\n", pgtest.Env, w.postgresURL())
	<-ctx.Done()
	return nil
}

// beat is how often a long command tells that it lives.
const beat = 30 * time.Second

// command runs a program in the root and gives what it printed. The error of a
// program that fails is its output.
func (w *workshop) command(ctx context.Context, name string, args ...string) (string, error) {
	var out tail
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = w.root, w.env
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	ended := make(chan struct{})
	var beating sync.WaitGroup
	beating.Go(func() { w.heartbeat(name+" "+args[0], ended, &out) })
	err := cmd.Run()
	close(ended)
	beating.Wait()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out.text())
	}
	return out.text(), nil
}

func (w *workshop) heartbeat(command string, ended <-chan struct{}, out *tail) {
	ticks := time.NewTicker(beat)
	defer ticks.Stop()
	for {
		select {
		case <-ended:
			return
		case <-ticks.C:
			fmt.Fprintln(w.out, "     …", command+":", out.last())
		}
	}
}

// tail keeps what a command prints, and its last line for the heartbeat.
type tail struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all.Write(p)
}

func (t *tail) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(t.all.String())
}

func (t *tail) last() string {
	lines := strings.Split(t.text(), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

func indent(text string) string {
	return "     " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n     ")
}

// failure is an error whose text is all there is to say.
func failure(format string, args ...any) error { return fmt.Errorf(format, args...) }
