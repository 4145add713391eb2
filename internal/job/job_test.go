package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/job"
)

var start = time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)

func runner(d *db.DB, c clock.Clock, workers int) *job.Runner {
	return job.NewRunner(d, c, slog.New(slog.DiscardHandler), workers)
}

func add(t testing.TB, d *db.DB, jobs ...job.Job) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		for _, j := range jobs {
			if err := job.Add(t.Context(), tx, j); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func due(t testing.TB, r *job.Runner, want int) error {
	t.Helper()
	n, err := r.RunDue(t.Context())
	if n != want {
		t.Errorf("%d jobs ran, want %d (%v)", n, want, err)
	}
	return err
}

func health(t testing.TB, d *db.DB, now time.Time) job.Health {
	t.Helper()
	h, err := job.State(t.Context(), d, now)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// each runs f on both engines with a clock that stands still.
func each(t *testing.T, f func(t *testing.T, d *db.DB, c *clock.Fake)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, d, clock.NewFake(start)) })
}

func TestAJobIsDoneOnceAtItsTime(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 1)
		var got []job.Job
		r.Handle("greet", func(_ context.Context, j job.Job) error { got = append(got, j); return nil })
		soon := job.Job{Kind: "greet", Key: "greet:ann", Payload: job.IDs{"person": "ann"}, RunAt: start.Add(time.Minute)}
		add(t, d, soon, soon)
		add(t, d, soon, job.Job{Kind: "other", Key: "other", RunAt: start})
		if err := due(t, r, 0); err != nil {
			t.Error(err)
		}
		c.Move(time.Minute)
		if err := due(t, r, 1); err != nil {
			t.Error(err)
		}
		add(t, d, soon) // it was done: the key is taken
		if err := due(t, r, 0); err != nil {
			t.Error(err)
		}
		if len(got) != 1 || got[0].Payload["person"] != "ann" || got[0].Tries != 1 || !got[0].RunAt.Equal(soon.RunAt) {
			t.Errorf("%+v", got)
		}
		if h := health(t, d, c.Now()); h != (job.Health{Waiting: 1}) {
			t.Errorf("a job without a handler waits, and nothing else: %+v", h)
		}
		if h := health(t, d, c.Now().Add(time.Hour)); h.Late != 1 {
			t.Errorf("%+v", h)
		}
	})
}

func TestAJobOfAnActThatFailedIsNoJob(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		boom := errors.New("boom")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := job.Add(t.Context(), tx, job.Job{Kind: "a", Key: "a", RunAt: start}); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || health(t, d, start).Waiting != 0 {
			t.Errorf("%v, %+v", err, health(t, d, start))
		}
	})
}

func TestAJobThatIsNoneIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		for name, j := range map[string]job.Job{
			"no kind":             {Key: "a", RunAt: start},
			"no key":              {Kind: "a", RunAt: start},
			"no moment":           {Kind: "a", Key: "a"},
			"text in the payload": {Kind: "a", Key: "a", RunAt: start, Payload: job.IDs{"what": strings.Repeat("long ", 20)}},
		} {
			err := d.Write(t.Context(), func(tx *db.Tx) error { return job.Add(t.Context(), tx, j) })
			if err == nil {
				t.Errorf("%s was accepted", name)
			}
		}
		if h := health(t, d, start); h.Waiting != 0 {
			t.Errorf("%+v", h)
		}
	})
}

