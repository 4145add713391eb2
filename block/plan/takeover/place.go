package takeover

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/docread"
)

// Proposal is what a text would become.
type Proposal struct {
	Title string // of the plan, when the text begins with one
	Lines []Line
}

// Bounds of a proposal.
const (
	MaxLines  = 700 // a page with more of them helps nobody
	manyLines = 350 // from here on paragraphs that stand together go beside together
	maxPiece  = 1500
	longTitle = 100 // characters
	sentence  = 300

	longQuestion = 400 // of a trajectory
)

// section is where in the text the reader is.
type section struct {
	to    Target // "" while nothing says what stands here
	level int    // of its heading
	head  string
	lists bool // it holds a list or a table: its paragraphs only explain
}

// placer walks through a text.
type placer struct {
	today   clock.Date
	blocks  []docread.Block
	at      int
	title   string
	lines   []Line
	sec     section
	goal    int              // the goal that is being read, in lines; -1 while there is none
	depth   int              // the level of its heading
	own     bool             // goals have headings of their own here
	await   Target           // a heading said that the next words are one of these
	link    string           // a label said what the next words are
	day     *span            // a day that stood on a line of its own
	numbers map[string]int   // goals by the number that the text gives them
	heads   map[int][]string // how the columns of tables with so many were called here
	goals   map[int]int      // of an action: its goal, both in lines
	asked   bool             // the question was found
	ours    *ours            // set while it is a paper of our own
}

// Place proposes where everything in a text goes. forms are how our own paper is written: one
// that comes back goes where it came from.
func Place(blocks []docread.Block, today clock.Date, forms ...Form) Proposal {
	p := &placer{today: today, blocks: blocks, goal: -1, numbers: map[string]int{}, heads: map[int][]string{}, goals: map[int]int{}}
	if m := recognised(blocks, forms); m != nil {
		p.ours = &ours{matcher: m, look: -1, flat: !slices.ContainsFunc(blocks, func(b docread.Block) bool { return b.Kind == docread.Heading && b.Level < docread.Bold })}
	} else {
		p.begin()
	}
	for ; p.at < len(p.blocks); p.at++ {
		p.block(p.blocks[p.at])
	}
	p.leftDay()
	lines, goals := p.lines, p.goals
	name(lines)
	for action, goal := range goals {
		lines[action].Goal = lines[goal].Key
	}
	if len(lines) > manyLines {
		lines = together(lines)
	}
	return Proposal{Title: p.title, Lines: lines}
}

// begin finds the title: the first heading of the first level among the first few blocks, or a
// short first line that says nothing else.
func (p *placer) begin() {
	for i, b := range p.blocks[:min(5, len(p.blocks))] {
		if b.Kind == docread.Heading && b.Level == 1 && exactly(words.Heads, b.Text) == "" && p.fitsTitle(b.Text) {
			p.title = b.Text
			p.blocks = slices.Delete(slices.Clone(p.blocks), i, i+1)
			p.ask(i)
			return
		}
	}
	if len(p.blocks) < 3 || p.blocks[0].Kind == docread.Table || p.blocks[0].Kind == docread.Item {
		return
	}
	first := p.blocks[0].Text
	if p.fitsTitle(first) && !strings.ContainsAny(first, ".:?!") && exactly(words.Heads, first) == "" {
		p.title, p.blocks = first, p.blocks[1:]
		p.ask(0)
	}
}

func (p *placer) fitsTitle(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= longTitle
}

// ask takes the question that stands right below the title.
func (p *placer) ask(i int) {
	if i < len(p.blocks) && p.blocks[i].Kind == docread.Paragraph && strings.HasSuffix(p.blocks[i].Text, "?") && utf8.RuneCountInString(p.blocks[i].Text) <= longQuestion {
		p.lines, p.asked = append(p.lines, Line{To: Question, Text: p.blocks[i].Text}), true
		p.blocks = slices.Delete(slices.Clone(p.blocks), i, i+1)
	}
}

func (p *placer) block(b docread.Block) {
	if p.ours != nil && p.ourBlock(b) {
		return
	}
	switch b.Kind {
	case docread.Table:
		p.leftDay()
		p.table(b.Rows)
	case docread.Heading:
		p.heading(b.Level, b.Text)
	default:
		if kind := p.standsAsHead(b); kind != "" {
			p.heading(docread.Bold, strings.TrimRight(b.Text, " :"))
			return
		}
		p.line(b.Text, b.Kind == docread.Item)
	}
}

