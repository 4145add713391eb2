package pdf

import (
	"strconv"

	"leerkring/internal/paper"
)

func (f *flow) list(l paper.List) {
	k := f.bodyLook()
	indent := 5.2 * mm * f.w.scale
	e := f.root.add("L")
	e.attrs = "/O /List /ListNumbering /" + map[paper.Mark]string{paper.Dot: "Disc", paper.Square: "Square", paper.Ring: "Circle", paper.Number: "Decimal"}[l.Mark]
	if l.Mark == paper.Number && len(l.Items) > 9 {
		indent *= 1.35
	}
	for i, item := range l.Items {
		li := e.add("LI")
		label, body := li.add("Lbl"), li.add("LBody")
		lines := f.w.t.lines(item, k, f.width-indent)
		f.need(float64(min(len(lines), 2)) * k.height())
		f.mark(label, l.Mark, i+1, k)
		f.textAt(body, lines, k, f.x+indent)
		f.y -= 1.3 * mm * f.w.scale
	}
	f.y -= 1 * mm * f.w.scale
}

// mark draws what stands before an item.
func (f *flow) mark(label *element, m paper.Mark, n int, k look) {
	y := f.y - baseline(k)
	side := k.size * 0.5
	switch m {
	case paper.Number:
		s := strconv.Itoa(n) + "."
		f.page.belongs(label, func() {
			f.w.t.draw(f.page, []run{{text: s, letter: bold, colour: k.colour}}, f.x, y, k.size, false)
		})
	case paper.Square:
		f.page.artifact("", func() {
			c := f.accent()
			if f.white {
				c = paper.Stip
			}
			f.page.fill(c)
			f.page.box(f.x, y+k.size*0.08, side, side, [4]float64{1, 1, 1, 1})
			f.page.op("f")
		})
	case paper.Ring:
		f.page.artifact("", func() {
			f.page.stroke(k.colour)
			f.page.op("%s w", num(k.size*0.09))
			f.page.disc(f.x+side/2, y+k.size*0.33, side/2)
			f.page.op("S")
		})
	default:
		f.page.belongs(label, func() {
			f.w.t.draw(f.page, []run{{text: "•", letter: regular, colour: k.colour}}, f.x, y, k.size, false)
		})
	}
}
