package spread

import "leerkring/web/ui/ring"

// rect is a piece of the picture that is taken.
type rect struct{ left, top, right, bottom float64 }

func (r rect) meets(o rect) bool {
	return r.left < o.right && o.left < r.right && r.top < o.bottom && o.top < r.bottom
}

// places are where a name may stand, the best first: beside the ring above its
// level arm, over it, under it, and on the other side.
var places = []struct {
	dx, dy float64
	anchor Anchor
}{
	{22, -18, Start},
	{0, -38, Middle},
	{0, 50, Middle},
	{-22, -18, End},
	{22, 30, Start},
	{-22, 30, End},
}

// nameAll gives each name the first place where it covers nothing; when none is
// free, the one that covers least.
func nameAll(marks []Mark) {
	var taken []rect
	for _, m := range marks {
		taken = append(taken, m.drawn()...)
	}
	for i := range marks {
		best, least := 0, -1
		for k := range places {
			r := marks[i].nameRect(k)
			covers := outside(r)
			for _, t := range taken {
				if r.meets(t) {
					covers++
				}
			}
			if least < 0 || covers < least {
				best, least = k, covers
			}
		}
		p := places[best]
		marks[i].NameAt = ring.Point{X: marks[i].At.X + p.dx, Y: marks[i].At.Y + p.dy}
		marks[i].NameAnchor = p.anchor
		taken = append(taken, marks[i].nameRect(best))
	}
}

// drawn is what a mark takes without its name.
func (m Mark) drawn() []rect {
	const thick = 4
	return []rect{
		{m.At.X - ringRadius, m.At.Y - ringRadius, m.At.X + ringRadius, m.At.Y + ringRadius},
		{m.WestX, m.At.Y - thick, m.EastX, m.At.Y + thick},
		{m.At.X - thick, m.NorthY, m.At.X + thick, m.SouthY},
	}
}

func (m Mark) nameRect(place int) rect {
	p := places[place]
	width := ring.TextWidth(m.Name, nameSize)
	left := m.At.X + p.dx
	switch p.anchor {
	case Middle:
		left -= width / 2
	case End:
		left -= width
	}
	base := m.At.Y + p.dy
	return rect{left, base - nameHeight + 5, left + width, base + 5}
}

// outside counts the sides on which a name would leave the picture; each weighs
// more than anything it could cover.
func outside(r rect) int {
	n := 0
	if r.left < Left+4 {
		n += 100
	}
	if r.right > edge {
		n += 100
	}
	if r.top < 0 || r.bottom > Bottom {
		n += 100
	}
	return n
}
