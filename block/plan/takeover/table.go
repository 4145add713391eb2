package takeover

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/docread"
)

// table places the rows of a table: by its heads, by the heads of the one before it, as labels
// with their words, or by the form of its cells.
func (p *placer) table(rows [][]string) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	columns, first := headsOf(rows[0])
	var heads []string
	switch {
	case first && p.knows(columns):
		p.heads[width] = columns
		heads, rows = rows[0], rows[1:]
	case p.heads[width] != nil:
		columns = p.heads[width]
	case width == 2 && p.labelled(rows):
		return
	default:
		columns = p.byForm(rows, width)
	}
	kind := p.kindOf(columns)
	for _, r := range rows {
		switch group, is := groupOf(r); {
		case is:
			p.group(group)
		case kind == "":
			p.add(Line{To: Beside, Text: joined(" – ", flatCells(r)...)})
		default:
			p.row(kind, columns, heads, r)
		}
	}
}

// headsOf is what the cells of a first row name, and whether they name columns at all.
func headsOf(row []string) ([]string, bool) {
	out := make([]string, len(row))
	known := 0
	for i, c := range row {
		if utf8.RuneCountInString(c) > 40 {
			continue
		}
		if out[i] = within(words.Columns, c); out[i] != "" {
			known++
		}
	}
	return out, known >= 2 || known == 1 && len(row) <= 2
}

// knows reports heads that say enough about this part of the text.
func (p *placer) knows(columns []string) bool { return p.kindOf(columns) != "" }

// kindOf is what the rows of a table are.
func (p *placer) kindOf(columns []string) Target {
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(columns, n) })
	}
	switch {
	case p.sec.to == Beside:
		return ""
	case p.sec.to == Hearing && has("who", "audience") && has("what", "message"):
		return Hearing
	case has("audience") && has("what", "message"):
		return Hearing
	case p.sec.to == Look && has("what", "question", "when", "due", "start"):
		return Look
	case (p.sec.to == Core || p.sec.to == Room) && has("what"):
		return p.sec.to
	case has("what") && (p.sec.to == Action || has("who", "when", "due", "start", "hours", "goal")):
		return Action
	case has("question") && has("when", "due", "start"):
		return Look
	case has("goal") && (has("approach", "teachers", "pupils", "result", "noticed") || p.sec.to == Goal):
		return Goal
	}
	return ""
}

// groupOf is a row that is one cell over all columns.
func groupOf(row []string) (string, bool) {
	if len(row) < 2 || row[0] == "" {
		return "", false
	}
	for _, c := range row[1:] {
		if c != docread.SameCell {
			return "", false
		}
	}
	return row[0], true
}

// group turns to the goal that a row over all columns names.
func (p *placer) group(text string) {
	if i, ok := p.numbers[goalNumber(text)]; ok && goalNumber(text) != "" {
		p.goal, p.depth = i, 1
		return
	}
	_, _, rest, _ := numbered(text)
	for i, l := range p.lines {
		if l.To == Goal && (fold(l.Text) == fold(text) || rest != "" && fold(l.Text) == fold(rest)) {
			p.goal, p.depth = i, 1
			return
		}
	}
	p.goal = -1
	if exactly(words.Heads, text) == "" && !slices.Contains(words.Labels["goal"], fold(text)) && goalNumber(text) == "" {
		p.add(Line{To: Beside, Text: text})
	}
}

func flatCells(row []string) []string {
	out := make([]string, 0, len(row))
	for _, c := range row {
		if c != docread.SameCell {
			out = append(out, strings.ReplaceAll(c, "\n", " "))
		}
	}
	return out
}

var ordinal = regexp.MustCompile(`^\(?\d{1,3}[.)]\s+`)

