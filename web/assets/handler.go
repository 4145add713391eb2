package assets

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// served is one file, ready to send.
type served struct {
	kind   string
	plain  []byte
	packed []byte // gzip; nil when it would not be smaller
}

// types are the content types of what we build, so that they do not depend on the
// machine that serves them.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",
}

// shelf holds every file of dist by its address below Prefix, packed once.
var shelf = sync.OnceValue(func() map[string]served {
	files := map[string]served{}
	err := fs.WalkDir(dist(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == manifest {
			return err
		}
		content, err := fs.ReadFile(dist(), path)
		files[path] = prepare(path, content)
		return err
	})
	if err != nil {
		panic("assets: " + err.Error()) // the files are part of the program
	}
	return files
})

func prepare(name string, content []byte) served {
	f := served{kind: types[path.Ext(name)], plain: content}
	if f.kind == "" {
		panic("assets: no content type for " + name)
	}
	if strings.HasPrefix(f.kind, "font/") || f.kind == "image/png" {
		return f // compressed already
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is valid
	_, _ = w.Write(content)                                    // a buffer does not fail
	_ = w.Close()
	if packed.Len() < len(content) {
		f.packed = packed.Bytes()
	}
	return f
}

// Handler serves the files below Prefix. Addresses carry the hash of their
// content, so every answer may be kept for ever.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name, below := strings.CutPrefix(r.URL.Path, Prefix)
	file, found := shelf()[name]
	if !below || !found {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	body := file.plain
	if file.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = file.packed
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // the reader left: nothing to tell anybody
}

// acceptsGzip reads the header as RFC 9110 has it: a list with optional weights,
// where weight 0 refuses.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, err := mime.ParseMediaType("x/" + strings.TrimSpace(part))
		if err != nil || coding != "x/gzip" {
			continue
		}
		weight, err := strconv.ParseFloat(params["q"], 64)
		return params["q"] == "" || err == nil && weight > 0
	}
	return false
}
