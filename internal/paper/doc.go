// Package paper is a document as people hold it in their hands, before it is a PDF, a Word
// or an ODT file: a title, running lines, and blocks in their order. The writers of those
// files (internal/pdf, internal/docx, internal/odt) each say all of it.
//
// Words: a sheet is the size of the paper. A line is text with its marks, in one direction
// of reading. A block is what stands below the block before it. The accent is the colour of
// whoever gives the document out.
//
// Promises: a document holds no markup, so nothing that somebody typed can become one; Clean
// takes out what no writer can show or what would turn a text around.
package paper
