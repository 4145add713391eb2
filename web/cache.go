package web

import (
	"net/url"
	"slices"
	"strings"
	"sync"
)

// syncMap keeps what is worked out once per key, and begins again when it holds too much.
type syncMap struct {
	mu  sync.RWMutex
	all map[string]any
}

const mostKept = 4000

func (m *syncMap) get(key string, made func() any) any {
	m.mu.RLock()
	v, ok := m.all[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = made()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil || len(m.all) >= mostKept {
		m.all = map[string]any{}
	}
	m.all[key] = v
	return v
}

// joined is a school's own words in one text that stays the same.
func joined(words map[string]string) string {
	if len(words) == 0 {
		return ""
	}
	list := make([]string, 0, len(words))
	for k, v := range words {
		list = append(list, k+"="+v)
	}
	slices.Sort(list)
	return strings.Join(list, ";")
}

func queryEscape(s string) string { return url.QueryEscape(s) }
