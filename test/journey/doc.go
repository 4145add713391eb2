// Package journey walks through the product as a school does: the real program, a real
// Chromium, and people who click, type and read.
//
// Words: a journey is one story from its first to its last click; a step is a named part
// of it, so that a failure says how far the story came.
//
// Promises: everything is done by the pages and by the mail that the program writes; the
// same journeys hold on SQLite and on PostgreSQL.
package journey
