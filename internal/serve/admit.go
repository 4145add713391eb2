package serve

import (
	"net/http"
	"net/url"
	"path"
	"slices"
)

// admit returns the status with which a request is turned away, or 0, and why.
func (d *door) admit(r *http.Request, rule Rule) (status int, why string) {
	switch {
	case len(d.o.Hosts) > 0 && !slices.Contains(d.o.Hosts, r.Host):
		return http.StatusMisdirectedRequest, "host"
	case !canonical(r.URL):
		return http.StatusNotFound, "path"
	case d.guard != nil && !d.sameOrigin(r):
		return http.StatusForbidden, "origin"
	case !singleValues(r.URL.RawQuery, rule.Lists):
		return http.StatusBadRequest, "query"
	case r.ContentLength > d.bodyLimit(rule):
		return http.StatusRequestEntityTooLarge, "size"
	}
	return 0, ""
}

func (d *door) bodyLimit(rule Rule) int64 {
	if rule.Body > 0 {
		return rule.Body
	}
	return d.o.Body
}

// canonical reports the one way to write a path: nothing empty, no dots, no slash at the
// end, nothing escaped that need not be. A second way could pass a check of the first.
func canonical(u *url.URL) bool {
	return u.RawPath == "" && u.Path == path.Clean(u.Path) && u.Path[0] == '/'
}

// singleValues reports that no query field comes twice, except those declared as lists:
// two readers of one request must not see two different values.
func singleValues(raw string, lists []string) bool {
	if raw == "" {
		return true
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return false
	}
	for name, v := range values {
		if len(v) > 1 && !slices.Contains(lists, name) {
			return false
		}
	}
	return true
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// sameOrigin adds to the check of the standard library what that lets pass: an unsafe
// request must show that it comes from us, as soon as it carries a cookie.
func (d *door) sameOrigin(r *http.Request) bool {
	if safe(r.Method) {
		return true
	}
	if d.guard.Check(r) != nil {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin":
		return true
	case "":
		return r.Header.Get("Origin") != "" || r.Header.Get("Cookie") == ""
	}
	return false // "none", which no form of ours sends
}
