// Package worddiff finds the words in which two versions of a text differ.
//
// Words: a piece is a run of text that stands in both versions, or in one only.
//
// Promises: the pieces of a side, put together, are that text to the letter; the
// work is bounded, so that a very long text is compared coarser, never slower.
package worddiff

import (
	"strings"
	"unicode"
)

// Piece is a run of text; Own means that the other version does not have it.
type Piece struct {
	Text string
	Own  bool
}

// mostCells bounds the table of the comparison: about 2,000 changed words a side.
const mostCells = 4_000_000

// Compare gives the pieces of both texts.
func Compare(left, right string) (l, r []Piece) {
	a, b := words(left), words(right)
	head := common(a, b)
	tail := commonEnd(a[head:], b[head:])
	l = add(nil, a[:head], false)
	r = add(nil, b[:head], false)
	keepA, keepB := match(a[head:len(a)-tail], b[head:len(b)-tail])
	for i, w := range a[head : len(a)-tail] {
		l = add(l, []string{w}, !keepA[i])
	}
	for i, w := range b[head : len(b)-tail] {
		r = add(r, []string{w}, !keepB[i])
	}
	return trim(add(l, a[len(a)-tail:], false)), trim(add(r, b[len(b)-tail:], false))
}

// trim gives blanks at the end of an own piece to what follows: a mark ends at a
// word.
func trim(pieces []Piece) []Piece {
	for i := 0; i < len(pieces)-1; i++ {
		p := &pieces[i]
		word := strings.TrimRight(p.Text, " \t\n")
		if !p.Own || word == "" || pieces[i+1].Own {
			continue
		}
		pieces[i+1].Text = p.Text[len(word):] + pieces[i+1].Text
		p.Text = word
	}
	return pieces
}

// words cuts a text into words, the spaces between them, and single line breaks.
func words(text string) []string {
	var out []string
	start, kind := 0, rune(-1)
	for i, c := range text {
		k := kindOf(c)
		if i > start && (k != kind || k == '\n') {
			out = append(out, text[start:i])
			start = i
		}
		kind = k
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

func kindOf(c rune) rune {
	switch {
	case c == '\n':
		return '\n'
	case unicode.IsSpace(c):
		return ' '
	case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '\'' || c == '’' || c == '-':
		return 'w'
	default:
		return '.'
	}
}

func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonEnd(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// match marks the words of a longest common run of both. Two texts that differ too
// much to be compared word by word count as wholly different.
func match(a, b []string) (keepA, keepB []bool) {
	keepA, keepB = make([]bool, len(a)), make([]bool, len(b))
	if len(a) == 0 || len(b) == 0 || len(a) > mostCells/len(b) {
		return keepA, keepB
	}
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			keepA[i], keepB[j] = true, true
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return keepA, keepB
}

// add puts words behind the pieces. A space between two own words belongs to them,
// so that a changed run is one mark.
func add(pieces []Piece, run []string, own bool) []Piece {
	for _, w := range run {
		last := len(pieces) - 1
		switch {
		case last >= 0 && pieces[last].Own == own:
			pieces[last].Text += w
		case own && last >= 1 && pieces[last-1].Own && isBlank(pieces[last].Text):
			pieces[last-1].Text += pieces[last].Text + w
			pieces = pieces[:last]
		default:
			pieces = append(pieces, Piece{w, own})
		}
	}
	return pieces
}

func isBlank(s string) bool { return strings.Trim(s, " \t") == "" }
