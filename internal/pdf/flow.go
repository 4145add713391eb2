package pdf

import (
	"leerkring/internal/paper"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// layout is one way to put a document on pages.
type layout struct {
	doc    paper.Document
	scale  float64 // of letters
	extra  float64 // height that is left for spots
	t      typist
	pages  []*page
	root   *element
	heads  []outlined
	left   float64
	width  float64
	top    float64
	bottom float64
	end    float64 // where the last page ends
}

// outlined is a heading with its place.
type outlined struct {
	level int
	title string
	page  *page
	y     float64
}

// lay puts a document on pages.
func lay(d paper.Document, scale, extra float64) *layout {
	w := &layout{doc: d, scale: scale * d.Sheet.Letters * d.Scale, extra: extra, t: typist{&fonts{}}, root: &element{kind: "Document"}}
	side := 20 * mm * (1 + (d.Sheet.Letters-1)*0.2)
	w.left, w.width = side, d.Sheet.Width*mm-2*side
	w.top, w.bottom = d.Sheet.Height*mm-18*mm, 20*mm
	if d.Head != (paper.Running{}) {
		w.top -= 7 * mm
	}
	f := &flow{w: w, x: w.left, width: w.width, root: w.root}
	f.next()
	f.blocks(d.Blocks)
	w.end = f.y
	w.running()
	return w
}

// flow is where the next block goes.
type flow struct {
	w     *layout
	page  *page
	x     float64
	width float64
	y     float64 // top of what comes
	root  *element
	fixed bool // it stands in something that is not divided
	white bool // letters on the accent
	fresh bool // nothing stands on the page yet
	again func(*flow)
}

// next goes to the top of a new page.
func (f *flow) next() {
	f.page = &page{}
	f.w.pages = append(f.w.pages, f.page)
	f.y, f.fresh = f.w.top, true
	if f.again != nil {
		f.again(f)
	}
}

// need goes to a new page when there is less room than so much.
func (f *flow) need(h float64) {
	if !f.fixed && !f.fresh && f.y-h < f.w.bottom {
		f.next()
	}
}

// gap is room above what comes; at the top of a page there is none.
func (f *flow) gap(h float64) {
	if !f.fresh {
		f.y -= h
	}
}

func (f *flow) drawn() { f.fresh = false }

// apart is a flow on a page that nobody sees, to find out how high something is.
func (f *flow) apart(x, width float64) *flow {
	return &flow{w: f.w, page: &page{}, x: x, width: width, y: 0, root: &element{}, fixed: true, fresh: true, white: f.white}
}

// height is how high blocks are at a width.
func (f *flow) height(blocks []paper.Block, width float64, white bool) float64 {
	heads := len(f.w.heads)
	a := f.apart(0, width)
	a.white = white
	a.blocks(blocks)
	f.w.heads = f.w.heads[:heads]
	return -a.y
}

func (f *flow) blocks(blocks []paper.Block) {
	for i, b := range blocks {
		var after paper.Block
		if i+1 < len(blocks) {
			after = blocks[i+1]
		}
		f.block(b, after)
	}
}

func (f *flow) block(b, after paper.Block) {
	switch x := b.(type) {
	case paper.Heading:
		f.heading(x, after)
	case paper.Paragraph:
		f.paragraph(x)
	case paper.List:
		f.list(x)
	case paper.Table:
		f.table(x)
	case paper.Columns:
		f.columns(x)
	case paper.Moments:
		f.moments(x)
	case paper.Circle:
		f.circle(x)
	case paper.WriteOn:
		f.writeOn(x)
	case paper.Spots:
		f.spots(x)
	case paper.Divider:
		f.divider()
	case paper.PageBreak:
		if !f.fixed && !f.fresh {
			f.next()
		}
	}
}

// in is how a kind of text is set here.
func (f *flow) in(l letter, size, lead float64, c paper.Colour) look {
	if f.white {
		c = paper.White
	}
	return look{l, size * f.w.scale, lead, c}
}

func (f *flow) bodyLook() look { return f.in(regular, 10.5, 1.42, paper.Ink) }

func (f *flow) headingLook(level int) (look, float64, float64) {
	large := 1.0
	if f.w.doc.Sheet.Letters > 1 {
		large = 1.55
	}
	switch level {
	case 1:
		return f.in(bold, 25*large, 1.12, paper.Ink), 0, 3 * mm
	case 2:
		return f.in(bold, 15, 1.25, f.w.doc.Accent), 7 * mm, 2 * mm
	}
	return f.in(bold, 11.5, 1.35, paper.Ink), 4.5 * mm, 1.2 * mm
}

func (f *flow) heading(h paper.Heading, after paper.Block) {
	k, before, below := f.headingLook(h.Level)
	lines := f.w.t.lines(paper.Text(h.Text), k, f.width)
	f.need(before + float64(len(lines))*k.height() + below + f.first(after))
	f.gap(before * f.w.scale)
	e := f.root.add("H" + string(rune('0'+h.Level)))
	e.title, e.level = h.Text, h.Level
	f.w.heads = append(f.w.heads, outlined{h.Level, h.Text, f.page, f.y})
	f.text(e, lines, k)
	f.y -= below * f.w.scale
}

// first is how much of a block must stand below its heading.
func (f *flow) first(b paper.Block) float64 {
	switch x := b.(type) {
	case nil:
		return 0
	case paper.Columns:
		if h := f.columnsHeight(x); h < (f.w.top-f.w.bottom)/2 {
			return h
		}
		return 30 * mm
	case paper.Table:
		return 24 * mm * f.w.scale
	case paper.Moments:
		return 26 * mm * f.w.scale
	}
	return 13 * mm * f.w.scale
}

// text puts lines below each other for one element. Two lines stay together at the foot
// and at the head of a page.
func (f *flow) text(e *element, lines []set, k look) { f.textAt(e, lines, k, f.x) }

func (f *flow) textAt(e *element, lines []set, k look, x float64) {
	for i, l := range lines {
		left := len(lines) - i
		keep := 1
		if i == 0 && left > 1 || left == 3 && i > 0 { // no line alone below or above
			keep = 2
		}
		f.need(float64(keep) * k.height())
		f.w.t.show(f.page, e, l, x, f.y-baseline(k), k.size)
		f.y -= k.height()
		f.drawn()
	}
}

// baseline is how far below the top of a line its letters stand.
func baseline(k look) float64 { return (k.height()-k.size)/2 + 0.79*k.size }

func (f *flow) paragraph(p paper.Paragraph) {
	k, before, below := f.bodyLook(), 0.0, 2.2*mm
	switch p.Style {
	case paper.Lead:
		k, below = f.in(voice, 16, 1.36, paper.Ink), 4*mm
	case paper.Voice:
		k = f.in(voice, 11.3, 1.45, paper.Ink)
	case paper.Small:
		k, below = f.in(regular, 9.2, 1.4, paper.Quiet), 1.6*mm
	}
	f.gap(before)
	f.text(f.root.add("P"), f.w.t.lines(p.Line, k, f.width), k)
	f.y -= below * f.w.scale
}

func (f *flow) divider() {
	f.gap(2 * mm * f.w.scale)
	f.need(4 * mm)
	f.page.artifact("", func() { f.page.rule(f.x, f.y, f.x+f.width, f.y, 1.3*f.w.scale, f.accent()) })
	f.y -= 4.5 * mm * f.w.scale
	f.drawn()
}

func (f *flow) accent() paper.Colour {
	if f.white {
		return paper.White
	}
	return f.w.doc.Accent
}
