package page

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

const maxPath = 2000

// Local reports whether s is a path of this house, in its one canonical form, with or
// without a query. "//elsewhere", "/\elsewhere" and everything with a host are not.
func Local(s string) bool {
	if len(s) > maxPath || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0x7f || s[i] == '\\' {
			return false
		}
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return false
	}
	return canonical(u.Path) && !strings.Contains(u.Path, "\\")
}

// canonical reports a path without empty, "." or ".." parts and without a slash at the end.
func canonical(p string) bool { return p == path.Clean(p) }

// SeeOther sends the browser on to a page of this house after an act. Any other place
// becomes the first page.
func SeeOther(w http.ResponseWriter, r *http.Request, to string) {
	if !Local(to) {
		to = "/"
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}
