package page

import (
	"bytes"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"

	"leerkring/internal/errs"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKept is the largest buffer that is used again: one huge page must not stay in memory.
const maxKept = 1 << 20

// Render draws a page whole and then sends it. When drawing fails nothing was sent.
func Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer func() {
		if b.Cap() <= maxKept {
			buffers.Put(b)
		}
	}()
	if err := c.Render(r.Context(), b); err != nil {
		return errs.Because(err, "draw the page")
	}
	Send(w, r, status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// Send sends ready-made bytes.
func Send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader went away: nobody is left to tell
	}
}
