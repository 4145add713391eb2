//go:build !bench

package main

import (
	"net/http"

	"leerkring/web"
)

// floor adds nothing to the product; see floor_bench.go.
func (h *house) floor(*http.ServeMux, *web.Server) {}
