package method

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The lengths at which a reader between two lessons drops out.
const (
	maxWordsNL   = 15 // words of a sentence
	maxWordsEN   = 18
	maxWhy       = 2  // sentences of a why
	maxCardWords = 25 // words of a card
)

// wrongArticle finds an article before {team}: that word is het-team in one
// sector and de-vakgroep in another, so no article is right everywhere.
var wrongArticle = regexp.MustCompile(`(?i)(^|[^\pL])(het|de|dit|deze|ons|onze)\s+\{team\}`)

// wrongGender finds a neuter article before another token; those all take de.
var wrongGender = regexp.MustCompile(`(?i)(^|[^\pL])(het|dit)\s+\{(leerling|docent|klas|les|schoolleider|begeleider)\}`)

// text checks both languages of one text.
func (c *checker) text(at place, t Text) {
	if t.Empty() {
		return
	}
	for _, lang := range Languages {
		below := at.below(lang)
		line := t.In(lang)
		if strings.TrimSpace(line) == "" {
			c.tell(at, "missing_language", "lang", lang)
			continue
		}
		c.tokens(below, line)
		c.fillNames(below, line)
		c.length(below, lang, line)
	}
	if wrongArticle.MatchString(t.NL) {
		c.tell(at.below("nl"), "article_before_team")
	}
	if wrongGender.MatchString(t.NL) {
		c.tell(at.below("nl"), "wrong_gender")
	}
	if c.fills && !sameFills(t) {
		c.tell(at, "fills_differ")
	}
	if lastKey(at.path) == "why" && max(len(sentencesOf(t.NL)), len(sentencesOf(t.EN))) > maxWhy {
		c.hint(at, "long_why", "limit", strconv.Itoa(maxWhy))
	}
}

// tokens refuses braces around anything but a known word.
func (c *checker) tokens(at place, line string) {
	for rest := line; ; {
		open := strings.IndexAny(rest, "{}")
		if open < 0 {
			return
		}
		end := strings.IndexByte(rest[open:], '}')
		if rest[open] == '}' || end < 0 {
			c.tell(at, "loose_brace")
			return
		}
		name := rest[open+1 : open+end]
		if !slices.Contains(Tokens, Token(name)) {
			c.tell(at, "unknown_token", "value", name, "known", "{"+strings.Join(words(Tokens...), "} {")+"}")
		}
		rest = rest[open+end+1:]
	}
}

var squareBrackets = regexp.MustCompile(`\[([^\]]*)\]?`)

// fillNames refuses square brackets, except a known value on a card.
func (c *checker) fillNames(at place, line string) {
	for _, found := range squareBrackets.FindAllStringSubmatch(line, -1) {
		switch {
		case !c.fills:
			c.tell(at, "no_fills_here")
			return
		case !slices.Contains(Fills, found[1]):
			c.tell(at, "unknown_fill", "value", found[1], "known", "["+strings.Join(Fills, "] [")+"]")
		}
	}
}

// sameFills says that both languages of a card ask for the same values.
func sameFills(t Text) bool {
	names := func(line string) []string {
		all := squareBrackets.FindAllString(line, -1)
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(names(t.NL), names(t.EN))
}

// length hints at the longest sentence when it is too long to take in at once.
func (c *checker) length(at place, lang, line string) {
	limit := maxWordsNL
	if lang == "en" {
		limit = maxWordsEN
	}
	longest := 0
	for _, s := range sentencesOf(line) {
		longest = max(longest, countWords(s))
	}
	if longest > limit {
		c.hint(at, "long_sentence", "count", strconv.Itoa(longest), "limit", strconv.Itoa(limit))
	}
}

// cardText hints at a card that does not fit at a glance.
func (c *checker) cardText(at place, card Card) {
	for _, lang := range Languages {
		if n := countWords(card.Text.In(lang)); n > maxCardWords {
			c.hint(at.below("text").below(lang), "long_card", "count", strconv.Itoa(n), "limit", strconv.Itoa(maxCardWords))
		}
	}
}

// sentencesOf splits a line after a full stop, question or exclamation mark
// that ends a word.
func sentencesOf(line string) []string {
	var out []string
	start := 0
	for i, r := range line {
		next := line[i+len(string(r)):]
		if strings.ContainsRune(".?!", r) && (strings.TrimLeft(next, "’”\"')") == "" || strings.HasPrefix(strings.TrimLeft(next, "’”\"')"), " ")) {
			out = append(out, line[start:i+1])
			start = i + 1
		}
	}
	if countWords(line[start:]) > 0 {
		out = append(out, line[start:])
	}
	return out
}

// countWords counts what is read aloud: runs that hold a letter or a digit.
func countWords(s string) int {
	n := 0
	for field := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
