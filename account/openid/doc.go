// Package openid speaks OpenID Connect with the login of a school: where it is, how
// somebody is sent there, and what may be believed of what comes back.
//
// Words: a kind is a make of login with its own habits (Entra, Google, a federation). A
// visit is one trip of one browser to the login and back. An identity is issuer and
// subject, and nothing else; an address is only a hint, and vouched for only where the
// rules of the kind say so.
//
// Promises: the issuer is pinned, and so are the algorithms; what comes back counts for
// this client, this visit and this moment only. Every failure has a reason that can be
// said to a person.
package openid