// standsAsHead reports a short line that is a heading by its words, though nothing marks it.
func (p *placer) standsAsHead(b docread.Block) string {
	if utf8.RuneCountInString(b.Text) > 60 || strings.ContainsAny(b.Text, ".?!;") && !strings.HasSuffix(strings.TrimSpace(b.Text), ":") {
		if kind, _, rest, ok := numbered(b.Text); !ok || rest != "" {
			return ""
		} else if p.sec.to != Target(kind) {
			return kind
		}
		return ""
	}
	if p.goal >= 0 && listWith(words.Labels, fold(b.Text)) != "" && p.lines[p.goal].link(listWith(words.Labels, fold(b.Text))) != nil && strings.HasSuffix(b.Text, ":") {
		return "" // a link of the goal that is being read
	}
	return exactly(words.Heads, b.Text)
}

// heading turns to another part of the text, or names a goal or an action.
func (p *placer) heading(level int, text string) {
	p.leftDay()
	if kind, number, rest, ok := numbered(text); ok && level > 1 {
		p.one(Target(kind), level, number, rest, text)
		return
	}
	if p.goal >= 0 && level > p.depth && p.sec.to == Goal {
		if label := starting(words.Labels, text); p.lines[p.goal].link(label) != nil {
			p.link = label
			return
		}
	}
	if s := when(text, p.today, false); p.sec.to == Look && s.Words == "" && level > p.sec.level {
		p.day = &s
		return
	}
	to := Target(within(words.Heads, text))
	deeper := level > p.sec.level && p.sec.to != ""
	switch {
	case to == "" && deeper && p.sec.to == Goal && level < docread.Bold && p.fitsTitle(text):
		p.own = true
		p.startGoal(level, "", text)
	case to == "" && deeper && (p.sec.to == Goal || p.sec.to == Action):
		p.sec.head = text
		p.link = ""
		p.add(Line{To: Beside, Text: text})
	default:
		p.turn(to, level, text)
	}
}

// turn begins another part of the text.
func (p *placer) turn(to Target, level int, head string) {
	p.sec = section{to: to, level: level, head: head, lists: p.listsAhead()}
	p.await, p.link, p.own = "", "", false
	if to == Goal {
		p.goal = -1
	}
}

// listsAhead reports a list or a table before the next heading.
func (p *placer) listsAhead() bool {
	for _, b := range p.blocks[min(p.at+1, len(p.blocks)):] {
		switch {
		case b.Kind == docread.Heading, b.Kind == docread.Paragraph && exactly(words.Heads, b.Text) != "":
			return false
		case b.Kind == docread.Item, b.Kind == docread.Table:
			return true
		}
	}
	return false
}

// one is a heading of a goal or an action under its number.
func (p *placer) one(to Target, level int, number, rest, text string) {
	if p.sec.to != to {
		p.turn(to, min(level, max(p.sec.level, 1)), text)
	}
	p.link, p.await = "", ""
	if to == Goal {
		p.own = true
		if i, known := p.numbers[number]; known {
			p.goal, p.depth = i, level // it comes back further on
			return
		}
		p.goal = -1
	}
	switch {
	case rest == "":
		p.await, p.depth = to, level
		p.sec.head = text
	case to == Goal:
		p.startGoal(level, number, rest)
	default:
		p.add(Line{To: to, Text: rest})
	}
}

// startGoal makes a goal, or turns back to it when it was there.
func (p *placer) startGoal(level int, number, text string) {
	p.depth, p.link = level, ""
	for i, l := range p.lines {
		if l.To == Goal && fold(l.Text) == fold(text) {
			p.goal = i
			return
		}
	}
	p.add(Line{To: Goal, Text: text})
	p.goal = len(p.lines) - 1
	n := 0
	for _, l := range p.lines {
		if l.To == Goal {
			n++
		}
	}
	if number == "" {
		number = itoa(n)
	}
	p.numbers[number] = p.goal
}

// add puts a line at the end, under the heading that is open.
func (p *placer) add(l Line) {
	if strings.TrimSpace(l.Whole()) == "" {
		return
	}
	if l.Head == "" && l.Text != p.sec.head {
		l.Head = p.sec.head
	}
	p.lines = append(p.lines, l)
}

// together joins what goes beside under one heading, up to a piece.
func together(lines []Line) []Line {
	var out []Line
	for _, l := range lines {
		if n := len(out); n > 0 && l.To == Beside && out[n-1].To == Beside && out[n-1].Head == l.Head && len(out[n-1].Text)+len(l.Whole()) < maxPiece {
			out[n-1] = Line{To: Beside, Head: l.Head, Text: out[n-1].Whole() + "\n" + l.Whole()}
			continue
		}
		out = append(out, l)
	}
	goals := map[string]string{}
	before := make([]string, len(out))
	for i := range out {
		before[i] = out[i].Key
	}
	name(out)
	for i := range out {
		if before[i] != "" {
			goals[before[i]] = out[i].Key
		}
	}
	for i := range out {
		out[i].Goal = goals[out[i].Goal]
	}
	return out
}
