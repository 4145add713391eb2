package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"leerkring/web/assets"
	"leerkring/web/ui/gallery"
)

// write puts the index, every sample in both themes and all that they load into a
// folder, with addresses that work without a server.
func write(ctx context.Context, dir string) (int, error) {
	index, err := render(ctx, gallery.Index(gallery.All()))
	if err != nil {
		return 0, err
	}
	pages := map[string][]byte{"index.html": index}
	for _, f := range files() {
		if pages[f.name], err = f.page(ctx); err != nil {
			return 0, err
		}
	}
	loaded := map[string][]byte{}
	for name, page := range pages {
		if err := fetchAll(ctx, page, "/", loaded); err != nil {
			return 0, err
		}
		page = bytes.ReplaceAll(page, []byte(`"`+assets.Prefix), []byte(`"`+strings.TrimPrefix(assets.Prefix, "/")))
		pages[name] = bytes.ReplaceAll(page, []byte(`href="./"`), []byte(`href="index.html"`))
	}
	for name, content := range loaded {
		pages[strings.TrimPrefix(name, "/")] = content
	}
	for name, content := range pages {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return 0, err
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return 0, err
		}
	}
	return len(pages), nil
}

// loads finds what a page, a style or a script loads by an address of our own.
var loads = regexp.MustCompile(`(?:url\(|["'])["']?(/assets/|\.{1,2}/)([A-Za-z0-9_./-]+\.(?:css|js|svg|png|woff2))`)

func fetchAll(ctx context.Context, text []byte, from string, loaded map[string][]byte) error {
	for _, m := range loads.FindAllSubmatch(text, -1) {
		address := string(m[1]) + string(m[2])
		if !strings.HasPrefix(address, "/") {
			address = path.Join(path.Dir(from), address)
		}
		if _, done := loaded[address]; done {
			continue
		}
		content, err := fetch(ctx, address)
		if err != nil {
			return err
		}
		loaded[address] = content
		if err := fetchAll(ctx, content, address, loaded); err != nil {
			return err
		}
	}
	return nil
}

// fetch asks the handler of the assets, in this same program.
func fetch(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	reply := &recorder{header: http.Header{}, status: http.StatusOK}
	assets.Handler().ServeHTTP(reply, request)
	if reply.status != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", address, reply.status)
	}
	return reply.body.Bytes(), nil
}

// recorder keeps an answer in memory.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
