package takeover

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"leerkring/block/plan"
	"leerkring/internal/docread"
)

// ours is our own paper while it comes back.
type ours struct {
	*matcher
	part   part
	flat   bool   // nothing marks a heading: it was pasted
	number string // of the goal whose words come next
	field  string // of the goal, that what comes next belongs to
	links  bool   // the chain of the goal has begun
	look   int    // the moment that is being read, in lines; -1 while there is none
	noted  bool
}

// ourBlock reads one block of our own paper. What somebody put in between is not ours: false.
func (p *placer) ourBlock(b docread.Block) bool {
	o := p.ours
	if b.Kind == docread.Table {
		return p.ownTable(b.Rows)
	}
	if o.part == above || o.flat {
		if utf8.RuneCountInString(b.Text) <= longTitle && b.Text != p.title && (o.is(b.Text, o.State...) || o.is(b.Text, o.Around...)) {
			return true
		}
	}
	if b.Kind == docread.Paragraph && o.part != partWhy && o.part != partKeep && o.is(b.Text, o.From...) {
		return true // it says of another plan what came from it; here all comes from this one
	}
	marked := b.Kind == docread.Heading || o.flat && b.Kind == docread.Paragraph
	if marked && p.ownHead(b) {
		return true
	}
	if b.Kind == docread.Heading && b.Level < docread.Bold && o.part != above {
		o.part = partElse
		return false
	}
	switch o.part {
	case above:
		return p.ownTop(b)
	case partWhy:
		p.add(Line{To: Why, Text: b.Text})
	case partKeep:
		p.add(Line{To: Keep, Text: b.Text})
	case partGoals:
		return p.ownGoal(b)
	case partDoes:
		return b.Kind == docread.Paragraph && p.ownStart(b.Text)
	case partCore, partRoom:
		if !o.is(b.Text, o.Open...) {
			p.add(Line{To: p.sec.to, Text: b.Text})
		}
	case partLooks:
		return p.ownLook(b.Text)
	default:
		return false
	}
	return true
}

// ownHead turns to a part of our paper, or to a goal.
func (p *placer) ownHead(b docread.Block) bool {
	o := p.ours
	for _, h := range o.heads() {
		if o.is(b.Text, h.text) {
			p.turn(h.to, min(max(b.Level, 1), docread.Bold-1), b.Text)
			o.part, o.number, o.field, o.look = h.part, "", "", -1
			return true
		}
	}
	n, ok := o.match(o.Goal, b.Text)
	if !ok || o.part != partGoals {
		return false
	}
	p.own, p.goal, o.number, o.field, o.links = true, -1, n, "", false
	return true
}

// ownTop reads the title, and below it the question.
func (p *placer) ownTop(b docread.Block) bool {
	switch {
	case b.Kind == docread.Item:
		return false
	case p.title == "" && (b.Kind == docread.Heading || p.ours.flat) && p.fitsTitle(b.Text):
		p.title = b.Text
	case p.asked:
		l := &p.lines[len(p.lines)-1]
		l.Text = joined("\n", l.Text, b.Text)
	default:
		p.lines, p.asked = append(p.lines, Line{To: Question, Text: b.Text}), true
	}
	return true
}

// ownGoal reads the words of a goal, how it is noticed, and its chain.
func (p *placer) ownGoal(b docread.Block) bool {
	o := p.ours
	if o.number == "" && p.goal < 0 {
		return false
	}
	if p.goal < 0 { // a goal on paper always begins with its words
		p.goalOf(b.Text)
		return true
	}
	for _, x := range []struct{ label, link string }{
		{o.Noticed, "noticed"}, {o.Approach, "approach"}, {o.Teachers, "teachers"}, {o.Pupils, "pupils"}, {o.Result, "result"},
	} {
		if rest, ok := o.behind(x.label, b.Text); ok {
			link := p.lines[p.goal].link(x.link)
			o.field, o.links = x.link, x.link != "noticed"
			*link = joined("\n", *link, rest)
			return true
		}
	}
	if o.links && b.Kind != docread.Item {
		return false // the chain is a list: this stands below it
	}
	l := &p.lines[p.goal]
	at := l.link(o.field)
	if at == nil {
		at = &l.Text
	}
	*at = joined("\n", *at, b.Text)
	return true
}

// goalOf begins a goal with its words.
func (p *placer) goalOf(text string) {
	p.lines = append(p.lines, Line{To: Goal, Text: text})
	p.goal, p.depth = len(p.lines)-1, 1
	p.numbers[p.ours.number] = p.goal
}

// ownStart reads with whom the team begins.
func (p *placer) ownStart(text string) bool {
	o := p.ours
	for _, x := range []struct {
		strategy plan.Strategy
		says     []string
	}{{plan.Pilot, o.StartFew}, {plan.Whole, o.StartAll}, {"", o.StartWith}} {
		for _, s := range x.says {
			if who, ok := o.match(s, text); ok {
				p.add(Line{To: Start, Text: text, With: who, Strategy: x.strategy})
				return true
			}
		}
	}
	return false
}

