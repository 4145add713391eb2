package ui

// Span is a stretch of the head of a timeline: a month, in units of its own.
type Span struct {
	Name  string
	Units int
}

// Bar is something that lasts, or with Length nought a moment.
type Bar struct {
	From, Length int    // in units from the beginning
	Text         string // in the bar, where it fits
	Says         string // the whole of it in words, for screen readers
	Light        bool   // a lesser one: outline only
}

// Lane is one named line of a timeline.
type Lane struct {
	Name   string
	Strong bool
	Bars   []Bar
}

// Timeline is a plan in time. Its units are halves of months or weeks, whatever
// Months says.
type Timeline struct {
	Caption string
	Corner  string // heading of the names, for screen readers
	Months  []Span
	Lanes   []Lane
}

// slot is one cell of the table that draws a timeline.
type slot struct {
	span int
	bar  *Bar
}

func (t Timeline) units() int {
	total := 0
	for _, m := range t.Months {
		total += m.Units
	}
	return total
}

// lay puts the bars of a lane in rows, so that none covers another, and fills the
// rest with empty cells. Bars are cut off where the timeline ends.
func (t Timeline) lay(lane Lane) [][]slot {
	total := t.units()
	var rows [][]*Bar
	for i := range lane.Bars {
		bar := lane.Bars[i]
		bar.From = min(max(bar.From, 0), max(total-1, 0))
		bar.Length = min(bar.Length, total-bar.From)
		rows = putInFree(rows, &bar)
	}
	if len(rows) == 0 {
		rows = [][]*Bar{nil}
	}
	out := make([][]slot, len(rows))
	for r, bars := range rows {
		out[r] = fill(bars, total)
	}
	return out
}

func putInFree(rows [][]*Bar, bar *Bar) [][]*Bar {
	for r, taken := range rows {
		free := true
		for _, other := range taken {
			free = free && (bar.end() <= other.From || other.end() <= bar.From)
		}
		if free {
			rows[r] = append(rows[r], bar)
			return rows
		}
	}
	return append(rows, []*Bar{bar})
}

func (b Bar) end() int { return b.From + max(b.Length, 1) }

func fill(bars []*Bar, total int) []slot {
	var row []slot
	for at := 0; at < total; {
		s := slot{span: 1}
		for _, bar := range bars {
			if bar.From == at {
				s.span, s.bar = max(bar.Length, 1), bar
			}
		}
		row = append(row, s)
		at += s.span
	}
	return row
}
