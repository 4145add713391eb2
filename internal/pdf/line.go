package pdf

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerkring/internal/paper"
)

// look is how text is set: letter, size in points, height of a line, colour.
type look struct {
	letter letter
	size   float64
	lead   float64 // height of a line, as a share of the size
	colour paper.Colour
}

func (l look) height() float64 { return l.size * l.lead }

// run is a piece of text in one look on one line.
type run struct {
	text   string
	letter letter
	colour paper.Colour
	link   string
	width  float64
}

// set is a line as it is printed.
type set struct {
	runs []run
	soft bool // the text goes on with a space on the next line
}

// typist sets text in the fonts of a document.
type typist struct{ fonts *fonts }

func (t typist) width(s string, l letter, size float64) float64 {
	w := 0
	for _, r := range s {
		_, n := t.fonts.of(pick(r, l)).number(r)
		w += n
	}
	return float64(w) * size / 1000
}

// lines breaks a line of the document where it does not fit.
func (t typist) lines(l paper.Line, k look, width float64) []set {
	b := breaker{t: t, k: k, width: width}
	for _, s := range l {
		b.span(s)
	}
	b.word()
	if len(b.now.runs) > 0 || len(b.out) == 0 {
		b.end(false)
	}
	return b.out
}

// breaker makes lines of words.
type breaker struct {
	t       typist
	k       look
	width   float64
	out     []set
	now     set
	used    float64
	pending []run // of the word that is going on
	long    float64
	space   *run // before it
}

func (b *breaker) span(s paper.Span) {
	k := run{letter: styled(b.k.letter, s), colour: b.k.colour, link: s.Link}
	if s.Quiet {
		k.colour = paper.Quiet
	}
	for len(s.Text) > 0 {
		i := strings.IndexFunc(s.Text, func(r rune) bool { return unicode.IsSpace(r) && r != 0xa0 && r != 0x202f })
		if i < 0 {
			b.piece(k, s.Text)
			return
		}
		if i > 0 {
			b.piece(k, s.Text[:i])
		}
		b.word()
		c := s.Text[i]
		_, size := utf8.DecodeRuneInString(s.Text[i:])
		s.Text = s.Text[i+size:]
		if c == '\n' {
			b.end(false)
			continue
		}
		if len(b.now.runs) > 0 && b.space == nil {
			sp := k
			sp.text, sp.width = " ", b.t.width(" ", k.letter, b.k.size)
			b.space = &sp
		}
	}
}

func styled(l letter, s paper.Span) letter {
	switch {
	case l == voice:
		return voice
	case (s.Bold || l == bold) && s.Italic:
		return boldItalic
	case s.Bold || l == bold:
		return bold
	case s.Italic:
		return italic
	}
	return l
}

// piece adds to the word that is going on. After a hyphen or a stroke a new word may begin.
func (b *breaker) piece(k run, s string) {
	for len(s) > 0 {
		cut := len(s)
		if i := strings.IndexAny(s, "-/–—"); i >= 0 && i < len(s)-1 {
			_, size := utf8.DecodeRuneInString(s[i:])
			if cut = i + size; cut > len(s) {
				cut = len(s)
			}
		}
		k.text, s = s[:cut], s[cut:]
		k.width = b.t.width(k.text, k.letter, b.k.size)
		b.pending, b.long = append(b.pending, k), b.long+k.width
		if len(s) > 0 {
			b.word()
		}
	}
}

// word ends the word that is going on, and puts it where it fits.
func (b *breaker) word() {
	if len(b.pending) == 0 {
		return
	}
	gap := 0.0
	if b.space != nil {
		gap = b.space.width
	}
	if len(b.now.runs) > 0 && b.used+gap+b.long > b.width {
		b.end(b.space != nil)
		gap = 0
	}
	if b.space != nil && len(b.now.runs) > 0 {
		b.put(*b.space)
	}
	b.space = nil
	if b.long > b.width {
		b.chop()
	}
	for _, r := range b.pending {
		b.put(r)
	}
	b.pending, b.long = nil, 0
}