// ownTable reads a table of ours, as long as its columns are ours.
func (p *placer) ownTable(rows [][]string) bool {
	o := p.ours
	if o.part == partLooks {
		for _, r := range rows {
			for _, c := range r {
				for _, line := range strings.Split(c, "\n") {
					if c != docread.SameCell && strings.TrimSpace(line) != "" && !p.ownLook(line) {
						p.add(Line{To: Beside, Text: line})
					}
				}
			}
		}
		return true
	}
	columns := map[part][]string{partDoes: {o.What, o.Who, o.When}, partTold: {o.Who, o.What, o.When}, partNeeds: {o.What, o.Who, o.Stands}}[o.part]
	if columns == nil || len(rows[0]) != len(columns) {
		return false
	}
	for i, c := range columns {
		if !o.is(rows[0][i], c) {
			return false
		}
	}
	for _, r := range rows[1:] {
		p.ownRow(r)
	}
	return true
}

func (p *placer) ownRow(row []string) {
	o := p.ours
	if group, is := groupOf(row); is {
		switch n, ok := o.match(o.ForGoal, group); {
		case ok && p.known(n):
			p.goal = p.numbers[n]
		case ok, o.is(group, o.ForNone):
			p.goal = -1
		default:
			p.group(group)
		}
		return
	}
	cells := make([]string, 3)
	for i, c := range row[:min(len(row), len(cells))] {
		if c != docread.SameCell && !o.is(c, o.Open...) {
			cells[i] = c
		}
	}
	switch {
	case o.part == partNeeds:
		p.add(Line{To: Beside, Text: flat(cells[0]), Who: flat(cells[1]), When: flat(cells[2])})
	case o.part == partTold:
		l := Line{To: Hearing, Who: flat(cells[0]), Text: cells[1]}
		l.take(p.ownTime(cells[2]))
		p.add(l)
	default:
		l := p.ownAction(cells[0])
		l.Who = flat(cells[1])
		l.take(p.ownTime(cells[2]))
		if l.Text == "" {
			l.To = Beside
		}
		p.add(l)
		p.serve(len(p.lines) - 1)
	}
}

// flat are the words of a cell in one line.
func flat(cell string) string { return strings.Join(strings.Fields(cell), " ") }

func (p *placer) known(number string) bool { _, ok := p.numbers[number]; return ok }

// counted is the number before an action.
var counted = regexp.MustCompile(`^\d{1,3}\.\s+`)

// ownAction reads the first cell of an action: its number, its words, below them time and pilot.
func (p *placer) ownAction(cell string) Line {
	l := Line{To: Action}
	var said []string
	for i, line := range strings.Split(counted.ReplaceAllString(strings.TrimSpace(cell), ""), "\n") {
		if v, ok := p.ours.match(p.ours.Hours, line); ok && i > 0 {
			l.Hours = joined(", ", l.Hours, v)
		} else if v, ok := p.ours.match(p.ours.Pilot, line); ok && i > 0 {
			l.Pilot = joined(", ", l.Pilot, v)
		} else {
			said = append(said, line)
		}
	}
	l.Text = joined("\n", said...)
	return l
}

// ownTime reads a time as we write it: its days, and behind them its words.
func (p *placer) ownTime(cell string) span {
	text := flat(cell)
	days, rest, _ := strings.Cut(text, ", ")
	if s := when(days, p.today, false); s.Words == "" {
		s.Words = rest
		return s
	}
	return span{Words: text}
}

// ownLook reads a moment to look back: its day, what is asked, and how and by whom.
func (p *placer) ownLook(text string) bool {
	o := p.ours
	if rest := strings.TrimLeft(text, "◆● "); rest != strings.TrimSpace(text) {
		o.look, o.noted = len(p.lines), false
		l := Line{To: Look, Head: p.sec.head}
		if !o.is(rest, o.Open...) {
			l.take(p.ownTime(rest))
		}
		p.lines = append(p.lines, l)
		return true
	}
	if o.look < 0 {
		return false
	}
	l := &p.lines[o.look]
	if l.Text == "" {
		l.Text = text
		return true
	}
	if o.noted {
		return false
	}
	o.noted = true // joined with a sign that people use too: the name of the second part tells them apart
	how, parts := text, strings.Split(text, " · ")
	for i := range parts {
		if who, ok := o.match(o.LookWho, strings.Join(parts[i:], " · ")); ok {
			l.Who, how = who, strings.Join(parts[:i], " · ")
			break
		}
	}
	if v, ok := o.match(o.LookHow, how); ok {
		how = v
	}
	l.How = joined(", ", l.How, how)
	return true
}
