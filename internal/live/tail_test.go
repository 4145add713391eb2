package live_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"leerkring/internal/live"
)

// journal is a source in memory that gives two entries at a time.
type journal struct {
	mu      sync.Mutex
	entries []live.Entry
	given   int
	fail    error
	asked   int
}

func (j *journal) write(names ...string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, n := range names {
		j.entries = append(j.entries, live.Entry{Topics: []string{"plan", "school"}, Name: n, Data: "{}"})
	}
}

func (j *journal) next(context.Context) ([]live.Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.asked++
	if j.fail != nil {
		return nil, j.fail
	}
	from := j.given
	j.given = min(from+2, len(j.entries))
	return j.entries[from:j.given], nil
}

func (j *journal) times() int { j.mu.Lock(); defer j.mu.Unlock(); return j.asked }

func (j *journal) set(err error) { j.mu.Lock(); defer j.mu.Unlock(); j.fail = err }

func TestTailPublishesWhatWasWrittenInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j, h := &journal{}, live.NewHub()
		s := h.Subscribe("plan", "school")
		tail := live.NewTail(h, j.next, slog.New(slog.NewTextHandler(&log, nil)))
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { tail.Run(ctx); close(done) }()
		expect := func(names string) {
			t.Helper()
			synctest.Wait()
			if got, _ := heard(s); strings.Join(got, " ") != names {
				t.Errorf("%q, want %q", got, names)
			}
		}
		expect("")
		j.write("one", "two", "three")
		expect("")
		tail.Wake()
		tail.Wake()
		expect("one two three")
		j.write("elsewhere") // another process: nobody wakes us
		time.Sleep(time.Second)
		expect("elsewhere")
		j.set(errors.New("database away"))
		j.write("late")
		tail.Wake()
		expect("")
		asked := j.times()
		for range 50 {
			tail.Wake() // commits go on, or at least hope to
			synctest.Wait()
		}
		if n := j.times() - asked; n != 0 {
			t.Errorf("a source that fails was asked %d times in no time", n)
		}
		time.Sleep(3 * time.Second)
		j.set(nil)
		time.Sleep(time.Second)
		expect("late")
		stop()
		<-done
		if n := strings.Count(log.String(), "\n"); n != 1 {
			t.Errorf("one failure was told %d times", n)
		}
	})
}

func BenchmarkTail(b *testing.B) {
	h := live.NewHub()
	j := &journal{}
	for i := range 1000 {
		j.write(fmt.Sprint(i))
	}
	for b.Loop() {
		j.given = 0
		for {
			entries, err := j.next(context.Background())
			if err != nil || len(entries) == 0 {
				break
			}
			for _, e := range entries {
				h.PublishAll(e.Topics, live.Event{Name: e.Name, Data: e.Data})
			}
		}
	}
}
