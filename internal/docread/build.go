package docread

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// builder gathers the blocks of a document.
type builder struct {
	out    []Block
	tables []*table // those that are open, the innermost last
	size   int
	blocks int
}

// table is one that is being read.
type table struct {
	rows [][]cell
	open bool // a cell of its last row is
}

// cell is one of a table, with what it holds.
type cell struct {
	blocks []Block
	span   int  // how many columns it takes
	again  bool // it goes on from the cell above
}

// full reports a document that is longer than is read at once.
func (b *builder) full() bool { return b.size > 2*MaxText || b.blocks > maxBlocks }

// add puts a block in the cell that is open, else in the document.
func (b *builder) add(x Block) {
	if x.Kind != Table {
		if x.Text == "" {
			return
		}
		b.size += len(x.Text)
	}
	b.blocks++
	if c := b.cell(); c != nil {
		c.blocks = append(c.blocks, x)
		return
	}
	b.out = append(b.out, x)
}

// cell is the innermost one that is open.
func (b *builder) cell() *cell {
	for i := len(b.tables) - 1; i >= 0; i-- {
		if t := b.tables[i]; t.open && len(t.rows) > 0 && len(t.rows[len(t.rows)-1]) > 0 {
			row := t.rows[len(t.rows)-1]
			return &row[len(row)-1]
		}
	}
	return nil
}

func (b *builder) beginTable() { b.tables = append(b.tables, &table{}) }

func (b *builder) beginRow() {
	if t := b.table(); t != nil {
		t.rows = append(t.rows, nil)
	}
}

func (b *builder) beginCell(span int) {
	if t := b.table(); t != nil && len(t.rows) > 0 && len(t.rows[len(t.rows)-1]) < maxColumns {
		t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], cell{span: span})
		t.open = true
	}
}

func (b *builder) endCell() {
	if t := b.table(); t != nil {
		t.open = false
	}
}

func (b *builder) table() *table {
	if len(b.tables) == 0 {
		return nil
	}
	return b.tables[len(b.tables)-1]
}

// endTable closes a table. One that only arranges the page gives what is in it, in its order.
func (b *builder) endTable() {
	t := b.table()
	if t == nil {
		return
	}
	b.tables = b.tables[:len(b.tables)-1]
	if t.arranges() || len(b.tables) > 0 {
		for _, row := range t.rows {
			for _, c := range row {
				for _, x := range c.blocks {
					b.blocks--
					b.size -= len(x.Text)
					b.add(x)
				}
			}
		}
		return
	}
	x := Block{Kind: Table}
	var above []string
	for _, row := range t.rows {
		above = cells(row, above)
		if slices.ContainsFunc(above, func(s string) bool { return s != "" && s != SameCell }) {
			x.Rows = append(x.Rows, above)
		}
	}
	if len(x.Rows) > 0 {
		b.add(x)
	}
}

// cells are the words of a row; what goes on from above is said again.
func cells(row []cell, above []string) []string {
	var out []string
	for _, c := range row {
		words := c.words()
		if c.again && len(out) < len(above) {
			words = above[len(out)]
		}
		out = append(out, words)
		for i := 1; i < c.span && len(out) < maxColumns; i++ {
			out = append(out, SameCell)
		}
	}
	return out
}

// words are the lines of a cell.
func (c cell) words() string {
	var lines []string
	for _, x := range c.blocks {
		if x.Kind == Item && len(c.blocks) > 1 {
			lines = append(lines, "- "+x.Text)
			continue
		}
		lines = append(lines, x.Text)
	}
	return strings.Join(lines, "\n")
}

// arranges reports a table that is no table: one row or one column, headings in its cells, or
// nothing but cells that begin with a bold line.
func (t *table) arranges() bool {
	columns, titled, filled := 0, 0, 0
	for _, row := range t.rows {
		columns = max(columns, len(row))
		for _, c := range row {
			if len(c.blocks) == 0 {
				continue
			}
			filled++
			if slices.ContainsFunc(c.blocks, func(x Block) bool { return x.Kind == Heading && x.Level < Bold }) {
				return true
			}
			if len(c.blocks) > 1 && c.blocks[0].Kind == Heading {
				titled++
			}
		}
	}
	return columns == 1 || len(t.rows) == 1 || titled > 0 && titled == filled
}

// written is a paragraph while it is read.
type written struct {
	text        strings.Builder
	style       string
	level       int // of a heading; 0 while it is none
	item, plain bool
	letters     int
	bold        int
}

// say adds words; they may be bold.
func (p *written) say(s string, bold bool) {
	p.text.WriteString(s)
	n := len(strings.TrimSpace(s))
	p.letters += n
	if bold {
		p.bold += n
	}
}

// longest heading: what is longer is a paragraph in a large letter.
const (
	maxHeading = 200
	maxBold    = 90
)

// end gives the paragraph as blocks: one, or more when lines were broken by hand.
func (b *builder) end(p *written) {
	for i, line := range strings.Split(p.text.String(), "\n") {
		line = clean(line)
		n := utf8.RuneCountInString(line)
		switch {
		case p.item && i > 0 && b.grow(line):
		case p.item:
			b.add(Block{Kind: Item, Text: line})
		case p.level > 0 && n <= maxHeading:
			b.add(Block{Kind: Heading, Level: min(p.level, Bold-1), Text: line})
		case p.bold > 0 && p.bold == p.letters && n <= maxBold && !strings.HasSuffix(line, "."):
			b.add(Block{Kind: Heading, Level: Bold, Text: line})
		default:
			b.add(Block{Text: line})
		}
	}
}

// grow adds a line to the item before it.
func (b *builder) grow(line string) bool {
	list := &b.out
	if c := b.cell(); c != nil {
		list = &c.blocks
	}
	if n := len(*list); n > 0 && (*list)[n-1].Kind == Item {
		(*list)[n-1].Text = strings.TrimSpace((*list)[n-1].Text + " " + line)
		return true
	}
	return false
}
