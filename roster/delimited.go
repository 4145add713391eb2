package roster

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// parseDelimited reads lines with cells. The sign between cells is the one that the first
// lines have most. A quotation mark that is never closed does not swallow the rest: then
// each line stands for itself.
func parseDelimited(text string) [][]string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.TrimPrefix(text, "\uFEFF"))
	sep := byte(0)
	if line, rest, ok := strings.Cut(text, "\n"); ok && len(line) == 5 && strings.HasPrefix(strings.ToLower(line), "sep=") {
		sep, text = line[4], "\n"+rest // so that lines keep their numbers
	}
	if sep == 0 {
		sep = separator(text)
	}
	if rows, ok := parseQuoted(text, rune(sep)); ok {
		return rows
	}
	var rows [][]string
	for _, line := range strings.Split(text, "\n") {
		rows = append(rows, trimmed(strings.SplitN(line, string(sep), mostColumns+2)))
		if len(rows) > 2*MaxRows {
			break
		}
	}
	return rows
}

// separator is the sign that parts the cells.
func separator(text string) byte {
	head := text
	for i, n := 0, 0; i < len(text); i++ {
		if text[i] == '\n' {
			if n++; n == 5 {
				head = text[:i]
				break
			}
		}
	}
	if strings.ContainsRune(head, '\t') {
		return '\t'
	}
	if strings.Count(head, ";") > 0 {
		return ';'
	}
	line, _, _ := strings.Cut(strings.TrimLeft(head, "\n"), "\n")
	if strings.Contains(line, ",") && !strings.Contains(line, ", ") || strings.Contains(line, `",`) {
		return ','
	}
	if strings.Contains(line, ",") {
		return ','
	}
	return ';'
}

// parseQuoted reads cells that may stand between quotation marks; ok is false when a mark
// swallows lines.
func parseQuoted(text string, sep rune) (rows [][]string, ok bool) {
	if sep == '"' || sep == '\n' || sep == utf8.RuneError {
		return nil, false
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = sep, true, -1, true
	for len(rows) <= 2*MaxRows {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, true
		}
		if err != nil {
			return nil, false
		}
		for _, c := range record {
			if strings.Count(c, "\n") > 5 || len(c) > 10*mostCell {
				return nil, false
			}
		}
		line, _ := r.FieldPos(0)
		for len(rows) < line-1 && len(rows) <= 2*MaxRows {
			rows = append(rows, nil) // an empty line, or the rest of a cell with several lines
		}
		rows = append(rows, trimmed(record))
	}
	return rows, true
}

// trimmed cleans cells: what is invisible goes, spaces are one space. Empty cells at the end go.
func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	last := 0
	for i, c := range cells {
		out[i] = clean(c)
		if out[i] != "" {
			last = i + 1
		}
	}
	return out[:last]
}

// clean makes one line of a cell. The text sign of a spreadsheet before a formula goes.
func clean(s string) string {
	if s != "" && s[0] == '\'' && computes(s[1:]) {
		s = s[1:]
	}
	return oneLine(strings.ReplaceAll(s, "\u00A0", " "))
}

// mostSigns is how many cells a line may have, empty ones included: sheets end in many of those.
const mostSigns = 2_000

// tooWide reports a line of nothing but cells.
func tooWide(text string) bool {
	n := 0
	for i := range len(text) {
		switch text[i] {
		case '\n':
			n = 0
		case ';', ',', '\t', '|':
			if n++; n > mostSigns {
				return true
			}
		}
	}
	return false
}
