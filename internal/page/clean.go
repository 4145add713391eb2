package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// blanks are letters and marks that show nothing: with them two names can look the same.
var blanks = map[rune]bool{
	'\u034f': true, '\u115f': true, '\u1160': true, '\u17b4': true, '\u17b5': true,
	'\u2800': true, '\u3164': true, '\uffa0': true,
}

const (
	joiner    = '\u200d' // holds a family of emoji together
	nonJoiner = '\u200c' // keeps letters of Persian apart
)

// hidden reports characters that nobody can see and that turn, hide or join others.
func hidden(c rune) bool {
	return unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Co, c) || blanks[c]
}

// CleanLine is text for one line, such as a name or a title: without characters that
// cannot be seen, with single spaces, in Unicode form NFC.
func CleanLine(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case hidden(c):
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// CleanText is text of several lines: lines end with \n, tabs stay, what cannot be seen
// goes, except what emoji and some scripts are joined with.
func CleanText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n").Replace(strings.ToValidUTF8(s, ""))
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\n', c == '\t', c == joiner, c == nonJoiner:
			return c
		case c == '\u00a0':
			return ' '
		case hidden(c):
			return -1
		}
		return c
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}
