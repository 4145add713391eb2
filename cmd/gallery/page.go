package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"leerkring/web/assets"
	"leerkring/web/ui/gallery"
)

// site serves the index at /, samples at /SLUG.html and /SLUG.dark.html, and the
// style where pages expect it.
func site() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		page, err := render(r.Context(), gallery.Index(gallery.All()))
		answer(w, page, err)
	})
	mux.HandleFunc("GET /{file}", func(w http.ResponseWriter, r *http.Request) {
		for _, f := range files() {
			if f.name == r.PathValue("file") {
				page, err := f.page(r.Context())
				answer(w, page, err)
				return
			}
		}
		http.NotFound(w, r)
	})
	return mux
}

func answer(w http.ResponseWriter, page []byte, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The same policy as the product has: what it forbids must show here first.
	w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'")
	_, _ = w.Write(page) // the reader left: nothing to tell anybody
}

// file is a sample in one theme.
type file struct {
	name   string
	sample gallery.Sample
	theme  string
}

func files() []file {
	var out []file
	for _, s := range gallery.All() {
		out = append(out, file{s.Slug() + ".html", s, "light"}, file{s.Slug() + ".dark.html", s, "dark"})
	}
	return out
}

// page renders a sample: as it is when it is a page, else inside an empty one.
func (f file) page(ctx context.Context) ([]byte, error) {
	page, err := render(ctx, f.sample.Make(f.theme))
	if err == nil && !isPage(page) {
		page, err = render(ctx, gallery.Show(f.sample, f.theme))
	}
	if err != nil {
		return nil, fmt.Errorf("%s, %s: %w", f.sample.Name, f.sample.State, err)
	}
	return page, nil
}

func isPage(text []byte) bool {
	const doctype = "<!doctype"
	return len(text) > len(doctype) && strings.EqualFold(string(text[:len(doctype)]), doctype)
}

func render(ctx context.Context, c templ.Component) ([]byte, error) {
	var page bytes.Buffer
	err := c.Render(ctx, &page)
	return page.Bytes(), err
}
