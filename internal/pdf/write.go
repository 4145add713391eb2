package pdf

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/paper"
)

// smallest is how small the letters become before a document that was made for one page
// takes a second one.
const smallest = 0.56

// Write writes a document.
func Write(out io.Writer, d paper.Document) error {
	w := fit(d.Tidy())
	raw, err := w.file()
	if err != nil {
		return err
	}
	_, err = out.Write(raw)
	return err
}

// Fit is how large the letters of a document are so that it stands on one page: for writers
// that cannot know where a page ends.
func Fit(d paper.Document) float64 {
	d = d.Tidy()
	_, scale := fitting(d)
	return scale
}

// fit lays a document out: on one page when it is made for that, with what is left given to
// what can use it.
func fit(d paper.Document) *layout {
	w, scale := fitting(d)
	if !d.OnePage || len(w.pages) > 1 {
		return w
	}
	if left := w.rest(); left > 0 && hasSpots(d.Blocks) {
		if grown := lay(d, scale, left); len(grown.pages) == 1 {
			return grown
		}
	}
	return w
}

func fitting(d paper.Document) (*layout, float64) {
	scale := 1.0
	for {
		w := lay(d, scale, 0)
		if !d.OnePage || len(w.pages) == 1 || scale <= smallest {
			return w, scale
		}
		scale -= 0.04
	}
}

func hasSpots(blocks []paper.Block) bool {
	for _, b := range blocks {
		switch x := b.(type) {
		case paper.Spots:
			return true
		case paper.Columns:
			for _, c := range x.Columns {
				if hasSpots(c.Blocks) {
					return true
				}
			}
		}
	}
	return false
}

// rest is how much room is left below what stands on the last page.
func (w *layout) rest() float64 { return w.end - w.bottom }

// running writes what stands above and below every page, now that their number is known.
func (w *layout) running() {
	d := w.doc
	k := look{regular, 8.8 * min(w.scale, 1.3), 1.3, paper.Quiet}
	size := k.size
	high := d.Sheet.Height * mm
	for i, p := range w.pages {
		put := func(kind, s string, l letter, c paper.Colour, right bool, y float64) {
			s = w.short(s, l, size)
			if s == "" {
				return
			}
			x := w.left
			if right {
				x += w.width - w.t.width(s, l, size)
			}
			p.artifact("/Type /Pagination /Subtype /"+kind, func() { w.t.draw(p, []run{{text: s, letter: l, colour: c}}, x, y, size, false) })
		}
		p.artifact("/Type /Pagination /Subtype /Header", func() {
			p.fill(d.Accent)
			p.box(w.left, high-10*mm, w.width, 1.4*mm, [4]float64{})
			p.op("f")
		})
		put("Header", d.Head.Left, bold, d.Accent, false, high-15.5*mm)
		put("Header", d.Head.Right, regular, paper.Quiet, true, high-15.5*mm)
		put("Footer", d.Foot.Left, regular, paper.Quiet, false, 11*mm)
		right := d.Foot.Right
		if d.Pages.Before != "" {
			right = d.Pages.Before + strconv.Itoa(i+1) + d.Pages.Between + strconv.Itoa(len(w.pages))
		}
		put("Footer", right, regular, paper.Quiet, true, 11*mm)
	}
}

// short cuts a running line where it would meet the one across.
func (w *layout) short(s string, l letter, size float64) string {
	most := w.width * 0.62
	if w.t.width(s, l, size) <= most {
		return s
	}
	room := most - w.t.width("…", l, size)
	for i, r := range s {
		if room -= w.t.width(string(r), l, size); room < 0 {
			s = s[:i]
			break
		}
	}
	return strings.TrimSpace(s) + "…"
}

// file makes the file of what was laid out.
func (w *layout) file() ([]byte, error) {
	f := &file{}
	root, tree, pages := f.reserve(), f.reserve(), f.reserve()
	for _, p := range w.pages {
		p.number = f.reserve()
	}
	w.root.prune()
	w.root.number = f.reserve()
	w.root.write(f, tree)
	f.set(tree, fmt.Sprintf("<< /Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d >>", w.root.number, w.parents(f), w.keys()))
	res, err := w.resources(f)
	if err != nil {
		return nil, err
	}
	if err := w.writePages(f, pages, res); err != nil {
		return nil, err
	}
	outlines := w.outline(f)
	meta := f.bare("/Type /Metadata /Subtype /XML", []byte(w.metadata()))
	d := w.doc
	view := ""
	if outlines != "" {
		view = " /Outlines " + outlines + " /PageMode /UseOutlines"
	}
	f.set(root, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /Lang %s /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R /ViewerPreferences << /DisplayDocTitle true >> /Metadata %d 0 R%s >>",
		pages, text(d.Language), tree, meta, view))
	made := "D:" + d.Made.UTC().Format("20060102150405") + "Z"
	info := f.add(fmt.Sprintf("<< /Title %s /Author %s /Creator (Leerkring) /Producer (Leerkring) /CreationDate (%s) /ModDate (%s) >>", text(d.Title), text(d.Creator), made, made))
	sum := sha256.New()
	for _, o := range f.objects {
		sum.Write(o)
	}
	return f.bytes(root, info, fmt.Sprintf("%x", sum.Sum(nil)[:16])), nil
}

func (w *layout) metadata() string {
	d := w.doc
	xml := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	made := d.Made.UTC().Format(time.RFC3339)
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + xml(d.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + xml(d.Creator) + `</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>` + xml(d.Language) + `</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Leerkring</xmp:CreatorTool><xmp:CreateDate>` + made + `</xmp:CreateDate><xmp:ModifyDate>` + made + `</xmp:ModifyDate>
<pdf:Producer>Leerkring</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}
