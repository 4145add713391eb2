package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// throughput opens each page and the floor of the same bytes in turn, and tells the ratio.
func throughput(ctx context.Context, p *program, s *scene, o options, t *table, schools int) error {
	for _, x := range s.pages {
		size, err := s.visit(x.path)
		if err != nil {
			return err
		}
		if o.profile != "" {
			if err := profile(ctx, s, x, o, schools); err != nil {
				return err
			}
		}
		var ours, floors, ratios, cost, least []float64
		var all []time.Duration
		for range 3 { // A B A B A B: the machine's speed drifts
			busy := p.cpu()
			n, times, err := hammer(ctx, s, x.path, o)
			if err != nil {
				return err
			}
			between := p.cpu()
			m, floor, err := hammer(ctx, s, "/floor?like="+url.QueryEscape(x.path), o)
			if err != nil {
				return err
			}
			ours, floors, ratios, all = append(ours, n), append(floors, m), append(ratios, n/m), append(all, times...)
			cost, least = append(cost, each(between-busy, len(times))), append(least, each(p.cpu()-between, len(floor)))
		}
		t.add(fmt.Sprintf("%s (%.1f kB), %s: ours / floor a second = ratio; p50, p99; processor time ours / floor", x.name, float64(size)/1000, of(schools)),
			"%.0f / %.0f = **%.2f**; %s, %s; %.0f / %.0f µs", median(ours), median(floors), median(ratios), at(all, 0.5), at(all, 0.99), median(cost), median(least))
	}
	return nil
}

// each is a share of a time in microseconds.
func each(d time.Duration, n int) float64 { return float64(d.Microseconds()) / float64(max(n, 1)) }

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
}

func at(times []time.Duration, part float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[int(float64(len(times)-1)*part)].Round(10 * time.Microsecond)
}

// hammer opens one address as often as it can, and returns how often a second and how
// long each took.
func hammer(ctx context.Context, s *scene, path string, o options) (perSecond float64, times []time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, o.seconds/3)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	began := time.Now()
	for range o.workers {
		wg.Go(func() {
			var own []time.Duration
			for ctx.Err() == nil {
				from := time.Now()
				status, _, e := s.lead.send(http.MethodGet, path, nil)
				if e != nil || status != http.StatusOK {
					mu.Lock()
					err = errors.Join(err, e, fmt.Errorf("%s: status %d", path, status))
					mu.Unlock()
					return
				}
				own = append(own, time.Since(from))
			}
			mu.Lock()
			times = append(times, own...)
			mu.Unlock()
		})
	}
	wg.Wait()
	return float64(len(times)) / time.Since(began).Seconds(), times, err
}

// durable writes as often as it can: each answer is one acknowledged, synced act.
func durable(ctx context.Context, s *scene, o options, t *table) error {
	for _, writers := range []int{1, 16, 64} {
		ctx, cancel := context.WithTimeout(ctx, o.seconds)
		var done atomic.Int64
		var failed atomic.Int64
		var wg sync.WaitGroup
		began := time.Now()
		for w := range writers {
			wg.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					status, _, err := s.write(w, n)
					if err != nil || status != http.StatusSeeOther {
						failed.Add(1)
						continue
					}
					done.Add(1)
				}
			})
		}
		wg.Wait()
		cancel()
		t.add(fmt.Sprintf("durable acts a second, %d writer(s)", writers), "%.0f (%d failed)", float64(done.Load())/time.Since(began).Seconds(), failed.Load())
	}
	return nil
}

func (s *scene) write(w, n int) (int, int, error) {
	return s.say(s.others[(w*7+n)%len(s.others)], fmt.Sprintf("schrijver %d, nummer %d", w, n))
}

func (s *scene) say(trajectory, body string) (int, int, error) {
	return s.writer.send(http.MethodPost, "/trajectories/"+trajectory+"/answers", url.Values{"element": {"f1.q2"}, "kind": {"voice"}, "body": {body}})
}

// teachers are many people who each open a page every five seconds; one in six writes.
// They are different people, and each is about another trajectory.
func teachers(ctx context.Context, s *scene, o options, t *table) error {
	if o.active == 0 {
		return nil
	}
	const pace = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, 4*pace)
	defer cancel()
	var mu sync.Mutex
	var pages, writes []time.Duration
	var failed int
	var wg sync.WaitGroup
	for i := range o.active {
		wg.Go(func() {
			select {
			case <-time.After(time.Duration(i) * pace / time.Duration(o.active)):
			case <-ctx.Done():
				return
			}
			about := "/trajectories/" + s.others[i%len(s.others)]
			for n := i; ctx.Err() == nil; n++ {
				from := time.Now()
				var status int
				var err error
				write := n%6 == 0
				if write {
					status, _, err = s.write(i, n)
				} else {
					status, _, err = s.people[i%len(s.people)].send(http.MethodGet, []string{"/week", about, about + "/plan"}[n%3], nil)
				}
				took := time.Since(from)
				mu.Lock()
				switch {
				case err != nil || status >= 400:
					failed++
				case write:
					writes = append(writes, took)
				default:
					pages = append(pages, took)
				}
				mu.Unlock()
				select {
				case <-time.After(pace - took):
				case <-ctx.Done():
				}
			}
		})
	}
	wg.Wait()
	t.add(fmt.Sprintf("%d active teachers, pages p50 / p99 (%d)", o.active, len(pages)), "%s / %s", at(pages, 0.5), at(pages, 0.99))
	t.add(fmt.Sprintf("%d active teachers, writes p50 / p99 (%d)", o.active, len(writes)), "%s / %s", at(writes, 0.5), at(writes, 0.99))
	t.add(fmt.Sprintf("%d active teachers, failed", o.active), "%d", failed)
	return nil
}
