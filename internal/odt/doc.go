// Package odt writes a paper document as an OpenDocument text: real styles with their
// outline levels, heads of tables that come back on every page, the language of the text,
// fields for the page numbers.
//
// Promises: the same document gives the same bytes. What the circle of a poster draws, the
// text says in words.
package odt
