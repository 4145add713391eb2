package pdf

import (
	"math"
	"strconv"

	"leerkring/internal/paper"
)

// perRow is how many moments stand beside each other.
const perRow = 5

// moments draws days on a line.
func (f *flow) moments(m paper.Moments) {
	e := f.root.add("L")
	e.attrs = "/O /List /ListNumbering /None"
	for from := 0; from < len(m.Items); from += perRow {
		f.momentRow(e, m.Items[from:min(from+perRow, len(m.Items))], min(len(m.Items), perRow))
	}
	f.y -= 2 * mm * f.w.scale
}

func (f *flow) momentRow(e *element, items []paper.Moment, places int) {
	s := f.w.scale
	w := f.width / float64(places)
	when, what, note := f.in(bold, 10.5, 1.35, paper.Ink), f.in(regular, 9.8, 1.32, paper.Ink), f.in(regular, 9.2, 1.32, paper.Quiet)
	most := 0.0
	for _, m := range items {
		h := float64(len(f.w.t.lines(paper.Text(m.When), when, w-3*mm*s))) * when.height()
		h += float64(len(f.w.t.lines(paper.Text(m.What), what, w-3*mm*s))) * what.height()
		if m.Note != "" {
			h += float64(len(f.w.t.lines(paper.Text(m.Note), note, w-3*mm*s))) * note.height()
		}
		most = max(most, h)
	}
	f.need(most + 8*mm*s)
	line := f.y - 2.2*mm*s
	f.page.artifact("", func() {
		f.page.rule(f.x, line, f.x+f.width, line, 1.6*s, paper.Ink)
		for i, m := range items {
			f.dot(f.x+float64(i)*w+1.8*mm*s, line, m.Look)
		}
	})
	for i, m := range items {
		body := e.add("LI").add("LBody")
		at := &flow{w: f.w, page: f.page, x: f.x + float64(i)*w, width: w - 3*mm*s, y: line - 3.6*mm*s, root: body, fixed: true}
		at.text(body, softly(f.w.t.lines(paper.Text(m.When), when, at.width)), when)
		at.text(body, softly(f.w.t.lines(paper.Text(m.What), what, at.width)), what)
		if m.Note != "" {
			at.text(body, f.w.t.lines(paper.Text(m.Note), note, at.width), note)
		}
	}
	f.y = line - 3.6*mm*s - most - 3*mm*s
	f.drawn()
}

// softly keeps the last of some lines apart from what follows, for who listens.
func softly(lines []set) []set {
	if n := len(lines); n > 0 {
		lines[n-1].soft = true
	}
	return lines
}

// dot is a moment on the line: a look back is a square on its corner.
func (f *flow) dot(x, y float64, look bool) {
	p, r := f.page, 1.7*mm*f.w.scale
	if !look {
		p.fill(paper.Ink)
		p.disc(x, y, r)
		p.op("f")
		return
	}
	p.fill(paper.Stip)
	p.stroke(paper.Ink)
	p.op("%s w %s m %s l %s l %s l h B", num(1.1*f.w.scale), nums(x-r, y), nums(x, y+r), nums(x+r, y), nums(x, y-r))
}

// circle draws the ring of a method.
func (f *flow) circle(c paper.Circle) {
	size := f.width
	if !f.fixed {
		size = min(f.width, 80*mm)
	}
	f.need(size)
	e := f.root.add("Figure")
	x, y, r := f.x+size/2, f.y-size/2, size/2
	e.says = c.Says
	e.attrs = "/O /Layout /Placement /Block /BBox [" + nums(f.x, f.y-size, f.x+size, f.y) + "]"
	f.page.belongs(e, func() {
		step := 2 * math.Pi / float64(len(c.Stages))
		for i, name := range c.Stages {
			from := math.Pi/2 - float64(i)*step - 0.025
			f.stage(x, y, r, from, from-step+0.05, i, c.Now, name)
		}
	})
	f.middle(c, x, y, size)
	f.y -= size + 2*mm*f.w.scale
	f.drawn()
}