// chop puts as much as fits on each line, sign by sign, of a word that is longer than one.
func (b *breaker) chop() {
	for _, r := range b.pending {
		piece := r
		piece.text, piece.width = "", 0
		for _, c := range r.text {
			w := b.t.width(string(c), r.letter, b.k.size)
			if b.used+piece.width+w > b.width && (b.used > 0 || piece.text != "") {
				b.put(piece)
				b.end(false)
				piece.text, piece.width = "", 0
			}
			piece.text += string(c)
			piece.width += w
		}
		b.put(piece)
	}
	b.pending = nil
}

func (b *breaker) put(r run) {
	if r.text == "" {
		return
	}
	b.used += r.width
	if n := len(b.now.runs); n > 0 {
		last := &b.now.runs[n-1]
		if last.letter == r.letter && last.colour == r.colour && last.link == r.link {
			last.text += r.text
			last.width += r.width
			return
		}
	}
	b.now.runs = append(b.now.runs, r)
}

func (b *breaker) end(soft bool) {
	b.now.soft = soft
	b.out = append(b.out, b.now)
	b.now, b.used, b.space = set{}, 0, nil
}

func (s set) width() float64 {
	w := 0.0
	for _, r := range s.runs {
		w += r.width
	}
	return w
}

// show draws one line of text at a place, each piece for its element: links get one of
// their own below it.
func (t typist) show(p *page, e *element, s set, x, y float64, size float64) {
	for i := 0; i < len(s.runs); {
		j := i + 1
		for j < len(s.runs) && s.runs[j].link == s.runs[i].link {
			j++
		}
		runs, width := s.runs[i:j], 0.0
		for _, r := range runs {
			width += r.width
		}
		last := j == len(s.runs) && s.soft
		if to := runs[0].link; to != "" {
			t.showLink(p, e, runs, x, y, size, width, last)
		} else {
			p.belongs(e, func() { t.draw(p, runs, x, y, size, last) })
		}
		x += width
		i = j
	}
}

func (t typist) showLink(p *page, e *element, runs []run, x, y, size, width float64, soft bool) {
	le := e.add("Link")
	p.belongs(le, func() {
		t.draw(p, runs, x, y, size, soft)
	})
	p.artifact("", func() { p.rule(x, y-size*0.12, x+width, y-size*0.12, size*0.05, runs[0].colour) })
	says := ""
	for _, r := range runs {
		says += r.text
	}
	l := &link{x0: x, y0: y - size*0.25, x1: x + width, y1: y + size*0.8, to: runs[0].link, says: says}
	p.links = append(p.links, l)
	le.kids = append(le.kids, kid{page: p, link: l})
}

// draw writes runs one after the other. soft adds the space that stood where the line was
// broken, so that words stay apart for who copies or listens.
func (t typist) draw(p *page, runs []run, x, y, size float64, soft bool) {
	p.op("BT %s Td", nums(x, y))
	for i, r := range runs {
		s := r.text
		if soft && i == len(runs)-1 {
			s += " "
		}
		p.fill(r.colour)
		t.glyphs(p, s, r.letter, size)
	}
	p.op("ET")
}

// glyphs writes signs in the font that has them.
func (t typist) glyphs(p *page, s string, l letter, size float64) {
	var hex strings.Builder
	var font *used
	flush := func() {
		if hex.Len() > 0 {
			p.op("/%s %s Tf <%s> Tj", font.name, num(size), hex.String())
			hex.Reset()
		}
	}
	for _, r := range s {
		u := t.fonts.of(pick(r, l))
		if u != font {
			flush()
			font = u
		}
		n, _ := u.number(r)
		fmt.Fprintf(&hex, "%04X", n)
	}
	flush()
}
