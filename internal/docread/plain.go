package docread

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	lineIn  = " ⏎ " // an end of a line inside a cell
	nothing = "_"   // an empty cell
	as      = `\`   // before what would be read as something else: it is as it stands
)

// clean is one line without signs that nobody sees, with single spaces.
func clean(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case unicode.Is(unicode.Cc, c), unicode.Is(unicode.Cf, c) && c != '\u200d' && c != '\u200c', unicode.Is(unicode.Co, c):
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// Plain is text that reads back as the same blocks.
func Plain(blocks []Block) string {
	var b strings.Builder
	for i, x := range blocks {
		if i > 0 && (x.Kind != Item || blocks[i-1].Kind != Item) {
			b.WriteString("\n")
		}
		switch x.Kind {
		case Heading:
			b.WriteString(strings.Repeat("#", min(max(x.Level, 1), Bold)) + " " + x.Text + "\n")
		case Item:
			b.WriteString("- " + x.Text + "\n")
		case Table:
			for _, row := range x.Rows {
				b.WriteString(plainRow(row) + "\n")
			}
		default:
			b.WriteString(asItIs(x.Text) + "\n")
		}
	}
	return b.String()
}

// asItIs is a paragraph in a form that is not read as something else.
func asItIs(text string) string {
	if x, ok := lineBlock(text); ok && (x.Kind != Paragraph || x.Text != text) {
		return as + text
	}
	return text
}

// isNothing reports a cell that stands for an empty one.
func isNothing(cell string) bool { return cell == nothing || cell == "-" || cell == "–" }

func plainRow(row []string) string {
	out := make([]string, max(len(row), 2)) // a row has a tab, or it would be a line
	for i := range out {
		out[i] = nothing
		if i < len(row) && row[i] != "" {
			var lines []string
			for _, l := range strings.Split(row[i], "\n") {
				if l = clean(l); l != "" {
					lines = append(lines, l)
				}
			}
			if len(lines) > 0 {
				if out[i] = strings.Join(lines, lineIn); isNothing(out[i]) || strings.HasPrefix(out[i], as) {
					out[i] = as + out[i]
				}
			}
		}
	}
	return strings.Join(out, "\t")
}

var (
	hashes  = regexp.MustCompile(`^(#{1,6}) +(\S[^\t]*)$`)
	bullets = regexp.MustCompile(`^\s*(?:(?:[-–—*•·▪■□◦‣⁃●○➢➤✓✔§\x{f0b7}\x{f0a7}]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+|o(?:\t| {2,})\s*)(\S.*)$`)
)

// FromPlain reads text: what Plain wrote, what somebody pasted, or a text file.
func FromPlain(text string) []Block {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\f", "\n", "\v", "\n", "\u0085", "\n").Replace(text)
	var out []Block
	table := false // the line before was a row
	for _, line := range unwrap(strings.Split(text, "\n")) {
		if len(out) >= maxBlocks {
			break
		}
		x, ok := lineBlock(line)
		if !ok {
			table = false
			continue
		}
		if x.Kind == Table && table {
			last := &out[len(out)-1]
			last.Rows = append(last.Rows, x.Rows...)
			continue
		}
		table = x.Kind == Table
		out = append(out, x)
	}
	return out
}

// lineBlock reads one line; ok is false when nothing is in it.
func lineBlock(line string) (x Block, ok bool) {
	if rest, is := strings.CutPrefix(line, as); is && !strings.Contains(rest, "\t") {
		if text := clean(rest); text != "" {
			return Block{Text: text}, true
		}
	}
	if m := hashes.FindStringSubmatch(line); m != nil {
		return Block{Kind: Heading, Level: len(m[1]), Text: clean(m[2])}, clean(m[2]) != ""
	}
	if m := bullets.FindStringSubmatch(line); m != nil && !strings.Contains(strings.TrimSpace(m[1]), "\t") {
		return Block{Kind: Item, Text: clean(m[1])}, clean(m[1]) != ""
	}
	if strings.Contains(strings.Trim(line, " "), "\t") && clean(line) != "" {
		if row := cellsOf(line); len(row) > 1 {
			return Block{Kind: Table, Rows: [][]string{row}}, true
		}
	}
	text := clean(line)
	return Block{Text: text}, text != ""
}

// cellsOf are the cells of a line with tabs. A line that only begins with one has none.
func cellsOf(line string) []string {
	parts := strings.Split(strings.TrimRight(line, " "), "\t")
	filled := 0
	for i, p := range parts {
		if parts[i] = clean(p); parts[i] != "" {
			filled++
		}
	}
	if filled < 2 && (parts[0] == "" || len(parts) < 2) {
		return nil
	}
	var row []string
	for _, p := range parts[:min(len(parts), maxColumns)] {
		if isNothing(p) {
			p = ""
		}
		row = append(row, strings.ReplaceAll(strings.TrimPrefix(p, as), strings.TrimSpace(lineIn), "\n"))
	}
	for i, c := range row {
		lines := strings.Split(c, "\n")
		for j := range lines {
			lines[j] = strings.TrimSpace(lines[j])
		}
		row[i] = strings.Join(lines, "\n")
	}
	return row
}

// narrow is how long a line is at least when the next one goes on from it.
const narrow = 55

// unwrap joins lines that were broken to fit a window: a long line without an end, and a next
// one that begins with a small letter.
func unwrap(lines []string) []string {
	var out []string
	for _, l := range lines {
		if n := len(out); n > 0 && goesOn(out[n-1], l) {
			out[n-1] = strings.TrimRight(out[n-1], " ") + " " + strings.TrimSpace(l)
			continue
		}
		out = append(out, l)
	}
	return out
}

func goesOn(before, line string) bool {
	before = strings.TrimRight(before, " ")
	if strings.Contains(before, "\t") || strings.Contains(line, "\t") || utf8.RuneCountInString(before) < narrow || hashes.MatchString(before) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, " "))
	return unicode.IsLower(first) && !strings.ContainsRune(".:;!?)", last) && !bullets.MatchString(line)
}
