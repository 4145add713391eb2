package paper

import "time"

// Document is everything that stands on the paper.
type Document struct {
	Title    string
	Language string // of the text: nl-NL, en-GB
	Creator  string // who gives it out: the school
	Made     time.Time
	Sheet    Sheet
	Accent   Colour
	Head     Running // above each page; a document with one page needs none
	Foot     Running
	Pages    Numbering
	OnePage  bool    // it is made to hang on a wall: smaller letters rather than a second page
	Scale    float64 // of all letters; 0 is 1
	Blocks   []Block
}

// Running is what stands above or below every page.
type Running struct{ Left, Right string }

// Numbering is the words around the number of a page and around how many there are:
// «Page 2 of 5». Without Before no number is shown.
type Numbering struct{ Before, Between string }

// Sheet is the size of the paper, in millimetres, and how large its letters are.
type Sheet struct {
	Name          string
	Width, Height float64
	Letters       float64 // 1 on A4
}

// The sheets.
var (
	A4 = Sheet{"A4", 210, 297, 1}
	A3 = Sheet{"A3", 297, 420, 1.42}
)

// Colour is a colour as the eye sees it.
type Colour struct{ R, G, B uint8 }

// Mix is the colour with so much of it on white: 1 is the colour, 0 is white.
func (c Colour) Mix(part float64) Colour {
	on := func(v uint8) uint8 { return uint8(255 - (255-float64(v))*part + 0.5) }
	return Colour{on(c.R), on(c.G), on(c.B)}
}

// Hex is the colour as files of text write it, without a mark before it.
func (c Colour) Hex() string {
	const digits = "0123456789ABCDEF"
	out := make([]byte, 0, 6)
	for _, v := range []uint8{c.R, c.G, c.B} {
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}

// The colours of text and of what lies behind it.
var (
	Ink    = Colour{0x1B, 0x21, 0x38}
	Quiet  = Colour{0x4A, 0x50, 0x66}
	Rule   = Colour{0xC9, 0xC6, 0xBA}
	Sunken = Colour{0xF4, 0xF3, 0xEF}
	White  = Colour{0xFF, 0xFF, 0xFF}
	Stip   = Colour{0xF7, 0xC4, 0x43}
)

// Span is a piece of text with one look.
type Span struct {
	Text         string
	Bold, Italic bool
	Quiet        bool   // smaller in importance: grey
	Link         string // where it leads; only https, http and mailto
}

// Line is text with its marks. A line feed in it is a new line.
type Line []Span

// Text is a line without marks.
func Text(s string) Line { return Line{{Text: s}} }

// String is the words alone.
func (l Line) String() string {
	out := ""
	for _, s := range l {
		out += s.Text
	}
	return out
}
