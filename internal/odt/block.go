package odt

import (
	"fmt"
	"strconv"
	"strings"

	"leerkring/internal/paper"
)

// writer makes the text and the styles that it needs on the way.
type writer struct {
	doc       paper.Document
	b         strings.Builder
	automatic strings.Builder
	styles    map[string]string // name of a style by what it says
	tables    int
}

func (w *writer) body() string {
	w.blocks(w.doc.Blocks, w.doc.Sheet.Width-2*margin, false)
	return w.b.String()
}

// style returns the name of a style of a family that says so.
func (w *writer) style(family, props string) string {
	key := family + props
	if name, ok := w.styles[key]; ok {
		return name
	}
	name := "A" + strconv.Itoa(len(w.styles)+1)
	w.styles[key] = name
	fmt.Fprintf(&w.automatic, `<style:style style:name="%s" style:family="%s"><style:%s-properties %s/></style:style>`, name, family, family, props)
	return name
}

func (w *writer) blocks(blocks []paper.Block, width float64, white bool) {
	for _, b := range blocks {
		w.block(b, width, white)
	}
}

func (w *writer) block(b paper.Block, width float64, white bool) {
	switch x := b.(type) {
	case paper.Heading:
		fmt.Fprintf(&w.b, `<text:h text:style-name="Heading_20_%d" text:outline-level="%d">`, x.Level, x.Level)
		w.line(paper.Text(x.Text), white)
		w.b.WriteString(`</text:h>`)
	case paper.Paragraph:
		style, ok := map[paper.Style]string{paper.Lead: "Lead", paper.Voice: "Voice", paper.Small: "Small"}[x.Style]
		if !ok {
			style = "Standard"
		}
		w.para(style, x.Line, white)
	case paper.List:
		w.list(listNames[x.Mark], x.Items, white)
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
		w.b.WriteString(`<text:p text:style-name="Rule"/>`)
	case paper.PageBreak:
		w.b.WriteString(`<text:p text:style-name="Break"/>`)
	}
}

func (w *writer) para(style string, l paper.Line, white bool) {
	w.b.WriteString(`<text:p text:style-name="` + style + `">`)
	w.line(l, white)
	w.b.WriteString(`</text:p>`)
}

func (w *writer) line(l paper.Line, white bool) {
	for _, s := range l {
		var props []string
		if s.Bold {
			props = append(props, `fo:font-weight="bold"`)
		}
		if s.Italic {
			props = append(props, `fo:font-style="italic"`)
		}
		switch {
		case white:
			props = append(props, `fo:color="#FFFFFF"`)
		case s.Quiet:
			props = append(props, `fo:color="#`+paper.Quiet.Hex()+`"`)
		}
		out := words(s.Text)
		if len(props) > 0 {
			out = `<text:span text:style-name="` + w.style("text", strings.Join(props, " ")) + `">` + out + `</text:span>`
		}
		if s.Link != "" {
			out = `<text:a xlink:type="simple" xlink:href="` + escape.Replace(s.Link) + `">` + out + `</text:a>`
		}
		w.b.WriteString(out)
	}
}

func (w *writer) list(style string, items []paper.Line, white bool) {
	w.b.WriteString(`<text:list text:style-name="` + style + `">`)
	for _, item := range items {
		w.b.WriteString(`<text:list-item>`)
		w.para("Item", item, white)
		w.b.WriteString(`</text:list-item>`)
	}
	w.b.WriteString(`</text:list>`)
}

// begin begins a table of fixed widths.
func (w *writer) begin(shares []int, width float64, caption string) {
	sum := 0
	for _, s := range shares {
		sum += s
	}
	w.tables++
	fmt.Fprintf(&w.b, `<table:table table:name="T%d" table:style-name="%s">`, w.tables, w.style("table", `style:width="`+cm(width)+`" table:align="left" table:border-model="collapsing"`))
	if caption != "" {
		w.b.WriteString(`<table:title>` + escape.Replace(caption) + `</table:title>`)
	}
	for _, s := range shares {
		fmt.Fprintf(&w.b, `<table:table-column table:style-name="%s"/>`, w.style("table-column", `style:column-width="`+cm(width*float64(s)/float64(sum))+`"`))
	}
}

func (w *writer) end() {
	w.b.WriteString(`</table:table><text:p text:style-name="Apart"/>`)
}

func (w *writer) row(props string) {
	if props == "" {
		props = `fo:keep-together="always"`
	}
	w.b.WriteString(`<table:table-row table:style-name="` + w.style("table-row", props) + `">`)
}

func (w *writer) cell(props string, span int) {
	across := ""
	if span > 1 {
		across = ` table:number-columns-spanned="` + strconv.Itoa(span) + `"`
	}
	w.b.WriteString(`<table:table-cell office:value-type="string" table:style-name="` + w.style("table-cell", props) + `"` + across + `>`)
}

func (w *writer) table(t paper.Table, width float64) {
	w.begin(t.Shares, width, t.Caption)
	w.b.WriteString(`<table:table-header-rows>`)
	w.row("")
	for _, h := range t.Head {
		w.cell(`fo:border-bottom="1.3pt solid #`+w.doc.Accent.Hex()+`" fo:padding="0.06cm" fo:padding-right="0.2cm"`, 1)
		w.para("CellHead", paper.Text(h), false)
		w.b.WriteString(`</table:table-cell>`)
	}
	w.b.WriteString(`</table:table-row></table:table-header-rows>`)
	for _, r := range t.Rows {
		w.row("")
		if r.Group != "" {
			w.cell(`fo:background-color="#`+w.doc.Accent.Mix(0.1).Hex()+`" fo:padding="0.08cm"`, len(t.Head))
			w.para("CellHead", paper.Text(r.Group), false)
			w.b.WriteString(`</table:table-cell>`)
			for range len(t.Head) - 1 {
				w.b.WriteString(`<table:covered-table-cell/>`)
			}
		}
		for _, c := range r.Cells {
			w.cell(`fo:border-bottom="0.5pt solid #`+paper.Rule.Hex()+`" fo:padding="0.06cm" fo:padding-right="0.2cm"`, 1)
			w.para("Cell", c, false)
			w.b.WriteString(`</table:table-cell>`)
		}
		w.b.WriteString(`</table:table-row>`)
	}
	w.end()
}
