// Command dev is the loop of somebody who changes Leerkring: it builds styles,
// islands and templates, starts the program, and does what is needed again each
// time a file is saved.
//
//	go run ./cmd/dev                               the demo school on port 8080
//	go run ./cmd/dev serve --addr :8080 --data d   any other command of the program
//
// A build that fails is shown, and the old program keeps running.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// glance is how often the tree is looked at. Looking costs a few milliseconds and
// works on every file system.
const glance = 400 * time.Millisecond

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		args = []string{"demo", "--addr", "127.0.0.1:8080"}
	}
	l := &loop{out: out, args: args}
	defer l.stop()
	seen, err := look(".")
	if err != nil {
		return err
	}
	l.turn(ctx, everything(seen))
	first, err := look(".")
	if err != nil {
		return err
	}
	seen.absorb(first)
	ticks := time.NewTicker(glance)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
		now, err := look(".")
		if err != nil {
			return err
		}
		if changed := now.since(seen); len(changed) > 0 {
			l.turn(ctx, tasksFor(changed))
			after, err := look(".")
			if err != nil {
				return err
			}
			now.absorb(after)
		}
		seen = now
	}
}
