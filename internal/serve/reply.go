package serve

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// smallest is the size from which compressing a reply is worth it.
const smallest = 1024

var zippers = sync.Pool{New: func() any {
	// A tenth larger than the next levels, at half their time: the phone waits less.
	z, err := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	if err != nil {
		panic("serve: " + err.Error())
	}
	return z
}}

// reply watches what a handler answers, and compresses it when the browser can read
// that. The header is held back until the first byte shows how much there is.
type reply struct {
	http.ResponseWriter
	squeeze bool // the request allows compression
	status  int
	sent    bool // the header has gone
	zip     *gzip.Writer
}

// Unwrap lets http.ResponseController reach the connection.
func (w *reply) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *reply) WriteHeader(status int) {
	if status >= 100 && status < 200 && status != http.StatusSwitchingProtocols {
		w.ResponseWriter.WriteHeader(status) // says that more comes
		return
	}
	if w.status == 0 {
		w.status = status
	}
	if status == http.StatusSwitchingProtocols {
		w.commit(0) // the connection is taken over next
	}
}

func (w *reply) Write(p []byte) (int, error) {
	w.commit(len(p))
	if w.zip != nil {
		return w.zip.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

// ReadFrom keeps the quick way from a file to the connection.
func (w *reply) ReadFrom(src io.Reader) (int64, error) {
	w.commit(0)
	if w.zip != nil {
		return io.Copy(w.zip, src)
	}
	return io.Copy(w.ResponseWriter, src)
}

// FlushError sends what there is: a stream, or a reply of unknown length.
func (w *reply) FlushError() error {
	w.commit(0)
	if w.zip != nil {
		if err := w.zip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// commit sends the header; first is how many bytes follow it at once.
func (w *reply) commit(first int) {
	if w.sent {
		return
	}
	w.sent = true
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if w.squeezable(first) {
		h := w.Header()
		h.Del("Content-Length")
		h.Set("Content-Encoding", "gzip")
		w.zip = zippers.Get().(*gzip.Writer)
		w.zip.Reset(w.ResponseWriter)
	}
	w.ResponseWriter.WriteHeader(w.status)
}

func (w *reply) squeezable(first int) bool {
	h := w.Header()
	if w.status < 200 || w.status == http.StatusNoContent || w.status == http.StatusNotModified || w.status == http.StatusPartialContent ||
		h.Get("Content-Encoding") != "" || !textual(h.Get("Content-Type")) || strings.Contains(h.Get("Cache-Control"), "no-transform") {
		return false
	}
	h.Add("Vary", "Accept-Encoding")
	size, err := strconv.Atoi(h.Get("Content-Length"))
	return w.squeeze && (err == nil && size >= smallest || first >= smallest)
}

// textual names the kinds that get smaller. Event streams are not among them.
func textual(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch strings.TrimSpace(kind) {
	case "text/html", "text/css", "text/javascript", "text/plain", "text/calendar", "text/csv", "image/svg+xml",
		"application/json", "application/problem+json", "application/manifest+json", "application/openapi+json":
		return true
	}
	return false
}

// close sends what was held back.
func (w *reply) close() {
	if w.status != 0 {
		w.commit(0)
	}
	if w.zip == nil {
		return
	}
	_ = w.zip.Close() // the reader went away: nobody is left to tell
	w.zip.Reset(io.Discard)
	zippers.Put(w.zip)
	w.zip = nil
}

// readsGzip reports whether a browser said that it can read gzip.
func readsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.TrimRight(strings.TrimSpace(q), "0.") != "q="
		}
	}
	return false
}