func TestMovedAndDropped(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 1)
		var got []string
		r.Handle("a", func(_ context.Context, j job.Job) error { got = append(got, j.Payload["id"]); return nil })
		for _, id := range []string{"moved", "dropped", "dropped too", "stays"} {
			add(t, d, job.Job{Kind: "a", Key: id, Payload: job.IDs{"id": id}, RunAt: start})
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			return errors.Join(job.Move(t.Context(), tx, "moved", start.Add(time.Hour)), job.Drop(t.Context(), tx, "dropped", "dropped too", "never was"),
				job.Drop(t.Context(), tx), job.Move(t.Context(), tx, "never was", start))
		}); err != nil {
			t.Fatal(err)
		}
		_ = due(t, r, 1)
		c.Move(time.Hour)
		_ = due(t, r, 1)
		if !slices.Equal(got, []string{"stays", "moved"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestAFailedJobIsTriedAgainLaterAndGivenUpInTheEnd(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 1)
		r.Handle("bad", func(context.Context, job.Job) error { return errors.New("no luck") })
		r.Handle("wild", func(context.Context, job.Job) error { panic("at the disco") })
		r.Handle("hopeless", func(context.Context, job.Job) error { return job.GiveUp(errors.New("gone")) })
		add(t, d, job.Job{Kind: "bad", Key: "bad", RunAt: start}, job.Job{Kind: "wild", Key: "wild", RunAt: start},
			job.Job{Kind: "hopeless", Key: "hopeless", RunAt: start})
		err := due(t, r, 3)
		if err == nil || !strings.Contains(err.Error(), "panicked") || strings.Contains(err.Error(), "disco") {
			t.Errorf("a panic tells where and not what: %v", err)
		}
		_ = due(t, r, 0)
		if h := health(t, d, start); h != (job.Health{Waiting: 2, Failed: 1}) {
			t.Errorf("%+v", h)
		}
		for range 11 {
			c.Move(time.Hour)
			_ = due(t, r, 2)
		}
		c.Move(time.Hour)
		_ = due(t, r, 0)
		if h := health(t, d, c.Now()); h != (job.Health{Failed: 3}) {
			t.Errorf("%+v", h)
		}
	})
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	bad := errors.New("bad")
	for name, x := range map[string]struct {
		err   error
		tries int
		after time.Duration
		again bool
	}{
		"first":              {bad, 1, 5 * time.Second, true},
		"second":             {bad, 2, 10 * time.Second, true},
		"never over an hour": {bad, 11, time.Hour, true},
		"last":               {bad, 12, 0, false},
		"asked for":          {fmt.Errorf("mail: %w", job.Later(time.Minute, bad)), 400, time.Minute, true},
		"no sense":           {job.GiveUp(bad), 1, 0, false},
		"no sense wins":      {job.Later(time.Minute, job.GiveUp(bad)), 1, 0, false},
	} {
		if after, again := job.Verdict(x.err, x.tries); after != x.after || again != x.again {
			t.Errorf("%s: %v %v", name, after, again)
		}
	}
	if !errors.Is(job.Later(1, bad), bad) || !errors.Is(job.GiveUp(bad), bad) {
		t.Error("the cause is lost")
	}
}

func TestARunnerThatDiedLeavesItsJobToAnother(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		dead, other := runner(d, c, 1), runner(d, c, 1)
		effects := 0
		act := func(ctx context.Context, j job.Job) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				if _, err := db.Exec(ctx, tx, `insert into journal_cursor (reader, seq) values ($1, 1)`, j.Kind+fmt.Sprint(j.Tries)); err != nil {
					return err
				}
				return job.Done(ctx, tx, j)
			})
		}
		handle := func(ctx context.Context, j job.Job) error { effects++; return act(ctx, j) }
		dead.Handle("a", handle)
		other.Handle("a", handle)
		add(t, d, job.Job{Kind: "a", Key: "a", RunAt: start})
		held, err := dead.Claim(t.Context(), 5)
		if err != nil || len(held) != 1 {
			t.Fatal(held, err)
		}
		_ = due(t, other, 0) // it is leased
		c.Move(50 * time.Second)
		if ours, err := dead.Renew(t.Context(), held[0]); err != nil || !ours {
			t.Errorf("renewing a lease in time: %v %v", ours, err)
		}
		c.Move(50 * time.Second)
		_ = due(t, other, 0) // it was renewed
		c.Move(10 * time.Second)
		if err := due(t, other, 1); err != nil || effects != 1 {
			t.Errorf("%v, %d effects", err, effects)
		}
		// The first was not dead, it slept: nothing that it does now may be kept.
		if ours, err := dead.Renew(t.Context(), held[0]); err != nil || ours {
			t.Errorf("renewing a lost lease: %v %v", ours, err)
		}
		if err := act(t.Context(), held[0]); !errs.Is(err, errs.KindConflict) {
			t.Errorf("an act without a lease was kept: %v", err)
		}
		if err := dead.Settle(t.Context(), held[0], errors.New("too late")); err != nil {
			t.Error(err)
		}
		rows, err := db.All(t.Context(), d, `select reader from journal_cursor`, db.Str)
		if err != nil || !slices.Equal(rows, []string{"a2"}) {
			t.Errorf("%q %v", rows, err)
		}
		if h := health(t, d, c.Now()); h != (job.Health{}) {
			t.Errorf("%+v", h)
		}
	})
}

