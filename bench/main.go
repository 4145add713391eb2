// Command bench measures the numbers that Leerkring promises, as ratios against a floor: a
// handler of the same server that checks the sign-in, does one indexed read, and writes a
// ready-made page of the same size. It judges nothing; docs/performance.md holds what it
// printed and on which machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

type options struct {
	seconds  time.Duration
	workers  int
	schools  int
	active   int
	database string
}

func main() {
	var o options
	flag.DurationVar(&o.seconds, "for", 5*time.Second, "length of one measurement")
	flag.IntVar(&o.workers, "workers", 8, "requests at the same time")
	flag.IntVar(&o.schools, "schools", 1, "schools on the board: 1 for a school, 40 for a board")
	flag.IntVar(&o.active, "active", 500, "teachers at the same time: one page each five seconds, one in six writes")
	flag.StringVar(&o.database, "database", "", "an empty PostgreSQL instead of the embedded database")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "leerkring-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "leerkring")
	fmt.Println("building …")
	if out, err := exec.Command("go", "build", "-tags", "bench", "-o", binary, "leerkring/cmd/leerkring").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	p, err := start(binary, dir, o.database)
	if err != nil {
		return err
	}
	defer p.stop()
	fmt.Printf("first start, with making the demo: %s\n", p.started.Round(time.Millisecond))
	fmt.Printf("loading %d school(s) …\n", o.schools)
	s, err := load(ctx, p, dir, o)
	if err != nil {
		return err
	}
	p.stop()
	if p, err = start(binary, dir, o.database); err != nil {
		return err
	}
	defer p.stop()
	fmt.Printf("start on existing data, until ready: %s\n", p.started.Round(time.Millisecond))
	if err := s.signIn(p); err != nil {
		return err
	}
	if _, err := s.visit(s.pages[0].path); err != nil {
		return err
	}
	time.Sleep(2 * time.Second)
	fmt.Printf("memory, idle: %d MB\n", p.memory()>>20)
	if err := throughput(ctx, s, o); err != nil {
		return err
	}
	if err := durable(ctx, s, o); err != nil {
		return err
	}
	if err := teachers(ctx, s, o); err != nil {
		return err
	}
	fmt.Printf("memory, after the load: %d MB (highest %d MB)\n", p.memory()>>20, p.highest()>>20)
	return nil
}
