// Package serve is the outer door: what every request passes before a room sees
// it, and every reply on its way out.
//
// There are two doors. Browser is for pages: cookies count, so an unsafe request
// must come from our own origin. API is for programs: cookies do not exist there.
// Both are safe by default: security headers on every reply, one path per page,
// limits on size, time and number, a panic becomes an error page.
//
// A Rule says what is different for one route. What a door writes down is the
// route's pattern, the status, the time it took and the request's id; never a
// path, a query, a body, an address or an agent. Of a private route only a failure
// is written down, without its name; of a silent one (a ballot) nothing.
package serve