func TestRunnersShareTheWorkAndNothingIsDoneTwice(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		const n = 200
		var jobs []job.Job
		for i := range n {
			jobs = append(jobs, job.Job{Kind: "a", Key: fmt.Sprint(i), Payload: job.IDs{"id": fmt.Sprint(i)}, RunAt: start})
		}
		var mu sync.Mutex
		seen := map[string]int{}
		all := make(chan struct{})
		count := func(_ context.Context, j job.Job) error {
			mu.Lock()
			defer mu.Unlock()
			seen[j.Payload["id"]]++
			if len(seen) == n {
				close(all)
			}
			return nil
		}
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		for range 2 {
			r := runner(d, c, 4)
			r.Handle("a", count)
			running.Go(func() { r.Run(ctx) })
		}
		add(t, d, jobs...)
		<-all
		stop()
		running.Wait()
		for id, times := range seen {
			if times != 1 {
				t.Errorf("job %s was done %d times", id, times)
			}
		}
		if h := health(t, d, c.Now()); h != (job.Health{}) {
			t.Errorf("%+v", h)
		}
	})
}

func TestStoppingWaitsForWorkAndPutsBackTheRest(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 2)
		ctx, stop := context.WithCancel(t.Context())
		var finished atomic.Bool
		begun := make(chan struct{}, 2)
		r.Handle("short", func(context.Context, job.Job) error {
			begun <- struct{}{}
			<-ctx.Done()
			finished.Store(true)
			return nil
		})
		r.Handle("endless", func(work context.Context, _ job.Job) error {
			begun <- struct{}{}
			<-work.Done()
			return work.Err()
		})
		r.Hurry(50 * time.Millisecond)
		add(t, d, job.Job{Kind: "short", Key: "short", RunAt: start}, job.Job{Kind: "endless", Key: "endless", RunAt: start})
		done := make(chan struct{})
		go func() { r.Run(ctx); close(done) }()
		<-begun
		<-begun
		stop()
		<-done
		if !finished.Load() {
			t.Error("a job that could finish was not waited for")
		}
		left := runner(d, c, 1)
		tries := 0
		left.Handle("endless", func(_ context.Context, j job.Job) error { tries = j.Tries; return nil })
		left.Handle("short", func(context.Context, job.Job) error { t.Error("done twice"); return nil })
		_ = due(t, left, 1)
		if tries != 1 {
			t.Errorf("being stopped counted as a failed try: %d", tries)
		}
	})
}

func TestAHandlerWithoutLeaseIsStopped(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 1)
		r.Lease(30 * time.Millisecond)
		r.Handle("a", func(ctx context.Context, j job.Job) error {
			if err := d.Write(ctx, func(tx *db.Tx) error { return job.Drop(ctx, tx, "a") }); err != nil {
				return err
			}
			<-ctx.Done()
			return ctx.Err()
		})
		add(t, d, job.Job{Kind: "a", Key: "a", RunAt: start})
		if err := due(t, r, 1); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if h := health(t, d, c.Now()); h != (job.Health{}) {
			t.Errorf("%+v", h)
		}
	})
}

