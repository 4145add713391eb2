package docx

import (
	"fmt"

	"leerkring/internal/paper"
)

// columns are the cells of one row.
func (w *writer) columns(c paper.Columns, width float64) {
	shares := make([]int, len(c.Columns))
	sum := 0
	for i, col := range c.Columns {
		shares[i] = col.Share
		sum += col.Share
	}
	borders := ""
	if a := w.doc.Accent.Hex(); c.Framed && (len(c.Columns) > 1 || c.Columns[0].Tone != paper.Pale) {
		borders = `<w:tblBorders>` + border("top", a, 8) + border("left", a, 8) + border("bottom", a, 8) + border("right", a, 8) + `</w:tblBorders>`
	}
	ws := w.gridOf(shares, width, borders, "")
	w.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, col := range c.Columns {
		fill := ""
		switch col.Tone {
		case paper.Pale:
			fill = paper.Sunken.Hex()
		case paper.Tinted:
			fill = w.doc.Accent.Mix(0.1).Hex()
		case paper.Strong:
			fill = w.doc.Accent.Hex()
		}
		if fill != "" {
			fill = `<w:shd w:val="clear" w:color="auto" w:fill="` + fill + `"/>`
		}
		pad, side := w.gap(3), w.gap(4)
		if !c.Framed {
			pad, side = 0, w.gap(2)
		}
		left := side
		if !c.Framed && i == 0 {
			left = 0
		}
		fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:tcMar><w:top w:w="%d" w:type="dxa"/><w:left w:w="%d" w:type="dxa"/><w:bottom w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tcMar></w:tcPr>`, ws[i], fill, pad, left, pad, side)
		before := w.b.Len()
		w.blocks(col.Blocks, width*float64(col.Share)/float64(sum)-9, col.Tone == paper.Strong)
		if w.b.Len() == before {
			w.b.WriteString(`<w:p/>`) // a cell holds a paragraph
		}
		w.b.WriteString(`</w:tc>`)
	}
	w.b.WriteString(`</w:tr>`)
	w.endTable()
}

// perRow is how many moments stand beside each other.
const perRow = 5

func (w *writer) moments(m paper.Moments, width float64) {
	n := min(len(m.Items), perRow)
	shares := make([]int, n)
	for i := range shares {
		shares[i] = 1
	}
	ws := w.gridOf(shares, width, "", "")
	for from := 0; from < len(m.Items); from += n {
		w.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i := range n {
			fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:tcBorders>%s</w:tcBorders></w:tcPr>`, ws[i], border("top", paper.Ink.Hex(), 18))
			if from+i >= len(m.Items) {
				w.b.WriteString(`<w:p/></w:tc>`)
				continue
			}
			x := m.Items[from+i]
			sign := "● "
			if x.Look {
				sign = "◆ "
			}
			w.para("Cell", "", paper.Line{{Text: sign + x.When, Bold: true}}, false)
			w.para("Cell", "", paper.Text(x.What), false)
			if x.Note != "" {
				w.para("SmallText", "", paper.Text(x.Note), false)
			}
			w.b.WriteString(`</w:tc>`)
		}
		w.b.WriteString(`</w:tr>`)
	}
	w.endTable()
}

// circle says where the team is, as a list with that stage in bold.
func (w *writer) circle(c paper.Circle, white bool) {
	if c.Middle != "" {
		w.para("", "", paper.Line{{Text: c.Middle, Bold: true}}, white)
	}
	w.lists = append(w.lists, "3")
	for i, s := range c.Stages {
		w.para("ListParagraph", fmt.Sprintf(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, len(w.lists)), paper.Line{{Text: s, Bold: i == c.Now, Quiet: i > c.Now}}, white)
	}
}

func (w *writer) writeOn(x paper.WriteOn, width float64) {
	ws := w.gridOf([]int{8, 1, 8}, width, "", "")
	for i := 0; i < x.Lines; i += 2 {
		fmt.Fprintf(&w.b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr>`, w.gap(13))
		for j, cw := range ws {
			line := ""
			if j == 0 || j == 2 && i+1 < x.Lines {
				line = `<w:tcBorders>` + border("bottom", paper.Quiet.Hex(), 4) + `</w:tcBorders>`
			}
			fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr><w:p/></w:tc>`, cw, line)
		}
		w.b.WriteString(`</w:tr>`)
	}
	w.endTable()
}

func (w *writer) spots(s paper.Spots, width float64) {
	if s.Count < 1 {
		return
	}
	shares := make([]int, s.Count)
	for i := range shares {
		shares[i] = 1
	}
	c := paper.Rule.Hex()
	ws := w.gridOf(shares, width, `<w:tblBorders>`+border("top", c, 6)+border("left", c, 6)+border("bottom", c, 6)+border("right", c, 6)+border("insideV", c, 6)+`</w:tblBorders>`, "")
	fmt.Fprintf(&w.b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr>`, w.gap(30))
	for _, cw := range ws {
		fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/></w:tcPr><w:p/></w:tc>`, cw)
	}
	w.b.WriteString(`</w:tr>`)
	w.endTable()
}
