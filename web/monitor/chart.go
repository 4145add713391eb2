package monitor

import (
	"math"
	"strconv"
	"strings"

	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/web/ui/ring"
)

// frame is where a chart is drawn.
type frame struct {
	box                      string
	left, right, top, bottom float64
}

var (
	large = frame{box: "0 0 640 300", left: 54, right: 548, top: 50, bottom: 242}
	small = frame{box: "0 0 320 128", left: 8, right: 240, top: 14, bottom: 92}
)

// chart is a line of totals in time, from nought to all, drawn as dots until there are
// enough of them.
type chart struct {
	ID     string
	Small  bool
	Box    string
	Title  string
	Desc   string
	Grid   []gridLine
	Free   []free
	Flags  []flag
	Runs   string // the line, where it was counted from one moment to the next
	Gaps   string // dotted: a holiday lies between
	Dots   []dot
	Last   lastMark
	Base   float64
	Left   float64
	Right  float64
	Counts float64 // height of the row that says how many were counted
	Table  ui.Tabular
	Note   string // why there is no line yet
	Band   *band
	Signal bool // the newest moment lies outside the limits
}

// band is how a line swings by itself, with the words at its edges.
type band struct {
	X, Y, Width, Height         string
	Low, Mean, High             string // heights
	LowText, MeanText, HighText string
	TextX                       string
	LowAt, MeanAt, HighAt       string // heights of the words
	Note                        string
}

type gridLine struct {
	Y, Text string
	TextY   string
}

type free struct{ X, Y, Width, Height, Middle, TextY, Name string }

type flag struct{ X, Letter, Top, Bottom string }

type dot struct {
	X, Y, Day, Of string
	Diamond       string // its shape when it lies outside the limits
	Value, ValueY string // and what was counted then
}

type lastMark struct{ X, Y, Text string }

// drawing is what a chart is made from.
type drawing struct {
	r       *room.Request
	cal     school.Calendar
	changes []monitor.Change
}

// chart draws a series. Changes of the plan get the letters of the list beside it.
func (d drawing) chart(s monitor.Series, f frame, isSmall bool) chart {
	c := chart{ID: "chart-" + s.Indicator.ID, Small: isSmall, Box: f.box, Title: s.Indicator.Body, Base: f.bottom, Left: f.left, Right: f.right, Counts: f.bottom + 46}
	first, last := span(s.Points)
	x := func(day clock.Date) float64 { return f.x(day, first, last) }
	for _, share := range []int{0, 50, 100} {
		y := f.y(float64(share) / 100)
		c.Grid = append(c.Grid, gridLine{Y: ring.Num(y), TextY: ring.Num(y + 4.5), Text: strconv.Itoa(share) + "%"})
	}
	if !isSmall {
		c.Free = d.free(f, first, last)
	}
	for i, change := range d.changes {
		if change.On >= first && change.On <= last {
			c.Flags = append(c.Flags, flag{X: ring.Num(x(change.On)), Letter: letter(i), Top: ring.Num(f.top - 10), Bottom: ring.Num(f.bottom)})
		}
	}
	limits, has := s.Limits(d.changes)
	if has {
		c.Band = d.band(limits, f, isSmall)
	}
	d.line(&c, s, f, x, func(p monitor.Point) bool { return has && limits.Outside(p.Total.Share()) })
	c.Table, c.Desc = d.table(s)
	if !s.Line() {
		c.Note = d.r.T.T("monitor.no_line_yet", "n", monitor.LeastForLine-len(s.Points))
	}
	return c
}

// labelWide is how far apart two days stand to be read both.
const labelWide = 104

// band places the limits. Words that would stand on each other are left out: the note
// under the chart says them as well.
func (d drawing) band(l monitor.Limits, f frame, isSmall bool) *band {
	t := d.r.T
	low, mean, high := f.y(l.Low), f.y(l.Mean), f.y(l.High)
	b := &band{X: ring.Num(f.left), Y: ring.Num(high), Width: ring.Num(f.right - f.left), Height: ring.Num(low - high), Low: ring.Num(low), Mean: ring.Num(mean), High: ring.Num(high),
		Note: t.T("monitor.limits_note", "low", percent(l.Low), "mean", percent(l.Mean), "high", percent(l.High), "n", l.Moments, "first", t.Date(l.First), "last", t.Date(l.Last))}
	if !isSmall {
		b.TextX, b.LowAt, b.MeanAt, b.HighAt = ring.Num(f.left+6), ring.Num(low+15), ring.Num(mean-5), ring.Num(high-6)
		b.MeanText = t.T("monitor.limit_mean", "share", percent(l.Mean))
		if high > f.top+14 {
			b.HighText = t.T("monitor.limit_high", "share", percent(l.High))
		}
		if low < f.bottom-18 {
			b.LowText = t.T("monitor.limit_low", "share", percent(l.Low))
		}
	}
	return b
}

func percent(share float64) string { return strconv.Itoa(int(math.Round(share*100))) + "%" }

