package pdf

import "leerkring/internal/paper"

// slots are the places of columns: x and width of what stands in each.
func (f *flow) slots(c paper.Columns) (xs, ws []float64, gap, pad float64) {
	sum := 0
	for _, col := range c.Columns {
		sum += col.Share
	}
	if !c.Framed {
		gap = 9 * mm * f.w.scale
	} else {
		pad = 5 * mm * f.w.scale
	}
	room := f.width - gap*float64(len(c.Columns)-1)
	x := f.x
	for _, col := range c.Columns {
		w := room * float64(col.Share) / float64(sum)
		xs, ws = append(xs, x), append(ws, w)
		x += w + gap
	}
	return xs, ws, gap, pad
}

func (f *flow) columnsHeight(c paper.Columns) float64 {
	_, ws, _, pad := f.slots(c)
	most := 0.0
	for i, col := range c.Columns {
		most = max(most, f.height(col.Blocks, ws[i]-2*pad, col.Tone == paper.Strong))
	}
	return most + 1.6*pad
}

// columns draws blocks side by side; below each other, without their frame, when they are
// higher than a page.
func (f *flow) columns(c paper.Columns) {
	xs, ws, _, pad := f.slots(c)
	h := f.columnsHeight(c)
	if !f.fixed && h > f.w.top-f.w.bottom {
		for _, col := range c.Columns {
			f.blocks(col.Blocks)
		}
		return
	}
	f.gap(2 * mm * f.w.scale)
	f.need(h)
	if c.Framed {
		f.backs(c, xs, ws, h)
	}
	top := f.y
	for i, col := range c.Columns {
		in := &flow{w: f.w, page: f.page, x: xs[i] + pad, width: ws[i] - 2*pad, y: top - pad, root: f.root.add("Div"), fixed: true, fresh: true, white: col.Tone == paper.Strong}
		in.blocks(col.Blocks)
	}
	f.y = top - h - 4*mm*f.w.scale
	f.drawn()
}

// backs draws what lies behind columns, and the frame around all.
func (f *flow) backs(c paper.Columns, xs, ws []float64, h float64) {
	r := 3.2 * mm * f.w.scale
	last := len(c.Columns) - 1
	p := f.page
	p.artifact("", func() {
		for i, col := range c.Columns {
			var corners [4]float64
			if i == 0 {
				corners[0], corners[3] = r, r
			}
			if i == last {
				corners[1], corners[2] = r, r
			}
			switch col.Tone {
			case paper.Pale:
				p.fill(paper.Sunken)
			case paper.Tinted:
				p.fill(f.w.doc.Accent.Mix(0.1))
			case paper.Strong:
				p.fill(f.w.doc.Accent)
			default:
				continue
			}
			p.box(xs[i], f.y-h, ws[i], h, corners)
			p.op("f")
		}
		if last == 0 && c.Columns[0].Tone == paper.Pale {
			return
		}
		p.stroke(f.w.doc.Accent)
		p.op("%s w", num(0.9*f.w.scale))
		p.box(xs[0], f.y-h, xs[last]+ws[last]-xs[0], h, [4]float64{r, r, r, r})
		p.op("S")
	})
}
