package web

import (
	"net/http"

	"leerkring/internal/errs"
	"leerkring/web/room"
)

// failures are the refusals of the outer door, in the words of the house.
var failures = map[int]errs.Kind{
	http.StatusNotFound: errs.KindAbsent, http.StatusMethodNotAllowed: errs.KindAbsent, http.StatusTooManyRequests: errs.KindLimited,
	http.StatusServiceUnavailable: errs.KindUnavailable, http.StatusInternalServerError: errs.KindInternal,
}

// Fail draws a refusal of the outer door: the same clear page as any other, in the
// language of the browser. Nobody is looked up for it.
func (s *Server) Fail(w http.ResponseWriter, req *http.Request, status int) {
	r := &room.Request{W: w, R: req, House: s.House}
	lang := s.House.Catalog.Match(cookieValue(req, "language"), req.Header.Get("Accept-Language"))
	r.Words = s.words.of(s.House.Library, r.School(), lang)
	r.T = s.words.texts(s.House.Catalog, r.School(), lang, r.Words)
	kind, ok := failures[status]
	if !ok {
		kind = errs.KindInvalid
	}
	s.draw(r, kind, status, "")
}
