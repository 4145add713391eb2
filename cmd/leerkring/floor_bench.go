//go:build bench

package main

import (
	"net/http"
	"strconv"
	"strings"

	"leerkring/internal/db"
	"leerkring/web"
)

// floor adds the handler that pages are measured against: it checks the sign-in, does
// one indexed read, and writes a ready-made page of the asked size. It is only in a
// program that was built for measuring.
func (h *house) floor(mux *http.ServeMux, server *web.Server) {
	page := []byte("<!doctype html><title>floor</title>" + strings.Repeat("<p>Een regel van een bladzijde die al klaar stond.</p>\n", 20_000))
	mux.HandleFunc("GET /floor/{size}", func(w http.ResponseWriter, r *http.Request) {
		size, err := strconv.Atoi(r.PathValue("size"))
		if err != nil || size < 0 || size > len(page) {
			http.Error(w, "size", http.StatusBadRequest)
			return
		}
		_, person, err := server.SignIns.Who(r.Context(), server.Secret(r))
		if err != nil {
			http.Error(w, "sign in", http.StatusUnauthorized)
			return
		}
		if _, err := db.One(r.Context(), h.db, `select name from person where id = $1`, db.Str, person); err != nil {
			http.Error(w, "read", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if _, err := w.Write(page[:size]); err != nil {
			return // the reader went away
		}
	})
}
