package pdf

import (
	"bytes"
	"fmt"
	"math"

	"leerkring/internal/paper"
)

// page is one page as it is drawn.
type page struct {
	number int // object
	body   bytes.Buffer
	pieces []*element // whose each numbered piece is
	links  []*link
}

// belongs draws something that an element says.
func (p *page) belongs(e *element, draw func()) {
	n := len(p.pieces)
	p.pieces = append(p.pieces, e)
	e.kids = append(e.kids, kid{page: p, piece: n})
	fmt.Fprintf(&p.body, "/%s << /MCID %d >> BDC\n", e.kind, n)
	draw()
	p.body.WriteString("EMC\n")
}

// artifact draws something that is only there for the eye; kind is "" or the properties of
// what comes back on every page.
func (p *page) artifact(kind string, draw func()) {
	if kind == "" {
		p.body.WriteString("/Artifact BMC\n")
	} else {
		fmt.Fprintf(&p.body, "/Artifact << %s >> BDC\n", kind)
	}
	draw()
	p.body.WriteString("EMC\n")
}

func (p *page) op(format string, args ...any) { fmt.Fprintf(&p.body, format+"\n", args...) }

func ink(c paper.Colour) string {
	return nums(float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
}

func (p *page) fill(c paper.Colour)   { p.op("%s rg", ink(c)) }
func (p *page) stroke(c paper.Colour) { p.op("%s RG", ink(c)) }

func (p *page) rule(x0, y0, x1, y1, thick float64, c paper.Colour) {
	p.stroke(c)
	p.op("%s w %s m %s l S", num(thick), nums(x0, y0), nums(x1, y1))
}

// round is the share of a radius at which the handles of a quarter of a circle stand.
const round = 0.5523

// box is the path of a rectangle with round corners; r holds those of the four corners, from
// bottom left, against the clock.
func (p *page) box(x, y, w, h float64, r [4]float64) {
	for i := range r {
		r[i] = max(0, min(r[i], w/2, h/2))
	}
	x1, y1 := x+w, y+h
	p.op("%s m %s l", nums(x+r[0], y), nums(x1-r[1], y))
	p.op("%s c %s l", nums(x1-r[1]*(1-round), y, x1, y+r[1]*(1-round), x1, y+r[1]), nums(x1, y1-r[2]))
	p.op("%s c %s l", nums(x1, y1-r[2]*(1-round), x1-r[2]*(1-round), y1, x1-r[2], y1), nums(x+r[3], y1))
	p.op("%s c %s l", nums(x+r[3]*(1-round), y1, x, y1-r[3]*(1-round), x, y1-r[3]), nums(x, y+r[0]))
	p.op("%s c h", nums(x, y+r[0]*(1-round), x+r[0]*(1-round), y, x+r[0], y))
}

func (p *page) disc(x, y, r float64) { p.box(x-r, y-r, 2*r, 2*r, [4]float64{r, r, r, r}) }

// arc goes on a circle around x, y from one angle to another, in steps that a curve can
// follow. start says whether it begins a path or goes on with one.
func (p *page) arc(x, y, r, from, to float64, start bool) {
	steps := max(1, int(math.Ceil(math.Abs(to-from)/(math.Pi/4))))
	step := (to - from) / float64(steps)
	k := 4.0 / 3 * math.Tan(step/4) * r
	at := func(a float64) (float64, float64) { return x + r*math.Cos(a), y + r*math.Sin(a) }
	x0, y0 := at(from)
	if start {
		p.op("%s m", nums(x0, y0))
	} else {
		p.op("%s l", nums(x0, y0))
	}
	for i := range steps {
		a, b := from+float64(i)*step, from+float64(i+1)*step
		x0, y0 = at(a)
		x1, y1 := at(b)
		p.op("%s c", nums(x0-k*math.Sin(a), y0+k*math.Cos(a), x1+k*math.Sin(b), y1-k*math.Cos(b), x1, y1))
	}
}
