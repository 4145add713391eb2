package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/paper"
)

// margin is what is left free around a page, in millimetres.
const margin = 20

func (w *writer) document() string {
	d := w.doc
	w.blocks(d.Blocks, d.Sheet.Width-2*margin, false)
	turn := ""
	if d.Sheet.Width > d.Sheet.Height {
		turn = ` w:orient="landscape"`
	}
	return head + `<w:document ` + wordNS + `><w:body>` + w.b.String() +
		fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/></w:sectPr>`,
			twip(d.Sheet.Width), twip(d.Sheet.Height), turn, twip(22), twip(margin), twip(margin), twip(margin), twip(10), twip(9)) + `</w:body></w:document>`
}

// blocks writes blocks at a width in millimetres; white is for letters on the accent.
func (w *writer) blocks(blocks []paper.Block, width float64, white bool) {
	for _, b := range blocks {
		w.block(b, width, white)
	}
}

func (w *writer) block(b paper.Block, width float64, white bool) {
	switch x := b.(type) {
	case paper.Heading:
		w.para("Heading"+strconv.Itoa(x.Level), "", paper.Text(x.Text), white)
	case paper.Paragraph:
		style := map[paper.Style]string{paper.Lead: "Lead", paper.Voice: "Voice", paper.Small: "SmallText"}[x.Style]
		w.para(style, "", x.Line, white)
	case paper.List:
		if white && x.Mark == paper.Square {
			x.Mark = onAccent
		}
		w.lists = append(w.lists, strconv.Itoa(max(0, slices.Index(kinds, x.Mark))))
		for _, item := range x.Items {
			w.para("ListParagraph", fmt.Sprintf(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, len(w.lists)), item, white)
		}
	case paper.Table:
		w.table(x, width)
	case paper.Columns:
		w.columns(x, width)
	case paper.Moments:
		w.moments(x, width)
	case paper.Circle:
		w.circle(x, white)
	case paper.WriteOn:
		w.writeOn(x, width)
	case paper.Spots:
		w.spots(x, width)
	case paper.Divider:
		w.b.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="10" w:space="1" w:color="` + w.doc.Accent.Hex() + `"/></w:pBdr><w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/></w:pPr></w:p>`)
	case paper.PageBreak:
		w.b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	}
}

// para writes one paragraph. more are its own properties, in the order that Word asks for.
func (w *writer) para(style, more string, l paper.Line, white bool) {
	w.b.WriteString(`<w:p>`)
	if style != "" || more != "" {
		w.b.WriteString(`<w:pPr>`)
		if style != "" {
			w.b.WriteString(`<w:pStyle w:val="` + style + `"/>`)
		}
		w.b.WriteString(more + `</w:pPr>`)
	}
	w.line(l, white)
	w.b.WriteString(`</w:p>`)
}

func (w *writer) line(l paper.Line, white bool) {
	for _, s := range l {
		var r strings.Builder
		if s.Link != "" {
			r.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
		}
		if s.Bold {
			r.WriteString(`<w:b/>`)
		}
		if s.Italic {
			r.WriteString(`<w:i/>`)
		}
		switch {
		case white:
			r.WriteString(`<w:color w:val="FFFFFF"/>`)
		case s.Quiet:
			r.WriteString(`<w:color w:val="` + paper.Quiet.Hex() + `"/>`)
		}
		props := ""
		if r.Len() > 0 {
			props = `<w:rPr>` + r.String() + `</w:rPr>`
		}
		run := `<w:r>` + props + words(s.Text) + `</w:r>`
		if s.Link != "" {
			w.links = append(w.links, s.Link)
			run = fmt.Sprintf(`<w:hyperlink r:id="rIdL%d" w:history="1">%s</w:hyperlink>`, len(w.links), run)
		}
		w.b.WriteString(run)
	}
}

// gridOf begins a table of fixed widths, and returns those.
func (w *writer) gridOf(shares []int, width float64, borders, caption string) []int {
	sum := 0
	for _, s := range shares {
		sum += s
	}
	ws := make([]int, len(shares))
	total := 0
	for i, s := range shares {
		ws[i] = twip(width * float64(s) / float64(sum))
		total += ws[i]
	}
	said := ""
	if caption != "" {
		said = `<w:tblCaption w:val="` + escape.Replace(caption) + `"/>`
	}
	fmt.Fprintf(&w.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>%s<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>%s</w:tblPr><w:tblGrid>`, total, borders, said)
	for _, x := range ws {
		fmt.Fprintf(&w.b, `<w:gridCol w:w="%d"/>`, x)
	}
	w.b.WriteString(`</w:tblGrid>`)
	return ws
}

// endTable ends a table; a small paragraph keeps it apart from what follows.
func (w *writer) endTable() {
	w.b.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>`)
}

func border(name, colour string, eighths int) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="%s"/>`, name, eighths, colour)
}

func (w *writer) table(t paper.Table, width float64) {
	rule := paper.Rule.Hex()
	ws := w.gridOf(t.Shares, width, `<w:tblBorders>`+border("bottom", rule, 4)+border("insideH", rule, 4)+`</w:tblBorders>`, t.Caption)
	w.b.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range t.Head {
		fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:tcBorders>%s</w:tcBorders></w:tcPr>`, ws[i], border("bottom", w.doc.Accent.Hex(), 12))
		w.para("CellHead", "", paper.Text(h), false)
		w.b.WriteString(`</w:tc>`)
	}
	w.b.WriteString(`</w:tr>`)
	for _, r := range t.Rows {
		if r.Group != "" {
			fmt.Fprintf(&w.b, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="%d"/><w:shd w:val="clear" w:color="auto" w:fill="%s"/></w:tcPr>`, len(ws), w.doc.Accent.Mix(0.1).Hex())
			w.para("CellHead", "", paper.Text(r.Group), false)
			w.b.WriteString(`</w:tc></w:tr>`)
			continue
		}
		w.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range r.Cells {
			fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, ws[i])
			w.para("Cell", "", c, false)
			w.b.WriteString(`</w:tc>`)
		}
		w.b.WriteString(`</w:tr>`)
	}
	w.endTable()
}
