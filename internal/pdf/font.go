package pdf

import (
	"embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// letter is one of the letters that we print with.
type letter int

// The letters.
const (
	regular letter = iota
	bold
	italic
	boldItalic
	voice
)

var letterFiles = [...]string{"atkinson-next-regular", "atkinson-next-bold", "atkinson-next-italic", "atkinson-next-bold-italic", "literata-regular"}

// face is a font as it was read, shared by all documents and never changed.
type face struct {
	raw     []byte
	font    *sfnt.Font
	name    string
	unit    int // units in an em
	metrics font.Metrics
	mu      sync.Mutex // of what was looked up
	known   map[rune]glyph
}

// glyph is a sign in a font, with its width in thousandths of the size.
type glyph struct {
	index uint16
	width int
	there bool
}

// faces are read at the first document: the program starts without them.
var faces = sync.OnceValue(func() [len(letterFiles)]*face {
	var out [len(letterFiles)]*face
	for i, name := range letterFiles {
		raw, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
		if err != nil {
			panic("pdf: " + err.Error())
		}
		f, err := sfnt.Parse(raw)
		if err != nil {
			panic("pdf: " + name + ": " + err.Error())
		}
		out[i] = &face{raw: raw, font: f, name: name, unit: int(f.UnitsPerEm()), known: map[rune]glyph{}}
		if out[i].metrics, err = f.Metrics(nil, fixed.I(1000), font.HintingNone); err != nil {
			panic("pdf: " + name + ": " + err.Error())
		}
		if out[i].name, err = f.Name(nil, sfnt.NameIDPostScript); err != nil {
			panic("pdf: " + name + ": " + err.Error())
		}
	}
	return out
})

// glyphOf looks a sign up.
func (f *face) glyphOf(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g, ok := f.known[r]; ok {
		return g
	}
	g := glyph{}
	if i, err := f.font.GlyphIndex(nil, r); err == nil && i != 0 {
		g.index, g.there = uint16(i), true
		g.width = f.widthOf(i)
	}
	f.known[r] = g
	return g
}

func (f *face) widthOf(i sfnt.GlyphIndex) int {
	w, err := f.font.GlyphAdvance(nil, i, fixed.I(1000), font.HintingNone)
	if err != nil {
		return 0
	}
	return w.Round()
}

// frame is the width of the frame that stands for a sign that no letter has.
const frame = 640

// used is a font as one document uses it: the signs that come in it, under numbers of their
// own. Number 0 is kept for what a file may not show.
type used struct {
	face    *face
	name    string // in the pages
	numbers map[rune]int
	signs   []sign // by number, from 1
}

// sign is one sign of a used font.
type sign struct {
	r     rune
	from  uint16 // glyph in the face
	width int
	kind  kindOfSign
}

type kindOfSign int

const (
	drawn   kindOfSign = iota
	framed             // no letter has it
	nothing            // it has no width of its own: it joins or chooses
)

func (u *used) number(r rune) (int, int) {
	if n, ok := u.numbers[r]; ok {
		return n, u.signs[n-1].width
	}
	s := sign{r: r, kind: framed, width: frame}
	switch g := u.face.glyphOf(r); {
	case widthless(r):
		s.kind, s.width = nothing, 0
	case g.there:
		s = sign{r: r, from: g.index, width: g.width}
	}
	u.signs = append(u.signs, s)
	u.numbers[r] = len(u.signs)
	return len(u.signs), s.width
}

func widthless(r rune) bool {
	return r == 0x200d || r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff
}

// fonts are those of one document.
type fonts [len(letterFiles)]*used

// of is the used font of a letter.
func (f *fonts) of(l letter) *used {
	if f[l] == nil {
		f[l] = &used{face: faces()[l], name: "F" + string(rune('0'+int(l))), numbers: map[rune]int{}}
	}
	return f[l]
}

// pick is the letter for a sign: the one asked for, else the voice, which knows more
// alphabets, else a frame in the one asked for.
func pick(r rune, l letter) letter {
	if l == voice || widthless(r) || faces()[l].glyphOf(r).there || !faces()[voice].glyphOf(r).there {
		return l
	}
	return voice
}
