// Package pdf writes a paper document as a tagged PDF: what a screen reader needs (a tree of
// what is a heading, a list, a table with its heads), an outline, the language, letters that
// travel with the file, and words that can be copied out again.
//
// Words: a run is text in one letter and colour on one line. An element is a node of the
// tree; what is only there for the eye is an artifact. A flow is where the next block goes.
//
// Promises: the same document gives the same bytes. A sign that no letter has is drawn as a
// frame and still read and copied as what it is. A text of any length ends, page after page.
package pdf
