package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// changes is how many changes the open pages are told of.
const changes = 10

// openPages holds many pages of one trajectory open, writes to it, and measures from the
// moment that the form is sent until each page heard that something changed.
func openPages(ctx context.Context, s *scene, o options, t *table) error {
	if o.open == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	heard := make(chan time.Time, o.open*changes*2)
	var listening atomic.Int64
	for i := range o.open {
		wg.Go(func() { s.people[i%len(s.people)].listen(ctx, "/live/trajectories/"+s.others[0], &listening, heard) })
	}
	for began := time.Now(); listening.Load() < int64(o.open); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 15*time.Second || ctx.Err() != nil {
			return fmt.Errorf("only %d of %d pages could be opened", listening.Load(), o.open)
		}
	}
	var took []time.Duration
	lost := 0
	for n := range changes {
		from := time.Now()
		if status, _, err := s.say(s.others[0], fmt.Sprintf("iets nieuws %d", n)); err != nil || status != http.StatusSeeOther {
			return fmt.Errorf("write: status %d %w", status, err)
		}
		late := time.After(3 * time.Second)
		for told := 0; told < o.open; told++ {
			select {
			case at := <-heard:
				took = append(took, at.Sub(from))
			case <-late:
				lost += o.open - told
				told = o.open
			}
		}
	}
	t.add(fmt.Sprintf("a change reaches %d open pages, p50 / p99 / lost", o.open), "%s / %s / %d", at(took, 0.5), at(took, 0.99), lost)
	return nil
}

// listen holds one page's stream open and notes when it hears of a change.
func (c *client) listen(ctx context.Context, path string, listening *atomic.Int64, heard chan<- time.Time) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return
	}
	r.Header.Set("Accept", "text/event-stream")
	stream := *c.http
	stream.Timeout = 0
	res, err := stream.Do(r)
	if err != nil {
		return
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return
	}
	listening.Add(1)
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data:") {
			heard <- time.Now()
		}
	}
}
