// Package api is the door for programs: JSON under /api/v1, described by
// GET /api/v1/openapi.json. It offers the acts of the pages with the rights of the
// pages, and asks the same services; it decides nothing itself.
//
// Words: a call is one request of a program, with the person whose token it carries. A
// receipt is what a write answers: where the new thing is, or nothing. A version is what
// a program read, and sends back as If-Match when it changes that. A problem is a
// refusal as RFC 9457 wants it.
//
// Promises: no cookie counts. What is not allowed is absent, in the same bytes as what
// is not there. A write that is sent again with the same Idempotency-Key is done once and
// answered the same. Of two texts that were written at once both come back and both are
// kept. A body holds the fields that are asked for and no others. Nothing of class V has
// a route: no drafts, no single ratings, no feedback, no reflection; and what a page
// shows for a moment to those in the room (who has not been heard yet, who signed) is
// not given to programs, which could keep it.
package api

import "embed"

// Texts are the sentences with which this door refuses.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS
