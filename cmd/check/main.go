// Command check is the test command: everything that must hold before a change
// goes in, on one machine, as CI runs it.
//
//	go run ./cmd/check              everything
//	go run ./cmd/check --quick      what takes about a minute (./check does this)
//	go run ./cmd/check --only test,browser
//	go run ./cmd/check --list       the steps
//	go run ./cmd/check postgres     a PostgreSQL for go test by hand, until Ctrl-C
//
// What a step needs and the machine lacks (PostgreSQL, Chromium, npm packages) is
// installed, and said. No step is left out silently: one that cannot run fails.
// The last line is as go test prints it; the exit code is 0, 1 for a failure, 2
// for wrong usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"leerkring/internal/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdout))
}

// errUsage is a mistake in the arguments.
var errUsage = errors.New("wrong usage")

type settings struct {
	quick     bool
	list      bool
	only      string
	inventory string
	fuzz      time.Duration
}

func run(ctx context.Context, args, env []string, out io.Writer) int {
	var s settings
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.BoolVar(&s.quick, "quick", false, "only the steps that together take about a minute")
	flags.BoolVar(&s.list, "list", false, "name the steps and stop")
	flags.StringVar(&s.only, "only", "", "only these `steps`, with commas")
	flags.StringVar(&s.inventory, "inventory", "", "`folder` with the inventory that methods must cover")
	flags.DurationVar(&s.fuzz, "fuzz", 3*time.Second, "how long to fuzz each parser")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	w, err := newWorkshop(env, out, s)
	if err == nil {
		err = w.work(ctx, flags.Args())
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(out, err)
		return 2
	default:
		return 1
	}
}

// work does what the arguments ask, and tells how it went.
func (w *workshop) work(ctx context.Context, rest []string) error {
	if len(rest) == 1 && rest[0] == "postgres" {
		return w.lend(ctx)
	}
	if len(rest) > 0 {
		return fmt.Errorf("%w: %s", errUsage, strings.Join(rest, " "))
	}
	chosen, err := choose(w.quick, w.only)
	if err != nil {
		return err
	}
	if w.list {
		for _, s := range chosen {
			fmt.Fprintf(w.out, "%-14s %s\n", s.name, s.says)
		}
		return nil
	}
	defer w.close()
	began := clock.System{}.Now()
	failed := w.all(ctx, chosen)
	took := clock.System{}.Now().Sub(began).Seconds()
	if len(failed) > 0 {
		fmt.Fprintf(w.out, "FAIL\tleerkring\t%.3fs\t(%s)\n", took, strings.Join(failed, ", "))
		return errors.New("failed")
	}
	fmt.Fprintf(w.out, "ok  \tleerkring\t%.3fs\n", took)
	return nil
}
