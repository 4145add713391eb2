package pdf

import (
	"fmt"
	"strings"
)

// element is a node of the tree that a screen reader follows.
type element struct {
	kind   string
	attrs  string // owner and values, as the file writes them
	says   string // in the place of a drawing
	title  string // of a heading, for the outline
	level  int
	parent *element
	kids   []kid
	number int // object
}

// kid is what stands below an element: another one, a piece of a page, or a link.
type kid struct {
	element *element
	page    *page
	piece   int
	link    *link
}

func (e *element) add(kind string) *element {
	k := &element{kind: kind, parent: e}
	e.kids = append(e.kids, kid{element: k})
	return k
}

// link is a place on a page that leads somewhere.
type link struct {
	x0, y0, x1, y1 float64
	to, says       string
	number, key    int
}

// empty reports whether nothing on paper belongs to an element.
func (e *element) empty() bool {
	for _, k := range e.kids {
		if k.element == nil || !k.element.empty() {
			return false
		}
	}
	return true
}

// prune takes out what holds nothing.
func (e *element) prune() {
	kept := e.kids[:0]
	for _, k := range e.kids {
		if k.element != nil {
			// the cell of a table that says nothing still holds its place
			if k.element.empty() && k.element.kind != "TD" && k.element.kind != "TH" {
				continue
			}
			k.element.prune()
		}
		kept = append(kept, k)
	}
	e.kids = kept
}

// write puts the element and all below it into the file.
func (e *element) write(f *file, parent int) {
	var kids []string
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			k.element.number = f.reserve()
		case k.link != nil:
			k.link.number = f.reserve()
		}
	}
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			k.element.write(f, e.number)
			kids = append(kids, fmt.Sprintf("%d 0 R", k.element.number))
		case k.link != nil:
			kids = append(kids, fmt.Sprintf("<< /Type /OBJR /Obj %d 0 R /Pg %d 0 R >>", k.link.number, k.page.number))
		default:
			kids = append(kids, fmt.Sprintf("<< /Type /MCR /Pg %d 0 R /MCID %d >>", k.page.number, k.piece))
		}
	}
	var more string
	if e.attrs != "" {
		more += " /A << " + e.attrs + " >>"
	}
	if e.says != "" {
		more += " /Alt " + text(e.says)
	}
	if e.title != "" {
		more += " /T " + text(e.title)
	}
	f.set(e.number, fmt.Sprintf("<< /Type /StructElem /S /%s /P %d 0 R%s /K [%s] >>", e.kind, parent, more, strings.Join(kids, " ")))
}
