package live

import (
	"slices"
	"sync"
)

// Event is what an open page hears. It has no number of its own: a gap between two
// numbers would tell that something happened elsewhere.
type Event struct {
	Name string // what kind of change: "plan.changed"
	Data string // ids, as JSON
}

// backlog is how many events a reader may be behind before it is cut off.
const backlog = 64

// Hub brings events to those who listen. The zero value is not ready: use NewHub.
type Hub struct {
	mu     sync.RWMutex
	topics map[string]map[*Subscription]struct{}
	count  int
	closed bool
}

// NewHub returns a hub without listeners.
func NewHub() *Hub { return &Hub{topics: map[string]map[*Subscription]struct{}{}} }

// Subscription is one listener. Events come on C, which is closed when the listener
// was too slow, when it is closed, or when the hub is.
type Subscription struct {
	C      <-chan Event
	c      chan Event
	hub    *Hub
	topics []string
	gone   bool // under the lock of the hub
}

// Subscribe starts to listen to topics.
func (h *Hub) Subscribe(topics ...string) *Subscription {
	c := make(chan Event, backlog)
	s := &Subscription{C: c, c: c, hub: h, topics: topics}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		s.gone = true
		close(c)
		return s
	}
	h.count++
	for _, t := range topics {
		if h.topics[t] == nil {
			h.topics[t] = map[*Subscription]struct{}{}
		}
		h.topics[t][s] = struct{}{}
	}
	return s
}

// Publish brings an event to everybody who listens to the topic. It never waits.
func (h *Hub) Publish(topic string, e Event) { h.PublishAll([]string{topic}, e) }

// PublishAll brings an event once to everybody who listens to any of the topics.
func (h *Hub) PublishAll(topics []string, e Event) {
	var slow []*Subscription
	h.mu.RLock()
	for i, t := range topics {
		for s := range h.topics[t] {
			if i > 0 && slices.ContainsFunc(topics[:i], func(t string) bool { return slices.Contains(s.topics, t) }) {
				continue // it had this one already
			}
			select {
			case s.c <- e:
			default:
				slow = append(slow, s)
			}
		}
	}
	h.mu.RUnlock()
	if len(slow) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range slow {
		h.remove(s)
	}
}

// Close ends all listening, now and later. Give it to RegisterOnShutdown: a server
// waits for its streams.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, all := range h.topics {
		for s := range all {
			h.remove(s)
		}
	}
}

// Listeners counts those who listen now.
func (h *Hub) Listeners() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.count
}

// Close stops listening. It may be called more than once.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.remove(s)
}

// remove forgets a listener and ends its channel. The lock is held: nobody sends.
func (h *Hub) remove(s *Subscription) {
	if s.gone {
		return
	}
	s.gone = true
	h.count--
	close(s.c)
	for _, t := range s.topics {
		delete(h.topics[t], s)
		if len(h.topics[t]) == 0 {
			delete(h.topics, t)
		}
	}
}
