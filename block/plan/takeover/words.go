package takeover

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"leerkring/block/plan"
)

//go:embed words.toml
var wordsFile string

// dictionary is what plans call their parts.
type dictionary struct {
	Heads, Labels, Columns, One map[string][]string
	Days                        struct{ Months, Weekdays, From, Until, Between, Time []string }
	Names                       struct{ Inside, Roles []string }
	Empty                       struct{ Words []string }
}

var words = readWords()

func readWords() dictionary {
	var d dictionary
	if _, err := toml.Decode(wordsFile, &d); err != nil {
		panic("takeover: words.toml: " + err.Error()) // carried in the program: a mistake of ours
	}
	return d
}

func fold(s string) string { return plan.Says(s) }

// longestHead is how many words a heading has at most that is known by a phrase in it, and
// farthest how many may stand before the phrase.
const (
	longestHead = 8
	farthest    = 3
)

// within finds the list with the phrase that comes first in a text; of two that begin there,
// the longer one. A phrase is whole words.
func within(lists map[string][]string, text string) string {
	padded := " " + fold(text) + " "
	if strings.Count(padded, " ")-1 > longestHead {
		return ""
	}
	best, at, length := "", farthest+1, 0
	for name, phrases := range lists {
		for _, p := range phrases {
			i := strings.Index(padded, " "+p+" ")
			if i < 0 {
				continue
			}
			before := strings.Count(padded[:i+1], " ") - 1
			if before < at || before == at && (len(p) > length || len(p) == length && name < best) {
				best, at, length = name, before, len(p)
			}
		}
	}
	return best
}

// exactly finds the list that has a text as it is, numbers around it left out.
func exactly(lists map[string][]string, text string) string {
	parts := strings.Fields(fold(text))
	for len(parts) > 0 && isNumber(parts[0]) {
		parts = parts[1:]
	}
	for len(parts) > 0 && isNumber(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return listWith(lists, strings.Join(parts, " "))
}

// listWith is the list that has a phrase, the first by name.
func listWith(lists map[string][]string, phrase string) string {
	best := ""
	for name, phrases := range lists {
		if phrase != "" && slices.Contains(phrases, phrase) && (best == "" || name < best) {
			best = name
		}
	}
	return best
}

// starting finds the list with the longest phrase that a label begins with.
func starting(lists map[string][]string, label string) string {
	text := fold(label) + " "
	if strings.Count(text, " ") > longestHead {
		return ""
	}
	best, length := "", 0
	for name, phrases := range lists {
		for _, p := range phrases {
			rest, ok := strings.CutPrefix(text, p+" ")
			if ok && (strings.Contains(p, " ") || rest == "" || isNumber(strings.TrimSpace(rest))) && (len(p) > length || len(p) == length && name < best) {
				best, length = name, len(p)
			}
		}
	}
	return best
}

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}

// numbered splits Doel 2: words; ok is false when a text does not begin with one of a kind and
// its number.
func numbered(text string) (kind, number, rest string, ok bool) {
	parts := strings.Fields(text)
	if len(parts) < 2 {
		return "", "", "", false
	}
	kind = listWith(words.One, fold(parts[0]))
	number = fold(parts[1])
	if kind == "" || !isNumber(number) || len(number) > 2 {
		return "", "", "", false
	}
	i := strings.Index(text, parts[1])
	return kind, number, strings.TrimSpace(strings.TrimLeft(text[i+len(parts[1]):], " .:)–—-")), true
}

// goalNumber is the number of the goal that a text names: Voor doel 2.
func goalNumber(text string) string {
	parts := strings.Fields(fold(text))
	for i := 0; i+1 < len(parts); i++ {
		if slices.Contains(words.One["goal"], parts[i]) && isNumber(parts[i+1]) {
			return parts[i+1]
		}
	}
	return ""
}