// stage draws one part of the ring: filled where the team is, light where it has been.
func (f *flow) stage(x, y, r, from, to float64, i, now int, name string) {
	p := f.page
	inner := r * 0.78
	c := paper.Ink
	p.op("%s w", num(0.9*f.w.scale))
	switch {
	case i == now:
		p.fill(f.w.doc.Accent)
		c = paper.White
	case i < now:
		p.fill(f.w.doc.Accent.Mix(0.2))
	default:
		p.fill(paper.Sunken)
	}
	p.arc(x, y, r, from, to, true)
	p.arc(x, y, inner, to, from, false)
	p.op("h f")
	f.along(x, y, (r+inner)/2, from, to, strconv.Itoa(i+1), name, c)
}

// along writes a name on a circle; in the lower half from left to right too. A name that is
// longer than its part keeps its number.
func (f *flow) along(x, y, r, from, to float64, number, name string, c paper.Colour) {
	s := number + "  " + name
	size := 10.5 * f.w.scale * min(1, f.width/(92*mm))
	t := f.w.t
	if t.width(s, bold, size) > r*math.Abs(to-from)*0.9 {
		s = number
	}
	mid := (from + to) / 2
	below := math.Sin(mid) < -0.25
	turn := -1.0
	base := r - size*0.34
	if below {
		turn, base = 1, r+size*0.34
	}
	a := mid - turn*t.width(s, bold, size)/2/base
	f.page.fill(c)
	for _, g := range s {
		w := t.width(string(g), bold, size)
		a += turn * w / 2 / base
		rot := a - math.Pi/2
		if below {
			rot = a + math.Pi/2
		}
		px, py := x+base*math.Cos(a)-w/2*math.Cos(rot), y+base*math.Sin(a)-w/2*math.Sin(rot)
		f.page.op("BT %s Tm", nums(math.Cos(rot), math.Sin(rot), -math.Sin(rot), math.Cos(rot), px, py))
		t.glyphs(f.page, string(g), bold, size)
		f.page.op("ET")
		a += turn * w / 2 / base
	}
}

// middle writes where the team is.
func (f *flow) middle(c paper.Circle, x, y, size float64) {
	if c.Middle == "" {
		return
	}
	k := f.in(bold, 13*min(1, f.width/(92*mm)), 1.25, paper.Ink)
	lines := f.w.t.lines(paper.Text(c.Middle), k, size*0.52)
	if len(lines) > 4 {
		lines = lines[:4]
	}
	top := y + float64(len(lines))*k.height()/2
	f.page.artifact("", func() {
		for _, l := range lines {
			f.w.t.draw(f.page, l.runs, x-l.width()/2, top-baseline(k), k.size, false)
			top -= k.height()
		}
	})
}

// writeOn draws lines to write on, two beside each other. When the page is full there are
// fewer: nobody needs a page with one empty line.
func (f *flow) writeOn(w paper.WriteOn) {
	gap, step := 9*mm*f.w.scale, 13*mm*f.w.scale
	half := (f.width - gap) / 2
	for i := 0; i < w.Lines; i += 2 {
		if i > 0 && !f.fixed && f.y-step < f.w.bottom {
			break
		}
		f.need(step)
		f.y -= step
		f.page.artifact("", func() {
			f.page.rule(f.x, f.y, f.x+half, f.y, 0.7, paper.Quiet)
			if i+1 < w.Lines {
				f.page.rule(f.x+half+gap, f.y, f.x+f.width, f.y, 0.7, paper.Quiet)
			}
		})
		f.drawn()
	}
	f.y -= 4 * mm * f.w.scale
}

// spots draws frames to paste something in, as high as the page has room for.
func (f *flow) spots(s paper.Spots) {
	if s.Count < 1 {
		return
	}
	h := 24*mm*f.w.scale + f.w.extra
	gap := 4 * mm * f.w.scale
	w := (f.width - gap*float64(s.Count-1)) / float64(s.Count)
	f.need(h)
	f.page.artifact("", func() {
		f.page.fill(paper.White)
		f.page.stroke(paper.Rule)
		f.page.op("%s w", num(1*f.w.scale))
		for i := range s.Count {
			f.page.box(f.x+float64(i)*(w+gap), f.y-h, w, h, [4]float64{4, 4, 4, 4})
			f.page.op("B")
		}
	})
	f.y -= h
	f.drawn()
}
