package pdf

import (
	"fmt"

	"leerkring/internal/paper"
)

// grid is a table that is being drawn.
type grid struct {
	f      *flow
	t      paper.Table
	xs, ws []float64 // of the columns
	pad    float64
	k      look // of cells
	hk     look // of heads
}

func (f *flow) table(t paper.Table) {
	g := &grid{f: f, t: t, pad: 1.6 * mm * f.w.scale, k: f.in(regular, 9.8, 1.36, paper.Ink), hk: f.in(bold, 9.2, 1.3, paper.Ink)}
	sum := 0
	for _, s := range t.Shares {
		sum += s
	}
	x := f.x
	for _, s := range t.Shares {
		w := f.width * float64(s) / float64(sum)
		g.xs, g.ws = append(g.xs, x), append(g.ws, w)
		x += w
	}
	e := f.root.add("Table")
	if t.Caption != "" {
		e.attrs = "/O /Table /Summary " + text(t.Caption)
	}
	f.gap(1 * mm * f.w.scale)
	f.need(20 * mm * f.w.scale)
	g.head(e.add("THead").add("TR"))
	was := f.again
	if !f.fixed {
		f.again = func(*flow) { g.head(nil) }
	}
	body := e.add("TBody")
	for i, r := range t.Rows {
		if r.Group != "" {
			if i > 0 {
				body = e.add("TBody")
			}
			g.group(body.add("TR"), r.Group)
			continue
		}
		g.row(body.add("TR"), r)
	}
	f.again = was
	f.y -= 3 * mm * f.w.scale
}

// head draws the first row; for no element when it comes back on a next page.
func (g *grid) head(tr *element) {
	f := g.f
	most := 1
	cells := make([][]set, len(g.t.Head))
	for i, h := range g.t.Head {
		cells[i] = f.w.t.lines(paper.Text(h), g.hk, g.ws[i]-2.2*g.pad)
		most = max(most, len(cells[i]))
	}
	for i, lines := range cells {
		th := &element{kind: "TH"}
		if tr != nil {
			th = tr.add("TH")
			th.attrs = "/O /Table /Scope /Column"
		}
		y := f.y - g.pad*0.4
		for _, l := range lines {
			at := y - baseline(g.hk)
			if tr != nil {
				f.w.t.show(f.page, th, l, g.xs[i], at, g.hk.size)
			} else {
				f.page.artifact("/Type /Pagination", func() { f.w.t.draw(f.page, l.runs, g.xs[i], at, g.hk.size, false) })
			}
			y -= g.hk.height()
		}
	}
	f.y -= float64(most)*g.hk.height() + g.pad
	f.page.artifact("", func() { f.page.rule(f.x, f.y, f.x+f.width, f.y, 1.1*f.w.scale, f.accent()) })
	f.drawn()
}

func (g *grid) group(tr *element, title string) {
	f := g.f
	lines := f.w.t.lines(paper.Text(title), g.hk, f.width-2*g.pad)
	h := float64(len(lines))*g.hk.height() + g.pad*1.2
	f.need(h + 2*g.k.height() + 2*g.pad)
	f.page.artifact("", func() {
		f.page.fill(f.w.doc.Accent.Mix(0.1))
		f.page.box(f.x, f.y-h, f.width, h, [4]float64{})
		f.page.op("f")
	})
	th := tr.add("TH")
	th.attrs = fmt.Sprintf("/O /Table /Scope /Row /ColSpan %d", len(g.t.Head))
	y := f.y - g.pad*0.6
	for _, l := range lines {
		f.w.t.show(f.page, th, l, f.x+g.pad*0.6, y-baseline(g.hk), g.hk.size)
		y -= g.hk.height()
	}
	f.y -= h
	f.drawn()
}

// row draws a row, on one page when it fits there, else as much as fits on each.
func (g *grid) row(tr *element, r paper.Row) {
	f := g.f
	cells, most := make([][]set, len(r.Cells)), 1
	elements := make([]*element, len(r.Cells))
	for i, c := range r.Cells {
		cells[i] = f.w.t.lines(c, g.k, g.ws[i]-2.2*g.pad)
		most = max(most, len(cells[i]))
		kind, attrs := "TD", ""
		if i == 0 {
			kind, attrs = "TH", "/O /Table /Scope /Row"
		}
		elements[i] = tr.add(kind)
		elements[i].attrs = attrs
	}
	whole := float64(most)*g.k.height() + 2*g.pad
	if whole < (f.w.top-f.w.bottom)*0.8 {
		f.need(whole)
	} else {
		f.need(3*g.k.height() + 2*g.pad)
	}
	for from := 0; from < most; {
		n := most - from
		if !f.fixed {
			n = min(n, max(1, int((f.y-f.w.bottom-2*g.pad)/g.k.height())))
		}
		for i, lines := range cells {
			y := f.y - g.pad
			for j := from; j < min(from+n, len(lines)); j++ {
				f.w.t.show(f.page, elements[i], lines[j], g.xs[i], y-baseline(g.k), g.k.size)
				y -= g.k.height()
			}
		}
		f.y -= float64(n)*g.k.height() + 2*g.pad
		f.drawn()
		if from += n; from < most {
			f.next()
		}
	}
	f.page.artifact("", func() { f.page.rule(f.x, f.y, f.x+f.width, f.y, 0.4, paper.Rule) })
}
