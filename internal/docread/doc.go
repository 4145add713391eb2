// Package docread reads what people write in: a Word document, an OpenDocument text, a text
// file or pasted text. It gives the headings, paragraphs, list items and tables in their order,
// and knows nothing of what they are about.
//
// Words: a block is one of those four. The plain form is text that reads back as the same
// blocks: a heading begins with signs of number, an item with a dash, and the cells of a row
// are kept apart by tabs. A file becomes its plain form, so that what was uploaded and what
// was pasted go one way from there.
//
// Promises: only words come out. Pictures, links, fields, comments, text that was taken out
// and text that is hidden stay behind; nothing is fetched, and nothing is unpacked to a disk.
// A file that is put together to do harm is refused before it costs anything.
package docread

import "errors"

// Kind is what sort of block it is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	Item
	Table
)

// Block is one piece of a document.
type Block struct {
	Kind  Kind
	Level int        // of a heading: 1 is the highest, Bold is a bold line that stands as one
	Text  string     // of all but a table; without line ends
	Rows  [][]string // of a table: its cells, which may have line ends; SameCell goes with the cell before
}

// Bold is the level of a bold line that stands as a heading.
const Bold = 6

// SameCell is a cell that goes with the one on its left.
const SameCell = "^"

// What a file can be that is not read. A room says it in its own words.
var (
	ErrEmpty   = errors.New("docread: nothing is in it")
	ErrOld     = errors.New("docread: a document of an old Word")
	ErrLocked  = errors.New("docread: it has a password")
	ErrPDF     = errors.New("docread: a PDF")
	ErrPicture = errors.New("docread: a picture")
	ErrKind    = errors.New("docread: another kind of file")
	ErrDamaged = errors.New("docread: it cannot be read")
	ErrBomb    = errors.New("docread: it is put together to do harm")
	ErrLong    = errors.New("docread: more than is read at once")
)

// MaxText is how long the plain form may be, in bytes: some two hundred and fifty pages.
const MaxText = 800_000

const (
	maxBlocks  = 20_000
	maxTokens  = 1_500_000 // parts of the XML: what takes a second
	maxDepth   = 200
	maxColumns = 40
)
