// Package docx writes a paper document as a Word document: real styles with their outline
// levels, so that the list of headings, screen readers and a colleague's changes work; the
// head of a table on every page; the language of the text; fields for the page numbers.
//
// Words: a part is one file in the package that a Word document is.
//
// Promises: the same document gives the same bytes. What the circle of a poster draws, Word
// says in words.
package docx
