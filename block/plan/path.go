package plan

import (
	"leerkring/internal/clock"
)

// Path is the plan in time, drawn in halves of months.
type Path struct {
	Months  []clock.Date // the first day of each month, in order
	Bars    []Bar        // actions with a day, in the order of the plan
	Moments []Moment     // looks with a day
	Loose   []string     // ids of actions whose time is only in words, or not yet known
}

// Bar is an action in time. From and Length are in halves of months from the start.
type Bar struct {
	ID           string
	Number       int
	From, Length int
	Start, End   clock.Date // as the action says; "" where it is open
}

// Moment is a look in time.
type Moment struct {
	ID string
	At int
	On clock.Date
}

// longest time path that is drawn; what lies beyond is cut off.
const maxMonths = 24

// TimePath derives the path from actions and looks. An action that only has a beginning
// runs on to the end of the path; one that only has an end starts where the path starts.
func TimePath(actions []Placed[Action], looks []Placed[Look]) Path {
	var p Path
	var first, last clock.Date
	reach := func(d clock.Date) {
		if d != "" && (first == "" || d < first) {
			first = d
		}
		last = max(last, d)
	}
	for _, a := range actions {
		reach(a.Is.FromOn)
		reach(a.Is.ToOn)
	}
	for _, l := range looks {
		reach(l.Is.On)
	}
	if first == "" {
		for _, a := range actions {
			p.Loose = append(p.Loose, a.ID)
		}
		return p
	}
	p.months(first, last)
	for _, a := range actions {
		p.lay(a)
	}
	for _, l := range looks {
		if l.Is.On != "" {
			p.Moments = append(p.Moments, Moment{l.ID, p.half(l.Is.On), l.Is.On})
		}
	}
	return p
}

func (p *Path) months(first, last clock.Date) {
	month := first[:8] + "01"
	for len(p.Months) < maxMonths && month <= last {
		p.Months = append(p.Months, month)
		month = month.Add(31)[:8] + "01"
	}
}

func (p *Path) lay(a Placed[Action]) {
	from, to := a.Is.FromOn, a.Is.ToOn
	if from == "" && to == "" {
		p.Loose = append(p.Loose, a.ID)
		return
	}
	start, end := 0, len(p.Months)*2-1
	if from != "" {
		start = p.half(from)
	}
	if to != "" {
		end = p.half(to)
	}
	p.Bars = append(p.Bars, Bar{ID: a.ID, Number: a.Number, From: start, Length: end - start + 1, Start: from, End: to})
}

// half is the half month in which a day lies, counted from the start of the path.
func (p *Path) half(d clock.Date) int {
	n := 0
	for i, month := range p.Months {
		if d >= month {
			n = i * 2
			if d[:8] > month[:8] || d[8:] > "15" {
				n++
			}
		}
	}
	return n
}
