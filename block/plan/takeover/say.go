package takeover

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// line places a paragraph or an item of a list.
func (p *placer) line(text string, item bool) {
	if slices.Contains(words.Empty.Words, fold(text)) {
		return
	}
	if label, rest, ok := strings.Cut(text, ":"); ok && p.label(label, strings.TrimSpace(rest)) {
		return
	}
	if p.await != "" {
		p.awaited(text)
		return
	}
	if p.link != "" && p.goal >= 0 {
		p.grow(p.lines[p.goal].link(p.link), text)
		return
	}
	if _, _, rest, ok := numbered(text); ok && rest != "" && (p.sec.to == Goal || p.sec.to == Action) {
		text = rest
		item = true
	}
	p.inSection(text, item)
}

// awaited is what a heading such as Doel 2 announced.
func (p *placer) awaited(text string) {
	to := p.await
	p.await = ""
	if to == Goal {
		p.startGoal(p.depth, goalNumber(p.sec.head), text)
		return
	}
	p.add(Line{To: to, Text: text})
}

func (p *placer) grow(link *string, text string) { *link = joined(" ", *link, text) }

// label places words that say themselves what they are: Resultaat: …
func (p *placer) label(label, rest string) bool {
	name := starting(words.Labels, label)
	if name == "" || strings.Contains(rest, "//") && strings.HasPrefix(rest, "//") {
		return false
	}
	if p.goal >= 0 && (p.sec.to == Goal || len(p.lines)-1 == p.goal) {
		if link := p.lines[p.goal].link(name); link != nil {
			p.link = ""
			if rest == "" {
				p.link = name
				return true
			}
			p.grow(link, rest)
			return true
		}
	}
	if n := len(p.lines) - 1; n >= 0 && rest != "" && p.lines[n].To == Action && p.sec.to == Action && p.aside(&p.lines[n], name, rest) {
		return true
	}
	to := Target(name)
	if !slices.Contains(Targets, to) || rest == "" {
		return false
	}
	switch to {
	case Goal:
		p.startGoal(docreadBold, "", rest)
	case Question:
		p.question(rest)
	default:
		p.add(Line{To: to, Text: rest})
		p.serve(len(p.lines) - 1)
	}
	return true
}

// docreadBold is the level of a goal that has no heading of its own.
const docreadBold = 6

// aside puts what stands behind a label in its place on an action.
func (p *placer) aside(l *Line, name, rest string) bool {
	switch name {
	case "when", "start":
		l.take(when(rest, p.today, false))
	case "due":
		l.take(when(rest, p.today, true))
	default:
		d := l.detail(name)
		if d == nil {
			return false
		}
		*d = joined(", ", *d, rest)
	}
	return true
}

func (p *placer) question(text string) {
	if p.asked || utf8.RuneCountInString(text) > longQuestion {
		p.add(Line{To: Why, Text: text})
		return
	}
	p.asked = true
	p.add(Line{To: Question, Text: text})
}

// inSection places words by the part of the text in which they stand.
func (p *placer) inSection(text string, item bool) {
	explains := !item && (p.sec.lists || p.own)
	short := utf8.RuneCountInString(text) <= sentence && !strings.HasSuffix(text, ":")
	switch p.sec.to {
	case Why, Keep:
		p.add(Line{To: p.sec.to, Text: text})
	case Question:
		p.question(text)
	case Goal:
		if explains || !short || p.own {
			p.add(Line{To: Beside, Text: text})
			return
		}
		p.startGoal(docreadBold, "", text)
	case Action, Core, Room, Hearing, Look:
		if explains || !short {
			p.add(Line{To: Beside, Text: text})
			return
		}
		p.add(p.formed(p.sec.to, text))
		p.serve(len(p.lines) - 1)
	default:
		p.add(Line{To: Beside, Text: text})
	}
}

// serve ties an action to the goal under which it stands.
func (p *placer) serve(i int) {
	if i >= 0 && p.lines[i].To == Action && p.goal >= 0 && p.depth < docreadBold && p.lines[p.goal].To == Goal {
		p.goals[i] = p.goal
	}
}

// formed reads what the form of a line tells: who hears it, the day before it, and behind it
// in brackets who and when.
func (p *placer) formed(to Target, text string) Line {
	l := Line{To: to, Text: text}
	switch to {
	case Hearing:
		if who, what, ok := strings.Cut(text, ":"); ok && utf8.RuneCountInString(who) <= 80 && strings.TrimSpace(what) != "" {
			l.Who, l.Text = strings.TrimSpace(who), strings.TrimSpace(what)
		}
		p.brackets(&l)
	case Look:
		text = strings.TrimLeft(text, "◆●◇ ")
		l.Text = text
		if s := when(text, p.today, false); s.Words == "" {
			p.leftDay()
			p.day = &s
			return Line{}
		}
		if p.day != nil {
			l.take(*p.day)
			p.day = nil
			return l
		}
		if before, rest, ok := strings.Cut(text, ":"); ok {
			if s := when(before, p.today, false); s.Words == "" && strings.TrimSpace(rest) != "" {
				l.Text = strings.TrimSpace(rest)
				l.take(s)
			}
		}
	case Action:
		p.brackets(&l)
	}
	return l
}

// leftDay keeps a day that nothing followed.
func (p *placer) leftDay() {
	if p.day == nil {
		return
	}
	l := Line{To: Beside, From: p.day.From, Until: p.day.To}
	p.day = nil
	p.add(l)
}

// brackets reads (Kees, 12 januari) at the end of a line, when all of it is clear.
func (p *placer) brackets(l *Line) {
	open := strings.LastIndex(l.Text, "(")
	if open < 4 || !strings.HasSuffix(l.Text, ")") {
		return
	}
	found := Line{Who: l.Who}
	for _, part := range strings.FieldsFunc(l.Text[open+1:len(l.Text)-1], func(r rune) bool { return r == ',' || r == ';' }) {
		switch part = strings.TrimSpace(part); {
		case saysTime(part, p.today):
			found.take(when(part, p.today, false))
		case saysWho(part):
			found.Who = joined(", ", found.Who, part)
		default:
			return
		}
	}
	l.Text = strings.TrimSpace(l.Text[:open])
	l.Who, l.When, l.From, l.Until = found.Who, found.When, found.From, found.Until
}
