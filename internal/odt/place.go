package odt

import "leerkring/internal/paper"

// columns are the cells of one row.
func (w *writer) columns(c paper.Columns, width float64) {
	shares, sum := make([]int, len(c.Columns)), 0
	for i, col := range c.Columns {
		shares[i] = col.Share
		sum += col.Share
	}
	line := ` solid #` + w.doc.Accent.Hex() + `"`
	framed := c.Framed && (len(c.Columns) > 1 || c.Columns[0].Tone != paper.Pale)
	w.begin(shares, width, "")
	w.row("")
	for i, col := range c.Columns {
		props := `fo:padding="` + w.gap(4) + `"`
		if !c.Framed {
			props = `fo:padding="0cm" fo:padding-right="` + w.gap(5) + `"`
		}
		switch col.Tone {
		case paper.Pale:
			props += ` fo:background-color="#` + paper.Sunken.Hex() + `"`
		case paper.Tinted:
			props += ` fo:background-color="#` + w.doc.Accent.Mix(0.1).Hex() + `"`
		case paper.Strong:
			props += ` fo:background-color="#` + w.doc.Accent.Hex() + `"`
		}
		if framed {
			props += ` fo:border-top="0.9pt` + line + ` fo:border-bottom="0.9pt` + line
			if i == 0 {
				props += ` fo:border-left="0.9pt` + line
			}
			if i == len(c.Columns)-1 {
				props += ` fo:border-right="0.9pt` + line
			}
		}
		w.cell(props, 1)
		before := w.b.Len()
		w.blocks(col.Blocks, width*float64(col.Share)/float64(sum)-10, col.Tone == paper.Strong)
		if w.b.Len() == before {
			w.b.WriteString(`<text:p/>`)
		}
		w.b.WriteString(`</table:table-cell>`)
	}
	w.b.WriteString(`</table:table-row>`)
	w.end()
}

// perRow is how many moments stand beside each other.
const perRow = 5

func (w *writer) moments(m paper.Moments, width float64) {
	n := min(len(m.Items), perRow)
	w.begin(equal(n), width, "")
	for from := 0; from < len(m.Items); from += n {
		w.row("")
		for i := range n {
			w.cell(`fo:border-top="1.8pt solid #`+paper.Ink.Hex()+`" fo:padding="0.1cm" fo:padding-right="0.2cm"`, 1)
			if from+i < len(m.Items) {
				w.moment(m.Items[from+i])
			} else {
				w.b.WriteString(`<text:p/>`)
			}
			w.b.WriteString(`</table:table-cell>`)
		}
		w.b.WriteString(`</table:table-row>`)
	}
	w.end()
}

func (w *writer) moment(m paper.Moment) {
	sign := "● "
	if m.Look {
		sign = "◆ "
	}
	w.para("Cell", paper.Line{{Text: sign + m.When, Bold: true}}, false)
	w.para("Cell", paper.Text(m.What), false)
	if m.Note != "" {
		w.para("Small", paper.Text(m.Note), false)
	}
}

func equal(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// circle says where the team is, as a list with that stage in bold.
func (w *writer) circle(c paper.Circle, white bool) {
	if c.Middle != "" {
		w.para("Standard", paper.Line{{Text: c.Middle, Bold: true}}, white)
	}
	items := make([]paper.Line, len(c.Stages))
	for i, s := range c.Stages {
		items[i] = paper.Line{{Text: s, Bold: i == c.Now, Quiet: i > c.Now}}
	}
	w.list("Numbers", items, white)
}

func (w *writer) writeOn(x paper.WriteOn, width float64) {
	w.begin([]int{8, 1, 8}, width, "")
	for i := 0; i < x.Lines; i += 2 {
		w.row(`style:row-height="` + w.gap(13) + `" fo:keep-together="always"`)
		for j := range 3 {
			props := `fo:padding="0cm"`
			if j == 0 || j == 2 && i+1 < x.Lines {
				props += ` fo:border-bottom="0.7pt solid #` + paper.Quiet.Hex() + `"`
			}
			w.cell(props, 1)
			w.b.WriteString(`<text:p/></table:table-cell>`)
		}
		w.b.WriteString(`</table:table-row>`)
	}
	w.end()
}

func (w *writer) spots(s paper.Spots, width float64) {
	if s.Count < 1 {
		return
	}
	w.begin(equal(s.Count), width, "")
	w.row(`style:row-height="` + w.gap(30) + `" fo:keep-together="always"`)
	for range s.Count {
		w.cell(`fo:border="0.8pt solid #`+paper.Rule.Hex()+`" fo:background-color="#FFFFFF"`, 1)
		w.b.WriteString(`<text:p/></table:table-cell>`)
	}
	w.b.WriteString(`</table:table-row>`)
	w.end()
}
