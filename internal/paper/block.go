package paper

// Block is one thing below the other.
type Block interface{ block() }

// Heading is a heading of level 1, 2 or 3.
type Heading struct {
	Level int
	Text  string
}

// Style is how a paragraph looks.
type Style string

// The styles.
const (
	Body  Style = "body"
	Lead  Style = "lead"  // the one sentence that carries a page, in the letter of people's words
	Voice Style = "voice" // what people wrote
	Small Style = "small"
)

// Paragraph is running text.
type Paragraph struct {
	Line  Line
	Style Style
}

// Mark is what stands before an item of a list.
type Mark string

// The marks.
const (
	Dot    Mark = ""
	Square Mark = "square" // what everybody does
	Ring   Mark = "ring"   // what one chooses
	Number Mark = "number"
)

// List is a list.
type List struct {
	Mark  Mark
	Items []Line
}

// Table is a table whose first row and first column are its heads.
type Table struct {
	Caption string
	Head    []string
	Shares  []int // of the width, one for each column; equal when nil
	Rows    []Row
}

// Row is a row of a table: cells, or a group that heads the rows below it.
type Row struct {
	Group string
	Cells []Line
}

// Columns stand beside each other, and are never divided over two pages while they fit on
// one. One column in a frame is a box.
type Columns struct {
	Framed  bool
	Columns []Column
}

// Column is one of them.
type Column struct {
	Share  int // of the width; 0 is 1
	Tone   Tone
	Blocks []Block
}

// Tone is what lies behind a column.
type Tone string

// The tones.
const (
	Plain  Tone = ""
	Pale   Tone = "pale"   // a note
	Tinted Tone = "tinted" // a little of the accent
	Strong Tone = "strong" // the accent, with white letters
)

// Moments are days in their order, on a line.
type Moments struct {
	Items []Moment
}

// Moment is one of them.
type Moment struct {
	When, What, Note string
	Look             bool // a moment to look back
}

// Circle is the way of a method as a ring, with where the team is. Files of text say it in
// words.
type Circle struct {
	Stages []string
	Now    int    // index of the stage; less than 0 when there is none
	Middle string // what stands in it
	Says   string // all of it in words
}

// WriteOn are lines to write on: so many, side by side in two.
type WriteOn struct{ Lines int }

// Spots are empty frames to paste something in.
type Spots struct{ Count int }

// Divider is a rule across the page.
type Divider struct{}

// PageBreak begins a new page.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Columns) block()   {}
func (Moments) block()   {}
func (Circle) block()    {}
func (WriteOn) block()   {}
func (Spots) block()     {}
func (Divider) block()   {}
func (PageBreak) block() {}
