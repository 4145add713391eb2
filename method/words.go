package method

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word that differs between sectors. Packs write it in braces, the
// reader sees the word of the own school.
type Token string

// Tokens are all words that differ; a pack may use no other braces.
var Tokens = []Token{
	"leerling", "leerlingen", "docent", "docenten", "klas", "les", "schoolleider", "team", "begeleider",
}

// Fills are the values that the product puts into a coach card, written in
// square brackets: [team] decides on [date].
var Fills = []string{"team", "date", "condition", "month", "number", "limit"}

func (Token) values() []string { return words(Tokens...) }

// SectorWords are the words of each sector, from sectors.yaml. A word that a
// sector does not give is the one of the first sector.
type SectorWords map[Sector]map[Token]Text

// Words turns texts into what one reader sees: one language, one sector, one
// school. Made once and shared; it never changes.
type Words struct {
	lang   string
	tokens map[string]string
}

// Words are the words of a sector in a language, with a school's own words on
// top. An unknown sector gets the words of the first.
func (s SectorWords) Words(sector Sector, lang string, school map[Token]Text) *Words {
	w := &Words{lang: lang, tokens: make(map[string]string, len(Tokens))}
	for _, from := range []map[Token]Text{s[Sectors[0]], s[sector], school} {
		for token, word := range from {
			if line := word.In(lang); line != "" {
				w.tokens[string(token)] = line
			}
		}
	}
	return w
}

// Lang is the language of these words.
func (w *Words) Lang() string { return w.lang }

// All is every token with its word, for the texts of the pages.
func (w *Words) All() map[string]string { return maps.Clone(w.tokens) }

// Render gives a text in the reader's language with the reader's words.
func (w *Words) Render(t Text) string { return w.fill(t.In(w.lang), nil) }

// RenderLine does the same for a line that is already in one language.
func (w *Words) RenderLine(line string) string { return w.fill(line, nil) }

// RenderWith also puts values in place of Fills. A value that is not given
// leaves its name without brackets, so that a sentence stays readable.
func (w *Words) RenderWith(t Text, values map[string]string) string {
	if values == nil {
		values = map[string]string{}
	}
	return w.fill(t.In(w.lang), values)
}

// fill goes through a line once. What it puts in is never looked at again, so
// a word or value with braces of its own stays plain text.
func (w *Words) fill(line string, values map[string]string) string {
	marks := "{"
	if values != nil {
		marks = "{["
	}
	at := strings.IndexAny(line, marks)
	if at < 0 {
		return line
	}
	var b strings.Builder
	b.Grow(len(line) + 32)
	rest := line
	for at >= 0 {
		word, length := w.word(rest[at:], values)
		if length == 0 {
			b.WriteString(rest[:at+1])
			rest = rest[at+1:]
		} else {
			b.WriteString(rest[:at])
			if startsSentence(b.String(), line) {
				word = capital(word)
			}
			b.WriteString(word)
			rest = rest[at+length:]
		}
		at = strings.IndexAny(rest, marks)
	}
	b.WriteString(rest)
	return b.String()
}

// word finds what a mark at the start of s stands for, and how long it is.
func (w *Words) word(s string, values map[string]string) (string, int) {
	closing := byte('}')
	if s[0] == '[' {
		closing = ']'
	}
	end := strings.IndexByte(s, closing)
	if end < 0 {
		return "", 0
	}
	name := s[1:end]
	if s[0] == '{' {
		if word, ok := w.tokens[name]; ok {
			return word, end + 1
		}
		return "", 0
	}
	if value, ok := values[name]; ok {
		return value, end + 1
	}
	if slices.Contains(Fills, name) {
		return name, end + 1
	}
	return "", 0
}

// startsSentence says whether the next word wants a capital: it opens a
// sentence, and the line is a sentence and not a label.
func startsSentence(before, line string) bool {
	before = strings.TrimRight(before, " ‘’“”\"'(")
	if before == "" {
		return strings.ContainsAny(line, ".?!")
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return last == '.' || last == '?' || last == '!'
}

func capital(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}
