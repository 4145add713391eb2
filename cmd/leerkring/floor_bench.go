//go:build bench

package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"sync"

	"leerkring/internal/db"
	"leerkring/internal/page"
	"leerkring/web"
)

// floor adds the handler that pages are measured against: it checks the sign-in, does one
// indexed read, and writes a page that was made before: the bytes of the very page that it
// is compared with. It is only in a program that was built for measuring, and so are the
// profiles.
func (h *house) floor(mux *http.ServeMux, server *web.Server) {
	var made sync.Map // path → bytes
	mux.HandleFunc("GET /floor", func(w http.ResponseWriter, r *http.Request) {
		_, person, err := server.SignIns.Who(r.Context(), server.Secret(r))
		if err != nil {
			http.Error(w, "sign in", http.StatusUnauthorized)
			return
		}
		if _, err := db.One(r.Context(), h.db, `select name from person where id = $1`, db.Str, person); err != nil {
			http.Error(w, "read", http.StatusInternalServerError)
			return
		}
		like := r.URL.Query().Get("like")
		body, ok := made.Load(like)
		if !ok {
			b, err := drawn(mux, r, like)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			body, _ = made.LoadOrStore(like, b)
		}
		page.Send(w, r, http.StatusOK, "text/html; charset=utf-8", body.([]byte))
	})
	mux.HandleFunc("GET /floor/profile", pprof.Profile)
	mux.Handle("GET /floor/allocs", pprof.Handler("allocs"))
}

// drawn is a page as the person asking gets it.
func drawn(mux *http.ServeMux, r *http.Request, path string) ([]byte, error) {
	ask, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://localhost"+path, nil)
	if err != nil {
		return nil, err
	}
	ask.Header.Set("Cookie", r.Header.Get("Cookie"))
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, ask)
	if w.Code != http.StatusOK {
		return nil, errors.New("there is no such page")
	}
	return w.Body.Bytes(), nil
}