// diamond is the shape of a moment outside the limits.
func diamond(x, y, r float64) string {
	return "M" + ring.Num(x) + " " + ring.Num(y-r) + "L" + ring.Num(x+r) + " " + ring.Num(y) + "L" + ring.Num(x) + " " + ring.Num(y+r) + "L" + ring.Num(x-r) + " " + ring.Num(y) + "Z"
}

// line places the dots and, from three of them on, what runs between.
func (d drawing) line(c *chart, s monitor.Series, f frame, x func(clock.Date) float64, outside func(monitor.Point) bool) {
	var runs, gaps strings.Builder
	labelled := -100.0
	for i, p := range s.Points {
		px, py := x(p.On), f.y(p.Total.Share())
		at := dot{X: ring.Num(px), Y: ring.Num(py)}
		if end := i == len(s.Points)-1; px-labelled >= labelWide && (end || x(s.Points[len(s.Points)-1].On)-px >= labelWide) || end {
			at.Day, at.Of, labelled = d.r.T.Date(p.On), strconv.Itoa(p.Total.Of), px
		}
		if outside(p) {
			at.Diamond = diamond(px, py, 8)
			if c.Signal = i == len(s.Points)-1; !c.Signal && !c.Small { // the last one says its total beside it
				at.Value, at.ValueY = percent(p.Total.Share()), ring.Num(py-14)
			}
		}
		c.Dots = append(c.Dots, at)
		if i > 0 && s.Line() {
			b, before := &runs, s.Points[i-1]
			if d.holidayBetween(before.On, p.On) {
				b = &gaps
			}
			b.WriteString("M" + ring.Num(x(before.On)) + " " + ring.Num(f.y(before.Total.Share())) + "L" + ring.Num(px) + " " + ring.Num(py))
		}
	}
	c.Runs, c.Gaps = runs.String(), gaps.String()
	if p, ok := s.Last(); ok {
		c.Last = lastMark{X: ring.Num(x(p.On) + 12), Y: ring.Num(f.y(p.Total.Share()) + 4.5), Text: d.total(p.Total, "")}
	}
}

func span(points []monitor.Point) (first, last clock.Date) {
	if len(points) == 0 {
		return "", ""
	}
	return points[0].On, points[len(points)-1].On
}

// x is where a day stands; a lone day stands in the middle.
func (f frame) x(day, first, last clock.Date) float64 {
	all := first.Days(last)
	if all == 0 {
		return (f.left + f.right) / 2
	}
	const edge = 14
	return f.left + edge + (f.right-f.left-2*edge)*float64(first.Days(day))/float64(all)
}

// y is where a share stands, from nought at the bottom.
func (f frame) y(share float64) float64 { return f.bottom - (f.bottom-f.top)*share }

func letter(i int) string { return string(rune('A' + i%26)) }

// free are the holidays between the first and the last day.
func (d drawing) free(f frame, first, last clock.Date) []free {
	var out []free
	for _, p := range d.cal.Periods {
		if p.Kind != school.Holiday || p.To < first || p.From > last || p.From.Days(p.To) < 3 || first == last {
			continue
		}
		a, b := f.x(max(p.From, first), first, last), f.x(min(p.To, last), first, last)
		if b-a < 6 {
			continue
		}
		v := free{X: ring.Num(a), Y: ring.Num(f.top), Width: ring.Num(b - a), Height: ring.Num(f.bottom - f.top)}
		if b-a > 44 {
			v.Name, v.Middle, v.TextY = p.Name, ring.Num((a+b)/2), ring.Num(f.bottom-9)
		}
		out = append(out, v)
	}
	return out
}

// holidayBetween reports whether a week or more without school lies between two days.
func (d drawing) holidayBetween(from, to clock.Date) bool {
	for _, p := range d.cal.Periods {
		if p.Kind == school.Holiday && p.From > from && p.To < to && p.From.Days(p.To) >= 3 {
			return true
		}
	}
	return false
}

// total is «7 of 12 lessons».
func (d drawing) total(t monitor.Total, unit string) string { return totalText(d.r, t, unit) }

func totalText(r *room.Request, t monitor.Total, unit string) string {
	return strings.TrimSpace(r.T.T("monitor.total", "yes", t.Yes, "of", t.Of) + " " + unit)
}

// table are the figures behind the drawing, and the same as one sentence.
func (d drawing) table(s monitor.Series) (ui.Tabular, string) {
	t := d.r.T
	out := ui.Tabular{Caption: s.Indicator.Body, Head: []string{t.T("monitor.col_day"), t.T("monitor.col_yes"), t.T("monitor.col_of")}}
	var said []string
	for _, p := range s.Points {
		out.Rows = append(out.Rows, ui.Line{Name: ui.Cell{Text: t.DateLong(p.On)}, Cells: []ui.Cell{{Text: strconv.Itoa(p.Total.Yes), Number: true}, {Text: strconv.Itoa(p.Total.Of), Number: true}}})
		said = append(said, t.T("monitor.desc_point", "date", t.Date(p.On), "total", d.total(p.Total, s.Indicator.Unit)))
	}
	return out, strings.Join(said, " ")
}
