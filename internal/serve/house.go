package serve

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// House is what listens to the outside: both doors, and the two questions of whoever
// keeps the house running.
type House struct {
	Browser http.Handler
	API     http.Handler                    // everything under /api/
	Ready   func(ctx context.Context) error // the database answers, its migrations are done

	closing atomic.Bool
}

// Close makes the house say that it is not ready any more.
func (h *House) Close() { h.closing.Store(true) }

func (h *House) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/healthz":
		protect(w.Header(), apiCSP, false, false)
		Plain(w, r, http.StatusOK)
	case r.URL.Path == "/readyz":
		protect(w.Header(), apiCSP, false, false)
		Plain(w, r, h.ready(r))
	case h.API != nil && (r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/")):
		h.API.ServeHTTP(w, r)
	default:
		h.Browser.ServeHTTP(w, r)
	}
}

func (h *House) ready(r *http.Request) int {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if h.closing.Load() || h.Ready != nil && h.Ready(ctx) != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}
