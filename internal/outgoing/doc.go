// Package outgoing is the one way out to addresses that people typed in: https only, to
// public addresses only, short and small.
//
// Words: the guard decides whether an address may be dialled. It looks at the address that
// is really dialled, after each look-up and each redirect, so that a name that changes its
// mind between the check and the call gains nothing.
//
// Promises: private, loopback, link-local and metadata addresses are refused unless the
// keeper of the server allowed their network; an answer takes at most five seconds and one
// megabyte; after three redirects it is enough.
package outgoing
