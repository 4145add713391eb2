// Package authoring is where a school makes a way of working its own: it copies a pack,
// changes words, order, questions, weights and minutes, sees what differs, and publishes.
// A pack comes in and goes out as one file.
//
// Words: a draft is the pack that colleagues work on together; a part is a piece of it that
// one person saves at a time, the pack itself or one stage. Publishing makes a version that
// never changes again. The shelf of a school holds our packs and what it published itself.
//
// The way of the data: pack → copy (a draft of one school) → form (a Body: one value a
// field) → Apply → Rewrite and Check → draft → Publish → version → shelf → a trajectory, which
// keeps the exact text for itself. A file goes through the same Check and becomes a draft.
//
// Promises: a draft is always a pack without faults; a save on an older version shows both;
// what one school writes no other school sees; nothing in a file gives a right, a place at
// another school or the name of a pack of ours.
package authoring
