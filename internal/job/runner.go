package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Handler does the jobs of one kind. It gets a context that ends when the lease is
// lost or the house closes.
type Handler func(ctx context.Context, j Job) error

// Runner does due jobs. Kinds that take long deserve a runner of their own, so that
// nothing waits behind them.
type Runner struct {
	db    *db.DB
	clock clock.Clock
	log   *slog.Logger

	lease   time.Duration // how long a job is ours
	workers int           // jobs at the same time
	grace   time.Duration // how long Run waits for handlers when it has to stop
	pause   time.Duration // at least this long between two looks at the table
	tick    time.Duration // at most this long

	mu       sync.Mutex
	handlers map[string]Handler
	repeats  map[string]*repeat
	cleaned  time.Time
	wake     chan struct{}
}

// NewRunner returns a runner of up to workers jobs at a time.
func NewRunner(d *db.DB, c clock.Clock, log *slog.Logger, workers int) *Runner {
	r := &Runner{
		db: d, clock: c, log: log, workers: max(workers, 1),
		lease: time.Minute, grace: 20 * time.Second, pause: 50 * time.Millisecond, tick: time.Second,
		handlers: map[string]Handler{}, repeats: map[string]*repeat{}, wake: make(chan struct{}, 1),
	}
	d.OnCommit(r.look)
	return r
}

// Handle says who does the jobs of a kind. Jobs of a kind without handler wait.
func (r *Runner) Handle(kind string, h Handler) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.handlers[kind] != nil {
		panic("job: two handlers for " + kind)
	}
	r.handlers[kind] = h
}

// look wakes the runner; more wakes than looks are one.
func (r *Runner) look() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// RunDue does everything that is due now, one job after the other, and returns how
// many it did with what went wrong. For tests and for commands.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	if err := r.upkeep(ctx); err != nil {
		return 0, err
	}
	var all []error
	for ran := 0; ; ran++ {
		jobs, err := r.claim(ctx, 1)
		if err != nil || len(jobs) == 0 {
			return ran, errors.Join(append(all, err)...)
		}
		if err := r.do(ctx, jobs[0]); err != nil {
			all = append(all, err)
		}
	}
}

// Run does jobs as they become due, until ctx ends. Then it takes no more, gives
// handlers a while to finish, stops them, and puts back what is not done.
func (r *Runner) Run(ctx context.Context) {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	free := make(chan struct{}, r.workers)
	for range r.workers {
		free <- struct{}{}
	}
	for ctx.Err() == nil {
		if err := r.upkeep(ctx); err != nil && ctx.Err() == nil {
			r.log.Warn("jobs cannot be planned", "error", err)
		}
		if !r.fill(ctx, work, free) {
			r.rest(ctx)
		}
	}
	r.drain(free, stop)
}

// fill starts as many due jobs as there are free workers; it waits for the first.
// False means that there is nothing more to do now.
func (r *Runner) fill(ctx, work context.Context, free chan struct{}) bool {
	select {
	case <-free:
	case <-ctx.Done():
		return false
	}
	slots := 1 + len(free)
	jobs, err := r.claim(ctx, slots)
	if err != nil && ctx.Err() == nil {
		r.log.Warn("jobs cannot be claimed", "error", err)
	}
	if len(jobs) == 0 {
		free <- struct{}{}
		return false
	}
	for i, j := range jobs {
		if i > 0 {
			<-free // only this goroutine takes, and it counted them
		}
		go func() {
			defer func() { free <- struct{}{} }()
			_ = r.do(work, j) // already logged
		}()
	}
	return len(jobs) == slots
}

// rest waits until there may be something to do.
func (r *Runner) rest(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(r.pause):
	}
	select {
	case <-ctx.Done():
	case <-r.wake:
	case <-time.After(r.tick):
	}
}

// drain waits until every worker is back, and after the grace asks them to stop.
func (r *Runner) drain(free chan struct{}, stop func()) {
	late := time.AfterFunc(r.grace, stop)
	defer late.Stop()
	for range r.workers {
		<-free
	}
}

// do runs one job and writes how it went.
func (r *Runner) do(ctx context.Context, j Job) error {
	r.mu.Lock()
	handler := r.handlers[j.Kind]
	r.mu.Unlock()
	work, stop := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() { defer close(kept); r.keep(work, stop, j) }()
	failure := protect(work, handler, j)
	stop()
	<-kept
	settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if failure != nil && ctx.Err() != nil { // we were stopped: that is no failed try
		return r.db.Write(settling, func(tx *db.Tx) error { return r.giveBack(settling, tx, j, 0, j.Tries-1) })
	}
	if failure != nil {
		said := "job failed, for good"
		if _, again := verdict(failure, j.Tries); again {
			said = "job failed, and is tried again"
		}
		r.log.Warn(said, "job", j.Kind, "attempt", j.Tries, "error", failure)
	}
	if err := r.settle(settling, j, failure); err != nil {
		r.log.Warn("job cannot be settled: its lease will run out", "job", j.Kind, "error", err)
		return errors.Join(failure, err)
	}
	return failure
}

// keep holds the lease while the handler works, and stops the handler when it is lost.
func (r *Runner) keep(ctx context.Context, stop func(), j Job) {
	t := time.NewTicker(r.lease / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		ours, err := r.renew(ctx, j)
		if err == nil && !ours && !j.done.Load() {
			r.log.Warn("job lost its lease", "job", j.Kind)
			stop()
			return
		}
	}
}

// protect turns a panic into an error that tells where, and nothing of what.
func protect(ctx context.Context, h Handler, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("handler panicked with a %T\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, j)
}