func TestWhatRepeatsHappensOnceForAllNodes(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		amsterdam := clock.Zone("Europe/Amsterdam")
		times := 0
		node := func() *job.Runner {
			r := runner(d, c, 1)
			r.Handle("night", func(context.Context, job.Job) error { times++; return nil })
			r.Repeat("night", job.Daily(3, 30, amsterdam))
			return r
		}
		a, b := node(), node()
		_ = due(t, a, 0)
		_ = due(t, b, 0)
		c.Set(start.Add(24 * time.Hour))
		_ = due(t, a, 1)
		_ = due(t, b, 0)
		c.Move(72 * time.Hour) // closed over the weekend
		_ = due(t, node(), 1)
		if times != 2 {
			t.Errorf("%d times", times)
		}
	})
}

func TestNext(t *testing.T) {
	t.Parallel()
	amsterdam := clock.Zone("Europe/Amsterdam")
	at := func(s string) time.Time {
		x, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for name, x := range map[string]struct {
		next      job.Next
		now, want string
	}{
		"each hour":                   {job.Every(time.Hour), "2026-03-19T14:10:00Z", "2026-03-19T15:00:00Z"},
		"each hour, on the hour":      {job.Every(time.Hour), "2026-03-19T14:00:00Z", "2026-03-19T15:00:00Z"},
		"later today":                 {job.Daily(7, 30, amsterdam), "2026-03-19T05:00:00Z", "2026-03-19T06:30:00Z"},
		"at that very moment":         {job.Daily(7, 30, amsterdam), "2026-03-19T06:30:00Z", "2026-03-20T06:30:00Z"},
		"over the clock change":       {job.Daily(7, 30, amsterdam), "2026-03-28T12:00:00Z", "2026-03-29T05:30:00Z"},
		"the school's day, not UTC's": {job.Daily(0, 15, amsterdam), "2026-03-19T23:05:00Z", "2026-03-19T23:15:00Z"},
	} {
		if got := x.next(at(x.now)); !got.Equal(at(x.want)) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestEndedJobsAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, c *clock.Fake) {
		r := runner(d, c, 1)
		ran := 0
		r.Handle("good", func(context.Context, job.Job) error { ran++; return nil })
		r.Handle("bad", func(context.Context, job.Job) error { return job.GiveUp(errors.New("no")) })
		add(t, d, job.Job{Kind: "good", Key: "good", Payload: job.IDs{"id": "x"}, RunAt: start}, job.Job{Kind: "bad", Key: "bad", Payload: job.IDs{"id": "x"}, RunAt: start})
		_ = due(t, r, 2)
		rows := func() (out []string) {
			t.Helper()
			out, err := db.All(t.Context(), d, `select kind || payload from job order by kind`, db.Str)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := rows(); !slices.Equal(got, []string{"bad{}", "good{}"}) {
			t.Errorf("ids stayed behind: %q", got)
		}
		c.Move(8 * 24 * time.Hour)
		_ = due(t, r, 0)
		if got := rows(); !slices.Equal(got, []string{"bad{}"}) {
			t.Errorf("%q", got)
		}
		c.Move(23 * 24 * time.Hour)
		_ = due(t, r, 0)
		if got := rows(); len(got) != 0 {
			t.Errorf("%q", got)
		}
	})
}

func BenchmarkJobs(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			r := runner(d, clock.System{}, 16)
			var left atomic.Int64
			left.Store(int64(b.N))
			all := make(chan struct{})
			r.Handle("a", func(context.Context, job.Job) error {
				if left.Add(-1) == 0 {
					close(all)
				}
				return nil
			})
			jobs := make([]job.Job, b.N)
			for i := range jobs {
				jobs[i] = job.Job{Kind: "a", Key: fmt.Sprint(i), RunAt: start}
			}
			add(b, d, jobs...)
			ctx, stop := context.WithCancel(b.Context())
			defer stop()
			b.ResetTimer()
			go r.Run(ctx)
			<-all
		})
	}
}