// row places one row of a table whose columns are known.
func (p *placer) row(kind Target, columns, heads, row []string) {
	cells := map[string]string{}
	var rest []string
	for i, c := range row {
		if c == docread.SameCell || c == "" || slices.Contains(words.Empty.Words, fold(c)) {
			continue
		}
		name := ""
		if i < len(columns) {
			name = columns[i]
		}
		switch {
		case name == "number" || name == "" && isNumber(fold(c)):
		case name == "":
			head := ""
			if i < len(heads) && utf8.RuneCountInString(heads[i]) <= 40 {
				head = heads[i]
			}
			rest = append(rest, joined(": ", head, strings.ReplaceAll(c, "\n", " ")))
		default:
			cells[name] = joined("\n", cells[name], c)
		}
	}
	texts := p.place(kind, cells)
	if len(rest) > 0 {
		p.add(Line{To: Beside, Text: joined(" – ", append([]string{firstOf(texts)}, rest...)...)})
	}
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// place makes the lines of a row, and returns what they say.
func (p *placer) place(kind Target, cells map[string]string) []string {
	if g := oneLine(cells["goal"]); g != "" && (kind == Goal || kind == Action) {
		if _, _, rest, ok := numbered(g); ok && rest != "" {
			g = rest
		}
		if i, ok := p.numbers[goalNumber(g)]; ok && goalNumber(g) != "" {
			p.goal, p.depth = i, 1
		} else {
			p.startGoal(1, "", ordinal.ReplaceAllString(g, ""))
		}
		p.depth = 1
		p.chain(cells)
	}
	if kind == Goal {
		if p.goal < 0 {
			return nil
		}
		return []string{p.lines[p.goal].Text}
	}
	main := cells["what"]
	who := oneLine(cells["who"])
	switch kind {
	case Hearing:
		if cells["audience"] != "" {
			who = joined(", ", oneLine(cells["audience"]))
		}
		main = joined("\n", cells["message"], main)
	case Look:
		main = joined("\n", cells["question"], main)
	}
	var out []string
	for _, t := range texts(main) {
		l := Line{To: kind, Who: who, Hours: oneLine(cells["hours"]), Pilot: oneLine(cells["pilot"]), How: oneLine(cells["how"])}
		l.Text = p.labels(&l, t)
		l.take(when(oneLine(cells["start"]), p.today, false))
		l.take(when(oneLine(cells["when"]), p.today, false))
		if due := when(oneLine(cells["due"]), p.today, true); due.Words != "" || due.To != "" {
			if l.Until == l.From {
				l.Until = ""
			}
			l.take(due)
		}
		if l.Text == "" {
			l.To = Beside
		}
		p.add(l)
		p.serve(len(p.lines) - 1)
		out = append(out, l.Text)
	}
	if len(out) == 0 {
		p.add(Line{To: Beside, Text: joined(" – ", who, oneLine(cells["start"]), oneLine(cells["when"]), oneLine(cells["due"]), oneLine(cells["hours"]), oneLine(cells["how"]))})
	}
	return out
}

// chain takes the links of a goal from its row.
func (p *placer) chain(cells map[string]string) {
	for _, name := range []string{"approach", "teachers", "pupils", "result", "noticed"} {
		link := p.lines[p.goal].link(name)
		if c := oneLine(cells[name]); c != "" && !strings.Contains(*link, c) {
			p.grow(link, c)
		}
	}
}

func oneLine(cell string) string {
	var out []string
	for _, l := range strings.Split(cell, "\n") {
		out = append(out, strings.TrimPrefix(strings.TrimSpace(l), "- "))
	}
	return joined(" ", out...)
}

// texts are the things that one cell says: each item of a list in it, or all of it.
func texts(cell string) []string {
	var out []string
	list := false
	for _, l := range strings.Split(cell, "\n") {
		item, is := strings.CutPrefix(strings.TrimSpace(l), "- ")
		list = list || is
		switch {
		case strings.TrimSpace(item) == "":
		case is || len(out) == 0:
			out = append(out, item)
		case list:
			out = append(out, item)
		default:
			out[len(out)-1] += "\n" + item
		}
	}
	return out
}

// labels takes Tijd: twee uur out of the words of a cell, and gives the others.
func (p *placer) labels(l *Line, text string) string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		label, rest, ok := strings.Cut(line, ":")
		if name := starting(words.Labels, label); i > 0 && ok && (name == "hours" || name == "pilot") && strings.TrimSpace(rest) != "" {
			p.aside(l, name, strings.TrimSpace(rest))
			continue
		}
		out = append(out, line)
	}
	return ordinal.ReplaceAllString(joined(" ", out...), "")
}

// labelled reads a table of two columns with labels in the first; false when it is none.
func (p *placer) labelled(rows [][]string) bool {
	known := 0
	for _, r := range rows {
		if starting(words.Labels, r[0]) != "" || exactly(words.Heads, r[0]) != "" {
			known++
		}
	}
	if known*2 < len(rows) || known < 2 {
		return false
	}
	for _, r := range rows {
		if len(r) < 2 || r[1] == "" || r[1] == docread.SameCell {
			p.add(Line{To: Beside, Text: oneLine(r[0])})
			continue
		}
		p.pair(oneLine(r[0]), r[1])
	}
	return true
}

// pair places the words beside one label.
func (p *placer) pair(label, cell string) {
	if p.goal >= 0 {
		if link := p.lines[p.goal].link(starting(words.Labels, label)); link != nil {
			p.grow(link, oneLine(cell))
			return
		}
	}
	to := Target(exactly(words.Heads, label))
	for _, t := range texts(cell) {
		t = strings.ReplaceAll(t, "\n", " ")
		if p.label(label, t) {
			continue
		}
		switch to {
		case Goal:
			p.startGoal(1, "", t)
		case Question:
			p.question(t)
		case "", Beside:
			p.add(Line{To: Beside, Head: label, Text: t})
		default:
			p.add(p.formed(to, t))
			p.serve(len(p.lines) - 1)
		}
	}
}

// byForm guesses columns by what stands in them, where the part of the text says that it
// holds actions or moments: a day or a name has a form.
func (p *placer) byForm(rows [][]string, width int) []string {
	columns := make([]string, width)
	if p.sec.to != Action && p.sec.to != Look || len(rows) < 2 {
		return columns
	}
	widest, at := 0, -1
	for c := range columns {
		days, names, filled, letters := 0, 0, 0, 0
		for _, r := range rows {
			if c >= len(r) || r[c] == "" || r[c] == docread.SameCell {
				continue
			}
			filled++
			letters += len(r[c])
			if saysTime(oneLine(r[c]), p.today) {
				days++
			} else if saysWho(oneLine(r[c])) {
				names++
			}
		}
		switch {
		case filled == 0:
		case days*2 > filled && !slices.Contains(columns, "when"):
			columns[c] = "when"
		case names*2 > filled && !slices.Contains(columns, "who"):
			columns[c] = "who"
		case letters > widest:
			widest, at = letters, c
		}
	}
	if at >= 0 && (slices.Contains(columns, "when") || slices.Contains(columns, "who")) {
		columns[at] = "what"
	}
	return columns
}
