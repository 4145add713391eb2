// Command bench measures the numbers that Leerkring promises, as ratios against a floor: a
// handler of the same server that checks the sign-in, does one indexed read, and writes a
// ready-made page: the bytes of the page that it is compared with. It judges nothing;
// docs/performance.md holds what it printed and on which machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type options struct {
	seconds  time.Duration
	workers  int
	schools  []int
	active   int
	open     int
	gzip     bool
	database string
	profile  string
}

func main() {
	var o options
	sizes := flag.String("schools", "1,40", "schools on the board, one size after the other")
	flag.DurationVar(&o.seconds, "for", 3*time.Second, "length of one measurement")
	flag.IntVar(&o.workers, "workers", 8, "requests at the same time")
	flag.IntVar(&o.active, "active", 500, "teachers at the same time: one page each five seconds, one in six writes; 0 for none")
	flag.IntVar(&o.open, "open", 500, "open pages that a change must reach; 0 for none")
	flag.BoolVar(&o.gzip, "gzip", false, "ask for compressed pages, as a browser does, of ours and of the floor")
	flag.StringVar(&o.database, "database", "", "an empty PostgreSQL instead of the embedded database: postgres://…")
	flag.StringVar(&o.profile, "profile", "", "directory for a profile of each page, to be read with go tool pprof")
	flag.Parse()
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			fmt.Fprintln(os.Stderr, "bench: -schools wants numbers, such as 1,40")
			os.Exit(2)
		}
		o.schools = append(o.schools, n)
	}
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
	note("building …")
	if out, err := exec.CommandContext(ctx, "go", "build", "-tags", "bench", "-o", binary, "leerkring/cmd/leerkring").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	p, err := start(binary, dir, o)
	if err != nil {
		return err
	}
	defer func() { p.stop() }()
	var t table
	t.add("first start, with making the demo", "%s", p.started.Round(time.Millisecond))
	s := &scene{}
	for _, schools := range o.schools {
		p.stop()
		note("loading %d school(s) …", schools)
		if err := s.load(ctx, dir, p, o, schools); err != nil {
			return fmt.Errorf("load: %w", err)
		}
		if p, err = start(binary, dir, o); err != nil {
			return err
		}
		t.add(fmt.Sprintf("start on existing data, %s", of(schools)), "%s", p.started.Round(time.Millisecond))
		if err := s.signIn(p, o); err != nil {
			return err
		}
		if err := idle(ctx, p, s, &t, schools); err != nil {
			return err
		}
		note("pages …")
		if err := throughput(ctx, p, s, o, &t, schools); err != nil {
			return err
		}
	}
	note("writing …")
	if err := durable(ctx, s, o, &t); err != nil {
		return err
	}
	note("teachers …")
	if err := teachers(ctx, s, o, &t); err != nil {
		return err
	}
	note("live pages …")
	if err := openPages(ctx, s, o, &t); err != nil {
		return err
	}
	t.add("memory after all that, now / highest", "%d / %d MB", p.memory()>>20, p.highest()>>20)
	fmt.Printf("\n%s, %d cores, %s, %s\n\n%s", engine(o), runtime.NumCPU(), runtime.Version(), squeezed(o), t.String())
	return nil
}

// idle is the memory of a program that answered a page and then had nothing to do.
func idle(ctx context.Context, p *program, s *scene, t *table, schools int) error {
	if _, err := s.visit(s.pages[0].path); err != nil {
		return err
	}
	select {
	case <-time.After(2 * time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	t.add("memory, idle, "+of(schools), "%d MB", p.memory()>>20)
	return nil
}

func of(schools int) string {
	if schools == 1 {
		return "1 school"
	}
	return fmt.Sprintf("%d schools", schools)
}

func engine(o options) string {
	if o.database != "" {
		return "PostgreSQL"
	}
	return "embedded database"
}

func squeezed(o options) string {
	if o.gzip {
		return "compressed"
	}
	return "not compressed"
}

// note says on the error stream what is going on; the table alone goes to the output.
func note(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// table is what was measured, ready to be pasted.
type table struct{ b strings.Builder }

func (t *table) add(what, format string, args ...any) {
	if t.b.Len() == 0 {
		t.b.WriteString("| what | measured |\n|---|---|\n")
	}
	value := fmt.Sprintf(format, args...)
	fmt.Fprintf(&t.b, "| %s | %s |\n", what, value)
	note("  %s: %s", what, value)
}

func (t *table) String() string { return t.b.String() }
