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

// throughput opens each page and the floor of the same size in turn, and prints the ratio.
func throughput(ctx context.Context, s *scene, o options) error {
	fmt.Printf("\n%-12s %8s %10s %10s %7s %9s %9s\n", "page", "bytes", "ours/s", "floor/s", "ratio", "p50", "p99")
	for _, p := range s.pages {
		size, err := s.visit(p.path)
		if err != nil {
			fmt.Printf("%-12s %v\n", p.name, err)
			continue
		}
		var ratios []float64
		var ours, floors []float64
		var all []time.Duration
		for range 3 { // A B A B A B: the machine's speed drifts
			n, times, err := hammer(ctx, s, p.path, o)
			if err != nil {
				return err
			}
			m, _, err := hammer(ctx, s, fmt.Sprintf("/floor/%d", size), o)
			if err != nil {
				return err
			}
			ours, floors, ratios, all = append(ours, n), append(floors, m), append(ratios, n/m), append(all, times...)
		}
		fmt.Printf("%-12s %8d %10.0f %10.0f %7.2f %9s %9s\n", p.name, size, median(ours), median(floors), median(ratios), at(all, 0.5), at(all, 0.99))
	}
	return nil
}

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
func durable(ctx context.Context, s *scene, o options) error {
	fmt.Println()
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
		fmt.Printf("durable acts, %2d writers: %6.0f/s (%d failed)\n", writers, float64(done.Load())/time.Since(began).Seconds(), failed.Load())
	}
	return nil
}

func (s *scene) write(w, n int) (int, int, error) {
	return s.lead.send(http.MethodPost, "/trajectories/"+s.others[(w*7+n)%len(s.others)]+"/answers", url.Values{"element": {"f1.q2"}, "kind": {"voice"}, "body": {fmt.Sprintf("schrijver %d, nummer %d", w, n)}})
}

// teachers are many people who each open a page every five seconds; one in six writes.
func teachers(ctx context.Context, s *scene, o options) error {
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
			for n := i; ctx.Err() == nil; n++ {
				from := time.Now()
				var status int
				var err error
				write := n%6 == 0
				if write {
					status, _, err = s.write(i, n)
				} else {
					status, _, err = s.lead.send(http.MethodGet, s.pages[n%2].path, nil)
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
	fmt.Printf("\n%d teachers: %d pages p50 %s p99 %s; %d writes p50 %s p99 %s; %d failed\n", o.active, len(pages), at(pages, 0.5), at(pages, 0.99), len(writes), at(writes, 0.5), at(writes, 0.99), failed)
	return nil
}
