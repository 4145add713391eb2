package pdf

import (
	"fmt"
	"strings"
)

// parents tells for every piece of a page and every link whose it is. The keys of pages
// come first, those of links after them.
func (w *layout) parents(f *file) int {
	var nums strings.Builder
	key := len(w.pages)
	var links strings.Builder
	byLink := map[*link]*element{}
	collect(w.root, byLink)
	for i, p := range w.pages {
		fmt.Fprintf(&nums, "%d [", i)
		for j, e := range p.pieces {
			if j > 0 {
				nums.WriteByte(' ')
			}
			fmt.Fprintf(&nums, "%d 0 R", e.number)
		}
		nums.WriteString("] ")
		for _, l := range p.links {
			l.key = key
			key++
			fmt.Fprintf(&links, "%d %d 0 R ", l.key, byLink[l].number)
		}
	}
	return f.add("<< /Nums [" + nums.String() + links.String() + "] >>")
}

func collect(e *element, to map[*link]*element) {
	for _, k := range e.kids {
		if k.element != nil {
			collect(k.element, to)
		}
		if k.link != nil {
			to[k.link] = e
		}
	}
}

func (w *layout) keys() int {
	n := len(w.pages)
	for _, p := range w.pages {
		n += len(p.links)
	}
	return n
}

func (w *layout) writePages(f *file, tree, resources int) error {
	var kids []string
	d := w.doc
	for i, p := range w.pages {
		content, err := f.stream("", p.body.Bytes())
		if err != nil {
			return err
		}
		annots := ""
		if len(p.links) > 0 {
			var list []string
			for _, l := range p.links {
				f.set(l.number, fmt.Sprintf("<< /Type /Annot /Subtype /Link /Rect [%s] /Border [0 0 0] /F 4 /StructParent %d /Contents %s /A << /S /URI /URI %s >> >>",
					nums(l.x0, l.y0, l.x1, l.y1), l.key, text(l.says), address(l.to)))
				list = append(list, fmt.Sprintf("%d 0 R", l.number))
			}
			annots = " /Annots [" + strings.Join(list, " ") + "]"
		}
		f.set(p.number, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s] /Resources %d 0 R /Contents %d 0 R /StructParents %d /Tabs /S%s >>",
			tree, nums(d.Sheet.Width*mm, d.Sheet.Height*mm), resources, content, i, annots))
		kids = append(kids, fmt.Sprintf("%d 0 R", p.number))
	}
	f.set(tree, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " ")))
	return nil
}

// address is a link in letters that every reader takes.
func address(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c <= ' ' || c > '~':
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// outline is the list of headings beside the pages; "" when there are none.
func (w *layout) outline(f *file) string {
	if len(w.heads) == 0 {
		return ""
	}
	root := &entry{}
	stack := []*entry{root}
	for _, h := range w.heads {
		for len(stack) > 1 && stack[len(stack)-1].head.level >= h.level {
			stack = stack[:len(stack)-1]
		}
		up := stack[len(stack)-1]
		e := &entry{head: h}
		up.kids = append(up.kids, e)
		stack = append(stack, e)
	}
	root.number = f.reserve()
	root.write(f)
	f.set(root.number, fmt.Sprintf("<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>", root.kids[0].number, root.kids[len(root.kids)-1].number, root.count()))
	return fmt.Sprintf("%d 0 R", root.number)
}

// entry is a heading in the outline.
type entry struct {
	head   outlined
	kids   []*entry
	number int
}

func (e *entry) count() int {
	n := len(e.kids)
	for _, k := range e.kids {
		n += k.count()
	}
	return n
}

func (e *entry) write(f *file) {
	for _, k := range e.kids {
		k.number = f.reserve()
	}
	for i, k := range e.kids {
		body := fmt.Sprintf("<< /Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ null %s null]", text(k.head.title), e.number, k.head.page.number, num(k.head.y+4))
		if i > 0 {
			body += fmt.Sprintf(" /Prev %d 0 R", e.kids[i-1].number)
		}
		if i+1 < len(e.kids) {
			body += fmt.Sprintf(" /Next %d 0 R", e.kids[i+1].number)
		}
		if len(k.kids) > 0 {
			k.write(f)
			body += fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", k.kids[0].number, k.kids[len(k.kids)-1].number, k.count())
		}
		f.set(k.number, body+" >>")
	}
}
