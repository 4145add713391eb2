package paper

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean makes a text fit for paper: no signs that cannot be seen or that turn a text
// around, no broken letters, each letter with its accent in one; every way to begin a new
// line is one.
func Clean(s string) string {
	plain := norm.NFC.IsNormalString(s)
	for _, r := range s {
		if r == utf8.RuneError || r < ' ' || r >= 0x7f && unfit(r) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\t", " ").Replace(s)
	return strings.Map(func(r rune) rune {
		if r != '\n' && unfit(r) {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
}

// unfit are control signs, signs that turn the direction of a text, what Unicode will never
// use, and places for private signs.
func unfit(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xad, r == 0xfeff,
		r >= 0x200b && r <= 0x200f && r != 0x200d, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0x61c,
		r >= 0xfff9 && r <= 0xfffb, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe,
		r >= 0xe000 && r <= 0xf8ff, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return false
}

// Address is a link that may stand in a document, or nothing.
func Address(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	switch {
	case (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", u.Scheme == "mailto" && u.Opaque != "":
		return u.String()
	}
	return ""
}

// Tidy is the document with every text clean: what a writer begins with.
func (d Document) Tidy() Document {
	d.Title, d.Creator = oneLine(d.Title), oneLine(d.Creator)
	d.Head, d.Foot = Running{oneLine(d.Head.Left), oneLine(d.Head.Right)}, Running{oneLine(d.Foot.Left), oneLine(d.Foot.Right)}
	if d.Sheet.Width == 0 {
		d.Sheet = A4
	}
	if d.Scale == 0 {
		d.Scale = 1
	}
	if d.Language == "" {
		d.Language = "nl-NL"
	}
	d.Blocks = tidyAll(d.Blocks)
	return d
}

func oneLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

func tidyAll(blocks []Block) []Block {
	out := make([]Block, 0, len(blocks))
	for _, b := range blocks {
		if b = tidy(b); b != nil {
			out = append(out, b)
		}
	}
	return out
}

// tidy is a block with clean texts; nil when nothing is left of it.
func tidy(b Block) Block {
	switch x := b.(type) {
	case Heading:
		x.Text, x.Level = oneLine(x.Text), min(max(x.Level, 1), 3)
		if x.Text == "" {
			return nil
		}
		return x
	case Paragraph:
		if x.Line = tidyLine(x.Line); len(x.Line) == 0 {
			return nil
		}
		return x
	case List:
		if x.Items = tidyLines(x.Items); len(x.Items) == 0 {
			return nil
		}
		return x
	case Table:
		return tidyTable(x)
	case Columns:
		cols := make([]Column, len(x.Columns))
		for i, c := range x.Columns {
			c.Blocks, c.Share = tidyAll(c.Blocks), max(c.Share, 1)
			cols[i] = c
		}
		x.Columns = cols
		if len(cols) == 0 {
			return nil
		}
		return x
	case Moments:
		items := make([]Moment, len(x.Items))
		for i, m := range x.Items {
			items[i] = Moment{oneLine(m.When), oneLine(m.What), oneLine(m.Note), m.Look}
		}
		if x.Items = items; len(items) == 0 {
			return nil
		}
		return x
	case Circle:
		stages := make([]string, len(x.Stages))
		for i, s := range x.Stages {
			stages[i] = oneLine(s)
		}
		x.Stages, x.Middle, x.Says = stages, oneLine(x.Middle), oneLine(x.Says)
		if len(stages) == 0 {
			return nil
		}
		return x
	}
	return b
}

func tidyTable(t Table) Block {
	if len(t.Head) == 0 || len(t.Rows) == 0 {
		return nil
	}
	t.Caption = oneLine(t.Caption)
	head := make([]string, len(t.Head))
	for i, h := range t.Head {
		head[i] = oneLine(h)
	}
	shares := make([]int, len(head))
	for i := range shares {
		shares[i] = 1
		if i < len(t.Shares) {
			shares[i] = max(t.Shares[i], 1)
		}
	}
	rows := make([]Row, len(t.Rows))
	for i, r := range t.Rows {
		if r.Group = oneLine(r.Group); r.Group == "" {
			cells := make([]Line, len(head))
			for j := range cells {
				if j < len(r.Cells) {
					cells[j] = tidyLine(r.Cells[j])
				}
			}
			r.Cells = cells
		}
		rows[i] = r
	}
	t.Head, t.Shares, t.Rows = head, shares, rows
	return t
}

func tidyLines(lines []Line) []Line {
	out := make([]Line, 0, len(lines))
	for _, l := range lines {
		if l = tidyLine(l); len(l) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// tidyLine is a line with clean words and links that lead somewhere; nil when it says
// nothing.
func tidyLine(l Line) Line {
	out := make(Line, 0, len(l))
	says := false
	for _, s := range l {
		s.Text, s.Link = Clean(s.Text), Address(s.Link)
		if s.Text == "" {
			continue
		}
		says = says || strings.TrimSpace(s.Text) != ""
		out = append(out, s)
	}
	if !says {
		return nil
	}
	return out
}
