package live_test

import (
	"testing"

	"leerkring/internal/live"
)

func heard(s *live.Subscription) (out []string, open bool) {
	for {
		select {
		case e, ok := <-s.C:
			if !ok {
				return out, false
			}
			out = append(out, e.Name)
		default:
			return out, true
		}
	}
}

func TestEventsReachThoseWhoListenToTheirTopic(t *testing.T) {
	t.Parallel()
	h := live.NewHub()
	plan, both, other := h.Subscribe("plan"), h.Subscribe("plan", "person"), h.Subscribe("other")
	h.Publish("plan", live.Event{Name: "one"})
	h.PublishAll([]string{"plan", "person", "nobody"}, live.Event{Name: "two"})
	h.Publish("nobody", live.Event{Name: "three"})
	for name, x := range map[string]struct {
		s    *live.Subscription
		want int
	}{"one topic": {plan, 2}, "two topics, each event once": {both, 2}, "another topic": {other, 0}} {
		if got, open := heard(x.s); len(got) != x.want || !open {
			t.Errorf("%s: %q, open %v", name, got, open)
		}
	}
	both.Close()
	both.Close()
	h.Publish("person", live.Event{Name: "four"})
	if got, open := heard(both); len(got) != 0 || open || h.Listeners() != 2 {
		t.Errorf("closed: %q %v, %d listen", got, open, h.Listeners())
	}
}

func TestWhoReadsTooSlowlyIsCutOffAndNobodyElse(t *testing.T) {
	t.Parallel()
	h := live.NewHub()
	slow, quick := h.Subscribe("a", "b"), h.Subscribe("a")
	total := 0
	for range 200 {
		h.PublishAll([]string{"a", "b"}, live.Event{Name: "x"})
		got, open := heard(quick)
		if total += len(got); !open {
			t.Fatal("the quick one was cut off")
		}
	}
	if got, open := heard(slow); open || len(got) != 64 {
		t.Errorf("the slow one has %d, open %v", len(got), open)
	}
	if total != 200 || h.Listeners() != 1 {
		t.Errorf("the quick one had %d of 200; %d listen", total, h.Listeners())
	}
}

func TestAClosedHubHasNoListeners(t *testing.T) {
	t.Parallel()
	h := live.NewHub()
	before := h.Subscribe("a", "b")
	h.Close()
	h.Close()
	after := h.Subscribe("a")
	h.Publish("a", live.Event{Name: "x"})
	for _, s := range []*live.Subscription{before, after} {
		if got, open := heard(s); open || len(got) != 0 {
			t.Errorf("%q, open %v", got, open)
		}
		s.Close()
	}
	if h.Listeners() != 0 {
		t.Errorf("%d listen", h.Listeners())
	}
}

func TestListeningAndPublishingAtOnce(t *testing.T) {
	t.Parallel()
	h := live.NewHub()
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 200 {
				s := h.Subscribe("a", "b")
				h.PublishAll([]string{"a", "b"}, live.Event{Name: "x"})
				if e, ok := <-s.C; ok && e.Name != "x" {
					t.Errorf("%+v", e)
				}
				s.Close()
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
	if h.Listeners() != 0 {
		t.Errorf("%d listen", h.Listeners())
	}
}
