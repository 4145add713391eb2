package serve

import "net/http"

// What browsers may do with our pages: only what we serve ourselves, no inline script
// or style, in nobody's frame.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
	"media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// fixed values are shared by all replies: a handler that sets another replaces the slice.
var (
	pageCSP    = []string{pagePolicy}
	apiCSP     = []string{apiPolicy}
	nosniff    = []string{"nosniff"}
	sameOrigin = []string{"same-origin"}
	noReferrer = []string{"no-referrer"}
	noStore    = []string{"no-store"}
	hsts       = []string{"max-age=31536000"}
)

// protect puts the security headers on a reply, whatever it will be.
func protect(h http.Header, csp []string, secure, link bool) {
	h["Content-Security-Policy"] = csp
	h["X-Content-Type-Options"] = nosniff
	h["Cross-Origin-Opener-Policy"] = sameOrigin
	h["Cross-Origin-Resource-Policy"] = sameOrigin
	h["Referrer-Policy"] = sameOrigin
	h["Cache-Control"] = noStore
	if link {
		h["Referrer-Policy"] = noReferrer
	}
	if secure {
		h["Strict-Transport-Security"] = hsts
	}
}
