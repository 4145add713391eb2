// Package paper opens what the program gives on paper as others do: Word and ODT in
// LibreOffice, PDF with the tools of poppler, page by page, as pictures too.
package paper
